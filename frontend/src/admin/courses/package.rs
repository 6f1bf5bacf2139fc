//! 课程包: bringing a course in as a file, and copying one to another organisation.

use leptos::{ev::Targeted, prelude::*, task::spawn_local};
use shared::packages::{CopyCourse, ImportedCourse};
use web_sys::{Event, File, HtmlInputElement};

use super::frame::CourseDesk;
use crate::{
    admin::{
        kit::{Doing, Drawer, SelectField, TroubleNote, fresh_id, organization_choices},
        sending::{Sending, Sent},
    },
    client::{self, Client, Trouble},
};

/// The organisations within reach, and what happens where none is chosen.
fn owners() -> Signal<Vec<(String, String)>> {
    let organizations = organization_choices();
    Signal::derive(move || {
        let mut choices = vec![(String::new(), "不指定，和新建课程一样".to_owned())];
        choices.extend(organizations.get());
        choices
    })
}

#[component]
pub fn ImportDrawer(on_close: Callback<()>) -> impl IntoView {
    let owner = RwSignal::new(String::new());
    let done = RwSignal::new(None::<ImportedCourse>);
    let choices = owners();
    view! {
        <Drawer title="导入课程包" on_close>
            {move || match done.get() {
                Some(imported) => view! { <Report imported/> }.into_any(),
                None => view! {
                    <p>"课程包是从课程页的“导出课程包”下载的 zip。导入后是一门新的草稿，校核、评审、发布以后学员才看得到。"</p>
                    <SelectField label="归哪个单位" value=owner choices/>
                    <PickPackage owner done/>
                }
                .into_any(),
            }}
        </Drawer>
    }
}

#[component]
fn PickPackage(owner: RwSignal<String>, done: RwSignal<Option<ImportedCourse>>) -> impl IntoView {
    let (client, id) = (Client::expect(), fresh_id());
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let part = RwSignal::new(0.0);
    let pick = move |event: Targeted<Event, HtmlInputElement>| {
        let input = event.target();
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again after a failure.
        input.set_value("");
        let Some(file) = file else { return };
        busy.set(true);
        trouble.set(None);
        part.set(0.0);
        spawn_local(async move {
            let answer = send(client, owner.get_untracked(), file, part).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(imported) => done.set(imported),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    let words = move || {
        if part.get() < 1.0 {
            "正在上传…"
        } else {
            "传完了，正在检查每个文件，请不要关掉这一页…"
        }
    };
    view! {
        <div class="c-upload">
            <label class="c-button c-button--primary" class:c-button--off=busy for=id.clone()>"选择课程包"</label>
            <input
                class="c-out-of-sight c-upload__input" id=id type="file" accept=".zip"
                disabled=busy on:change:target=pick
            />
            {move || busy.get().then(|| view! {
                <progress class="c-upload__bar" prop:value=move || part.get() max="1" aria-label="上传进度"></progress>
                <span class="c-upload__words" role="status">{words}</span>
            })}
        </div>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
    }
}

async fn send(
    client: Client,
    owner: String,
    file: File,
    part: RwSignal<f64>,
) -> Result<Option<ImportedCourse>, Trouble> {
    let query = if owner.is_empty() { owner } else { format!("?organization={owner}") };
    let progress = move |sent: f64, total: f64| {
        let _ = part.try_set(sent / total.max(1.0));
    };
    let path = format!("/api/console/course-packages{query}");
    match Sending::new()?.run(client, &path, &file, progress).await? {
        Sent::Done(answer) => client::read(&answer).map(Some),
        Sent::Cancelled => Ok(None),
    }
}

#[component]
pub fn CopyDrawer(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let owner = RwSignal::new(String::new());
    let done = RwSignal::new(None::<ImportedCourse>);
    let (doing, choices) = (Doing::new(), owners());
    let course = desk.course.with_untracked(|it| it.id);
    let copy = move |_| {
        let organization = owner.with_untracked(|it| it.parse().ok());
        let request = CopyCourse { course, revision: None, organization };
        doing.call(request, move |imported| done.set(Some(imported)));
    };
    view! {
        <Drawer title="复制到其他单位" on_close>
            {move || match done.get() {
                Some(imported) => view! { <Report imported/> }.into_any(),
                None => view! {
                    <p>"复制学员正在看的那一版；还没有发布过的，复制草稿。复制出来是一门新的草稿，两门课以后各改各的。"</p>
                    <SelectField label="复制到" value=owner choices/>
                    {doing.note()}
                    <div class="c-form__foot">
                        <button type="button" class="c-button c-button--primary" disabled=doing.busy on:click=copy>
                            {move || if doing.busy.get() { "正在复制…" } else { "复制" }}
                        </button>
                    </div>
                }
                .into_any(),
            }}
        </Drawer>
    }
}

/// What came of it, and what did not come along.
#[component]
fn Report(imported: ImportedCourse) -> impl IntoView {
    let ImportedCourse { course, title, chapters, lessons, questions, files, links, .. } = imported;
    let counts = format!(
        "{chapters} 章，{lessons} 课时，{questions} 道题，{files} 个文件，{links} 处条款链接（草拟）"
    );
    let clauses = imported
        .clauses_left_out
        .into_iter()
        .map(|it| format!("{} 第 {} 条（{}）：{}", it.standard, it.number, it.place, it.reason));
    view! {
        <p role="status">"新的草稿“"{title}"”已经建好："{counts}"。"</p>
        <LeftOut why="这些岗位这里没有，没有带过来：" what=imported.posts_left_out/>
        <LeftOut why="这些题没有带答案，没有导入，请照着重新出题：" what=imported.questions_left_out/>
        <LeftOut why="这些条款没有链接上，请在标准仓里补：" what={clauses.collect()}/>
        <div class="c-form__foot">
            <a class="c-button c-button--primary" href=format!("/admin/courses/{course}")>"打开新课程"</a>
        </div>
    }
}

#[component]
fn LeftOut(why: &'static str, what: Vec<String>) -> impl IntoView {
    (!what.is_empty()).then(|| {
        view! {
            <p>{why}</p>
            <ul class="c-list">{what.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
        }
    })
}
