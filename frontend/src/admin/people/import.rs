//! An import that is checked, mended and brought in; the page looks on while the server works.

use std::time::Duration;

use leptos::prelude::*;
use shared::roster::{ImportState, RosterImport, RosterImportId, RowOutcome, ShowRosterImport};

use super::{applying::Applying, bad_rows::BadRows, rows::Rows, unknown::Unknown};
use crate::admin::{
    address::WithId,
    kit::{DownloadLink, Load, Shown, name_page},
};

/// How often the server is asked how far it got.
const REFRESH: Duration = Duration::from_secs(1);

#[component]
pub fn ImportPage() -> impl IntoView {
    name_page("导入花名册");
    view! {
        <WithId name="import" children=Callback::new(|id: RosterImportId| view! { <Import id/> }.into_any())/>
    }
}

#[component]
fn Import(id: RosterImportId) -> impl IntoView {
    let load = Load::of(move || ShowRosterImport { import: id });
    let at_work = move |import: &Option<RosterImport>| {
        import
            .as_ref()
            .is_some_and(|it| matches!(it.state, ImportState::Checking | ImportState::Applying))
    };
    let look = move || {
        if load.value.with_untracked(at_work) {
            load.reload();
        }
    };
    if let Ok(timer) = set_interval_with_handle(look, REFRESH) {
        on_cleanup(move || timer.clear());
    }
    view! {
        <nav class="c-trail" aria-label="位置">
            <a href="/admin/people">"人员"</a><a href="/admin/people/import">"导入花名册"</a>
        </nav>
        <Shown load children=move |import: RosterImport| {
            let title = import.file_name.clone();
            let stage = match import.state {
                ImportState::Checking | ImportState::Applying => view! { <AtWork import/> }.into_any(),
                ImportState::Checked => view! { <Checked import load/> }.into_any(),
                ImportState::Applied => view! { <Applied import/> }.into_any(),
            };
            view! {
                <header class="c-head"><h1 class="c-head__title">{title}</h1></header>
                {stage}
            }
            .into_any()
        }/>
    }
}

#[component]
fn AtWork(import: RosterImport) -> impl IntoView {
    let RosterImport { state, rows, done, .. } = import;
    let words = match done {
        Some(done) => format!("{}：{} / {rows} 行", state.label(), done.min(rows)),
        None => format!("{}，共 {rows} 行…", state.label()),
    };
    // Without a value the bar says only that something goes on.
    let value = done.map(|done| done.min(rows).to_string());
    view! {
        <section class="c-card">
            <p role="status">{words}</p>
            <progress class="c-upload__bar" aria-label=state.label() value=value max=rows.max(1).to_string()></progress>
            <p class="c-quiet">"可以离开这一页，回来接着看。"</p>
        </section>
    }
}

/// Rows by what they bring, as words.
#[component]
fn Numbers(import: RosterImport) -> impl IntoView {
    let facts = RowOutcome::ALL.iter().map(|outcome| {
        let count = import.count(*outcome);
        view! { <div class="c-facts__item"><dt>{outcome.label()}</dt><dd class="c-digits">{count}</dd></div> }
    });
    view! { <dl class="c-facts c-card">{facts.collect_view()}</dl> }
}

#[component]
fn Checked(import: RosterImport, load: Load<RosterImport>) -> impl IntoView {
    let id = import.id;
    let message = import.message.clone();
    view! {
        {message.map(|text| view! { <div class="c-note c-note--warn" role="alert"><p class="c-note__text">{text}</p></div> })}
        <h2 class="c-subtitle">"第 3 步 看检查结果"</h2>
        <Numbers import=import.clone()/>
        <Unknown import=import.clone() load/>
        {(import.bad() > 0).then(|| view! { <BadRows id load/> })}
        <Rows id/>
        <h2 class="c-subtitle">"第 4 步 写入花名册"</h2>
        <Applying id bad=import.bad() leavers=import.count(RowOutcome::Left) load/>
    }
}

#[component]
fn Applied(import: RosterImport) -> impl IntoView {
    let bad = import.bad();
    let file = format!("/api/console/roster/imports/{}/bad-rows.xlsx", import.id);
    view! {
        <div class="c-note c-note--good" role="status">
            <p class="c-note__text">{format!(
                "已写入花名册：新增 {} 人，更新 {} 人，离岗 {} 人。",
                import.count(RowOutcome::Added),
                import.count(RowOutcome::Updated),
                import.count(RowOutcome::Left),
            )}</p>
            <a class="c-button c-button--small" href="/admin/people">"看花名册"</a>
        </div>
        {(bad > 0).then(|| view! {
            <section class="c-card">
                <p>{format!("有 {bad} 行没有导入。下载这张表，照里面写的原因改好，再导入一次就行。")}</p>
                <DownloadLink href=file words="下载没有导入的行"/>
            </section>
        })}
    }
}
