//! One record.

use leptos::prelude::*;
use shared::{
    audit::{AuditFact, AuditOutcome, AuditRecord},
    time,
};

use super::filters::Filters;

#[component]
pub fn RecordRow(record: AuditRecord, filters: Filters) -> impl IntoView {
    let AuditRecord { seq, at, title, outcome, person, address, facts, .. } = record;
    let who = person.map_or_else(
        move || {
            let who = if address.is_some() { "没有登录的人" } else { "系统" };
            view! { <span class="c-quiet">{who}</span> }.into_any()
        },
        |it| view! { {it.name}<p class="c-table__note c-digits">{it.staff_number}</p> }.into_any(),
    );
    let kind = record.object_kind;
    let (object, name) = (record.object, record.object_name);
    view! {
        <tr>
            <td class="c-number" title=record.hash>{seq}</td>
            <td class="c-nowrap c-digits">{time::stamp(at)}</td>
            <th scope="row" class="c-table__title">{title}</th>
            <td><OutcomeWord outcome/></td>
            <td>{who}</td>
            <td class="c-digits">{address.map_or_else(|| "—".into(), |it| it.to_string())}</td>
            <td><ObjectCell kind object name filters/></td>
            <td>{facts.into_iter().map(|fact| view! { <FactLine fact/> }).collect_view()}</td>
        </tr>
    }
}

#[component]
fn ObjectCell(
    kind: String,
    object: Option<String>,
    name: Option<String>,
    filters: Filters,
) -> impl IntoView {
    let named = name.or_else(|| object.clone());
    let only = object.map(|object| {
        view! {
            <button type="button" class="c-tool" on:click=move |_| filters.narrow_to(object.clone())>
                "只看它"
            </button>
        }
    });
    view! {
        {kind}
        <p class="c-table__note">{named}" "{only}</p>
    }
}

#[component]
fn OutcomeWord(outcome: AuditOutcome) -> impl IntoView {
    let class = match outcome {
        AuditOutcome::Done => "c-word c-word--good",
        AuditOutcome::Refused => "c-word c-word--bad",
    };
    view! { <span class=class>{outcome.label()}</span> }
}

#[component]
fn FactLine(fact: AuditFact) -> impl IntoView {
    view! { <p class="c-table__note">{fact.name}"："{fact.value}</p> }
}
