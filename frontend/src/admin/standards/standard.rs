//! One standard and its versions.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::standards::{
    StandardId,
    console::{ShowStandard, Standard, StandardVersion, VersionImport},
};

use super::{details::DetailsDrawer, removing::RemoveStandard, upload::UploadVersion};
use crate::admin::{
    address::WithId,
    kit::{Load, Shown, Table, name_page},
};

#[component]
pub fn StandardPage() -> impl IntoView {
    name_page("标准");
    view! {
        <WithId name="standard" children=Callback::new(|id: StandardId| view! { <Page id/> }.into_any())/>
    }
}

#[component]
fn Page(id: StandardId) -> impl IntoView {
    let load = Load::of(move || ShowStandard { standard: id });
    view! {
        <nav class="c-trail" aria-label="位置"><a href="/admin/standards">"标准仓"</a></nav>
        <Shown load children=move |standard| view! { <Found standard load/> }.into_any()/>
    }
}

#[component]
fn Found(standard: Standard, load: Load<Standard>) -> impl IntoView {
    let Standard { id, details, editable, versions } = standard.clone();
    let editing = RwSignal::new(false);
    let navigate = use_navigate();
    let uploaded = Callback::new(move |version: StandardVersion| {
        let page = format!("/admin/standards/versions/{}", version.id);
        navigate(&page, leptos_router::NavigateOptions::default());
    });
    let removable = editable && versions.is_empty();
    let title = details.title.clone();
    let waiting = versions.iter().any(|it| it.confirmed_at.is_none());
    let facts = format!("{} · 归口：{}", details.level.label(), details.organization);
    let edited = Callback::new(move |_| {
        editing.set(false);
        load.reload();
    });
    view! {
        <header class="c-head">
            <h1 class="c-head__title">{details.number}" "{details.title}</h1>
            {editable.then(|| view! {
                <button type="button" class="c-button" on:click=move |_| editing.set(true)>"修改基本信息"</button>
            })}
            {removable.then(|| view! { <RemoveStandard id title=format!("删除“{title}”？")/> })}
        </header>
        <p class="c-quiet">{facts}</p>
        <Versions versions/>
        {(editable && !waiting).then(|| view! {
            <section class="c-card"><UploadVersion standard=id on_done=uploaded/></section>
        })}
        {move || editing.get().then(|| view! {
            <DetailsDrawer
                standard=Some(standard.clone())
                on_close=Callback::new(move |()| editing.set(false))
                on_done=edited
            />
        })}
    }
}

const COLUMNS: &[&str] = &["年号", "状态", "发布日期", "实施日期", "废止日期", "#条款"];

#[component]
fn Versions(versions: Vec<StandardVersion>) -> impl IntoView {
    if versions.is_empty() {
        return view! { <p class="c-quiet">"还没有版本，请上传文件。"</p> }.into_any();
    }
    let day = |day: Option<chrono::NaiveDate>| day.map(|it| it.to_string()).unwrap_or_default();
    let rows = versions.into_iter().map(move |it| {
        let state = match it.import {
            VersionImport::Confirmed => it.stage.label(),
            import => import.label(),
        };
        view! {
            <tr>
                <th scope="row"><a href=format!("/admin/standards/versions/{}", it.id)>{it.details.label}</a></th>
                <td>{state}</td>
                <td class="c-digits">{day(it.details.published_on)}</td>
                <td class="c-digits">{day(it.details.effective_on)}</td>
                <td class="c-digits">{day(it.details.withdrawn_on)}</td>
                <td class="c-number">{it.clauses}</td>
            </tr>
        }
    });
    view! { <Table columns=COLUMNS>{rows.collect_view()}</Table> }.into_any()
}
