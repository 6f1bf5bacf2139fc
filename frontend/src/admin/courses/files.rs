//! 文件和空间: what was uploaded, how much room it takes, where it is used, and deleting what is not.

use leptos::prelude::*;
use shared::{
    authoring::MediaFile,
    content::{MediaKind, media_url},
    media::{KeptFile, ListMediaFiles, MediaFiles, RemoveMediaFile, ShowUploadSpace, UploadSpace},
    time,
};

use crate::{
    admin::{
        address::query,
        kit::{Doing, Load, Pager, Places, Question, Shown, Table, name_page, places_of},
    },
    clock,
};

#[component]
pub fn FilesPage() -> impl IntoView {
    name_page("文件和空间");
    let (unused, set_unused) = query("unused");
    let asked = Memo::new(move |_| unused.get().is_some());
    let places = places_of(asked);
    let space = Load::of(|| ShowUploadSpace {});
    let load = Load::of(move || ListMediaFiles {
        unused: asked.get().then_some(true),
        cursor: places.with(|it| it.last().cloned()),
    });
    let removing = RwSignal::new(None::<KeptFile>);
    let removed = Callback::new(move |()| {
        removing.set(None);
        space.reload();
        load.reload();
    });
    view! {
        <header class="c-head">
            <div>
                <nav class="c-trail" aria-label="位置"><a href="/admin/courses">"课程"</a></nav>
                <h1 class="c-head__title">"文件和空间"</h1>
            </div>
        </header>
        <Shown load=space children=|it: UploadSpace| view! { <p class="c-note" role="status">{room(&it)}</p> }.into_any()/>
        <p>
            <label class="c-chip">
                <input
                    type="checkbox"
                    prop:checked=move || asked.get()
                    on:change:target=move |event| {
                        set_unused.set(event.target().checked().then(|| "true".into()));
                    }
                />
                <span>"只看没有用到的"</span>
            </label>
        </p>
        <Shown load children=move |page: MediaFiles| view! { <Rows page places removing/> }.into_any()/>
        {move || removing.get().map(|it| view! {
            <RemoveFile file=it.file removed on_close=Callback::new(move |()| removing.set(None))/>
        })}
    }
}

/// How much room there is, in words.
fn room(space: &UploadSpace) -> String {
    let UploadSpace { person_used, person_limit, organization_used, organization_limit, .. } =
        *space;
    format!(
        "本单位用了 {}，一共 {}；你自己上传的用了 {}，一共 {}。没有用到的文件，删掉就腾出空间。",
        size(organization_used),
        size(organization_limit),
        size(person_used),
        size(person_limit),
    )
}

fn size(bytes: u64) -> String {
    if bytes < 1 << 20 {
        return format!("{} KB", bytes.div_ceil(1 << 10));
    }
    let megabytes = bytes.div_ceil(1 << 20);
    if megabytes < 1024 {
        return format!("{megabytes} MB");
    }
    format!("{}.{} GB", megabytes / 1024, megabytes % 1024 * 10 / 1024)
}

#[component]
fn Rows(page: MediaFiles, places: Places, removing: RwSignal<Option<KeptFile>>) -> impl IntoView {
    let MediaFiles { items, total, next } = page;
    let rows = items.into_iter().map(|file| view! { <Row file removing/> }).collect_view();
    view! {
        <p class="c-count" role="status">{format!("{total} 个文件，大的在前")}</p>
        <Table columns=&["文件", "#大小", "谁上传的", "什么时候", "用在哪里", "-删除"]>{rows}</Table>
        <Pager places next/>
    }
}

#[component]
fn Row(file: KeptFile, removing: RwSignal<Option<KeptFile>>) -> impl IntoView {
    let this = StoredValue::new(file.clone());
    let unused = file.is_unused();
    let KeptFile { file, by, at, used_in, used_elsewhere, used_in_standards } = file;
    let name = what(&file);
    let label = format!("删除 {name}");
    let courses = used_in.into_iter().map(|it| {
        view! {
            <a href=format!("/admin/courses/{}", it.id)>{it.title}</a>" "
        }
    });
    view! {
        <tr>
            <td class="c-table__title"><a href=media_url(file.id) target="_blank" rel="noopener">{name}</a></td>
            <td class="c-number">{size(file.bytes)}</td>
            <td class="c-nowrap">{by}</td>
            <td class="c-nowrap">{time::moment(at, clock::now())}</td>
            <td>
                {courses.collect_view()}
                {used_elsewhere.then_some("别的单位的课程 ")}
                {used_in_standards.then_some("标准的条款")}
                {unused.then(|| view! { <span class="c-word">"没有用到"</span> })}
            </td>
            <td>
                {unused.then(|| view! {
                    <button
                        type="button"
                        class="c-button c-button--small"
                        aria-label=label
                        on:click=move |_| removing.set(Some(this.get_value()))
                    >
                        "删除"
                    </button>
                })}
            </td>
        </tr>
    }
}

/// What it is; what it was called on somebody's computer is not kept.
fn what(file: &MediaFile) -> String {
    let MediaFile { kind, width, height, seconds, pages, .. } = file;
    let long = || format!("{}:{:02}", seconds / 60, seconds % 60);
    match kind {
        MediaKind::Image => format!("图片 {width}×{height}"),
        MediaKind::Video => format!("视频 {}", long()),
        MediaKind::Audio => format!("录音 {}", long()),
        MediaKind::Document => format!("课件 {pages} 页"),
    }
}

#[component]
fn RemoveFile(file: MediaFile, removed: Callback<()>, on_close: Callback<()>) -> impl IntoView {
    let doing = Doing::new();
    let media = file.id;
    let remove = Callback::new(move |()| {
        doing.call(RemoveMediaFile { media }, move |()| removed.run(()));
    });
    view! {
        <Question
            title=format!("删除这个文件（{}，{}）？", what(&file), size(file.bytes))
            text="没有课程用到它。删了马上腾出空间，找不回来；要用得重新上传。"
            yes="删除文件"
            danger=true
            busy=doing.busy
            on_yes=remove
            on_no=on_close
        >
            {doing.note()}
        </Question>
    }
}
