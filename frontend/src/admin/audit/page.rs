//! The log, a page at a time, the latest first.

use leptos::prelude::*;
use shared::{
    audit::{AuditRecord, ListAuditRecords},
    page::Page,
};

use super::{
    filters::{FilterBar, Filters},
    row::RecordRow,
    standing::StandingNote,
};
use crate::admin::kit::{Load, Pager, Places, Shown, Table, name_page};

#[component]
pub fn AuditPage() -> impl IntoView {
    name_page("审计日志");
    let filters = Filters::of_address();
    // Where each page after the first begins.
    let places = Places::default();
    let asked = Memo::new(move |_| filters.request());
    Effect::new(move |before: Option<()>| {
        asked.track();
        if before.is_some() && places.with_untracked(|it| !it.is_empty()) {
            places.set(Vec::new());
        }
    });
    let load = Load::of(move || ListAuditRecords {
        cursor: places.with(|it| it.last().cloned()),
        ..asked.get()
    });
    let shown = move |page: Page<AuditRecord>| {
        if page.items.is_empty() {
            return view! { <Nothing/> }.into_any();
        }
        view! { <Records page places filters/> }.into_any()
    };
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"审计日志"</h1>
            <button type="button" class="c-button" on:click=move |_| load.reload()>"刷新"</button>
        </header>
        <StandingNote/>
        <FilterBar filters asked/>
        <Shown load children=shown/>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">"没有符合条件的记录"</h2>
            <p>"换个人、换个事件，或者放宽日期。刚发生的事最多过两秒就能看到。"</p>
        </div>
    }
}

const COLUMNS: &[&str] = &["#序号", "时间", "事件", "结果", "谁", "网络地址", "对象", "细节"];

#[component]
fn Records(page: Page<AuditRecord>, places: Places, filters: Filters) -> impl IntoView {
    let Page { items, next } = page;
    let rows = items.into_iter().map(|record| view! { <RecordRow record filters/> }).collect_view();
    view! {
        <Table columns=COLUMNS>{rows}</Table>
        <Pager places next/>
    }
}
