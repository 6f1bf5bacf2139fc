//! What the sound rows would bring, by kind.

use leptos::prelude::*;
use shared::roster::{
    ImportRow, ImportRows, ListImportRows, RosterField, RosterImportId, RowOutcome,
};

use crate::admin::kit::{Load, RadioGroup, Shown, Table};

/// Rows on one page of the server's.
const PAGE: u32 = 50;

const COLUMNS: &[&str] = &["#行", "姓名", "工号", "单位", "岗位", "变化"];

#[component]
pub fn Rows(id: RosterImportId) -> impl IntoView {
    let (outcome, skip) = (RwSignal::new(RowOutcome::Added), RwSignal::new(0_u32));
    Effect::new(move |_| {
        outcome.track();
        skip.set(0);
    });
    let load = Load::of(move || ListImportRows {
        import: id,
        outcome: Some(outcome.get()),
        bad: None,
        skip: Some(skip.get()),
    });
    let kinds = [RowOutcome::Added, RowOutcome::Updated, RowOutcome::Left, RowOutcome::Unchanged];
    let choices = kinds.map(|it| (it, it.label())).to_vec();
    view! {
        <section class="c-card">
            <RadioGroup label="看哪些行" chosen=outcome choices/>
            <Shown load children=move |page: ImportRows| {
                if page.total == 0 {
                    return view! { <p class="c-quiet" role="status">"没有这样的行。"</p> }.into_any();
                }
                let lines = page.items.into_iter().map(|row| view! { <Line row/> }).collect_view();
                view! {
                    <Table columns=COLUMNS>{lines}</Table>
                    <Pages total=page.total skip/>
                }
                .into_any()
            }/>
        </section>
    }
}

#[component]
fn Line(row: ImportRow) -> impl IntoView {
    let cell = |field| row.cells.get(&field).cloned().unwrap_or_default();
    let number = row.row.map_or_else(|| "—".to_owned(), |it| it.to_string());
    view! {
        <tr>
            <td class="c-number">{number}</td>
            <th scope="row" class="c-table__title">{cell(RosterField::Name)}</th>
            <td class="c-digits">{cell(RosterField::StaffNumber)}</td>
            <td>{cell(RosterField::Organization)}</td>
            <td>{cell(RosterField::Post)}</td>
            <td>{row.changes.join("；")}</td>
        </tr>
    }
}

/// Turns the pages of a list that is longer than one.
#[component]
pub fn Pages(total: u32, skip: RwSignal<u32>) -> impl IntoView {
    (total > PAGE).then(|| {
        let words = move || {
            let first = skip.get();
            format!("第 {}–{} 行，共 {total} 行", first + 1, (first + PAGE).min(total))
        };
        view! {
            <nav class="c-actions" aria-label="翻页">
                <button
                    type="button"
                    class="c-button c-button--small"
                    disabled=move || skip.get() == 0
                    on:click=move |_| skip.update(|it| *it = it.saturating_sub(PAGE))
                >
                    "上一页"
                </button>
                <span class="c-quiet">{words}</span>
                <button
                    type="button"
                    class="c-button c-button--small"
                    disabled=move || skip.get() + PAGE >= total
                    on:click=move |_| skip.update(|it| *it += PAGE)
                >
                    "下一页"
                </button>
            </nav>
        }
    })
}
