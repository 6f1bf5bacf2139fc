//! Rows that cannot be brought in, mended cell by cell.

use std::collections::BTreeMap;

use leptos::{prelude::*, task::spawn_local};
use shared::roster::{
    CorrectRows, Correction, ImportRow, ImportRows, ListImportRows, RosterField, RosterImport,
    RosterImportId,
};

use super::rows::Pages;
use crate::{
    admin::kit::{DownloadLink, Load, Shown, TroubleNote},
    client::{Client, Trouble},
};

/// What was typed, by row and cell.
type Typed = RwSignal<BTreeMap<u32, BTreeMap<RosterField, String>>>;

#[component]
pub fn BadRows(id: RosterImportId, load: Load<RosterImport>) -> impl IntoView {
    let skip = RwSignal::new(0_u32);
    let typed: Typed = RwSignal::new(BTreeMap::new());
    let rows = Load::of(move || ListImportRows {
        import: id,
        outcome: None,
        bad: Some(true),
        skip: Some(skip.get()),
    });
    let file = format!("/api/console/roster/imports/{id}/bad-rows.xlsx");
    view! {
        <section class="c-card">
            <h3 class="c-subtitle">"要改的行"</h3>
            <p class="c-quiet">"红字说明哪里不对，直接在格子里改；也可以下载这张表在 Excel 里改好，再上传一次。"</p>
            <Shown load=rows children=move |page: ImportRows| {
                let lines = page.items.into_iter().map(|row| view! { <Line row typed/> }).collect_view();
                view! {
                    <div class="c-table-frame">
                        <table class="c-table">
                            <thead>
                                <tr>
                                    <th scope="col" class="c-number">"行"</th>
                                    {RosterField::ALL.iter().map(|it| view! { <th scope="col">{it.label()}</th> }).collect_view()}
                                </tr>
                            </thead>
                            <tbody>{lines}</tbody>
                        </table>
                    </div>
                    <Pages total=page.total skip/>
                }
                .into_any()
            }/>
            <div class="c-actions">
                <SaveButton id typed load/>
                <DownloadLink href=file words="下载要改的行"/>
            </div>
        </section>
    }
}

#[component]
fn SaveButton(id: RosterImportId, typed: Typed, load: Load<RosterImport>) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let save = move |_| {
        busy.set(true);
        let rows = typed.get_untracked().into_iter();
        let rows = rows.map(|(row, cells)| Correction { row, cells }).collect();
        spawn_local(async move {
            match client.call(CorrectRows { import: id, rows }).await {
                Ok(import) => _ = load.value.try_set(Some(import)),
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <button
            type="button"
            class="c-button c-button--primary"
            disabled=move || busy.get() || typed.with(BTreeMap::is_empty)
            on:click=save
        >
            {move || if busy.get() { "正在保存…" } else { "保存修改，重新检查" }}
        </button>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
    }
}

#[component]
fn Line(row: ImportRow, typed: Typed) -> impl IntoView {
    let number = row.row.unwrap_or_default();
    let cells = RosterField::ALL.iter().map(|field| {
        let text = row.cells.get(field).cloned().unwrap_or_default();
        let wrong: Vec<_> = row.problems.iter().filter(|it| it.field == *field).collect();
        if wrong.is_empty() {
            return view! { <td>{text}</td> }.into_any();
        }
        let why = wrong.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("；");
        view! { <td><Cell number field=*field text why typed/></td> }.into_any()
    });
    let cells = cells.collect_view();
    view! {
        <tr>
            <th scope="row" class="c-number">{number}</th>
            {cells}
        </tr>
    }
}

#[component]
fn Cell(number: u32, field: RosterField, text: String, why: String, typed: Typed) -> impl IntoView {
    let kept = typed.with_untracked(|all| all.get(&number)?.get(&field).cloned());
    let change = move |text: String| {
        typed.update(|all| {
            all.entry(number).or_default().insert(field, text);
        });
    };
    view! {
        <div class="c-field c-field--bad">
            <input
                class="c-input c-input--small"
                size="12"
                aria-label=format!("第 {number} 行的{}", field.label())
                aria-invalid="true"
                prop:value=kept.unwrap_or(text)
                on:input:target=move |event| change(event.target().value())
            />
            <p class="c-field__error">{why}</p>
        </div>
    }
}
