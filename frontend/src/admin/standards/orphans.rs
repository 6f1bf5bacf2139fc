//! The three lists of what has no link.

use leptos::prelude::*;
use shared::standards::console::{ListOrphans, Orphan, OrphanKind, Orphans};

use crate::admin::kit::{Load, Shown, Table};

const PAGE: u32 = 50;

#[component]
pub fn OrphanLists() -> impl IntoView {
    let (kind, skip) = (RwSignal::new(OrphanKind::ClauseWithoutCourse), RwSignal::new(0_u32));
    let load =
        Load::of(move || ListOrphans { kind: kind.get(), standard: None, skip: Some(skip.get()) });
    let tabs = OrphanKind::ALL.iter().map(|this| {
        let choose = move |_| {
            skip.set(0);
            kind.set(*this);
        };
        view! {
            <button type="button" class="c-button c-button--small" class:c-button--primary=move || kind.get() == *this
                aria-pressed=move || (kind.get() == *this).to_string() on:click=choose>{this.label()}</button>
        }
    });
    view! {
        <h2 class="c-subtitle">"还没有对上的"</h2>
        <div class="c-actions">{tabs.collect_view()}</div>
        <Shown load children=move |found| view! { <List found skip/> }.into_any()/>
    }
}

#[component]
fn List(found: Orphans, skip: RwSignal<u32>) -> impl IntoView {
    let Orphans { items, total } = found;
    if total == 0 {
        return view! { <p>"都对上了。"</p> }.into_any();
    }
    let rows = items.into_iter().map(|it| {
        let page = page_of(&it);
        view! {
            <tr>
                <th scope="row">{match page {
                    Some(page) => view! { <a href=page>{it.number}" "{it.text}</a> }.into_any(),
                    None => view! { {it.number}" "{it.text} }.into_any(),
                }}</th>
                <td>{it.of}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let last = move || skip.get() + PAGE >= total;
    view! {
        <p class="c-quiet">{format!("共 {total} 项")}</p>
        <Table columns=&["内容", "属于"]>{rows}</Table>
        <nav class="c-actions" aria-label="翻页">
            <button type="button" class="c-button c-button--small" disabled=move || skip.get() == 0 on:click=move |_| skip.update(|it| *it = it.saturating_sub(PAGE))>"上一页"</button>
            <button type="button" class="c-button c-button--small" disabled=last on:click=move |_| skip.update(|it| *it += PAGE)>"下一页"</button>
        </nav>
    }
    .into_any()
}

/// Where something is done about it.
fn page_of(orphan: &Orphan) -> Option<String> {
    match (orphan.standard, orphan.course) {
        (Some(standard), _) => Some(format!("/admin/standards/{standard}")),
        (None, Some(course)) if orphan.question.is_some() => {
            Some(format!("/admin/courses/{course}/quiz"))
        }
        (None, course) => course.map(|course| format!("/admin/courses/{course}")),
    }
}
