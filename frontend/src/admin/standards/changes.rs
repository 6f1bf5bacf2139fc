//! What a version says otherwise than the one before, and whom that concerns.

use leptos::prelude::*;
use shared::standards::{
    StandardVersionId,
    console::{CarryLinks, ChangeKind, ClauseChange, Impact, ListClauseChanges, Piece, ShowImpact},
};

use super::difference::Difference;
use crate::admin::kit::{Doing, DownloadLink, Load, Shown, Table};

#[component]
pub fn Changes(id: StandardVersionId, confirmed: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <section class="c-card c-flow">
            <h2 class="c-subtitle">"和上一版相比"</h2>
            <button type="button" class="c-button" on:click=move |_| open.update(|it| *it = !*it) aria-expanded=move || open.get().to_string()>
                {move || if open.get() { "收起" } else { "看改了什么、影响谁" }}
            </button>
            {move || open.get().then(|| view! { <Compared id confirmed/> })}
        </section>
    }
}

#[component]
fn Compared(id: StandardVersionId, confirmed: bool) -> impl IntoView {
    let changes = Load::of(move || ListClauseChanges { version: id });
    let impact = Load::of(move || ShowImpact { version: id });
    let listed = |list: Vec<ClauseChange>| {
        if list.is_empty() {
            return view! { <p>"每一条都和上一版一样。"</p> }.into_any();
        }
        list.into_iter().map(|change| view! { <Change change/> }).collect_view().into_any()
    };
    view! {
        <Shown load=impact children=move |found| view! { <Concerned id found confirmed load=impact/> }.into_any()/>
        <Shown load=changes children=listed/>
    }
}

#[component]
fn Concerned(
    id: StandardVersionId,
    found: Impact,
    confirmed: bool,
    load: Load<Impact>,
) -> impl IntoView {
    let doing = Doing::new();
    let examined = match found.items.len() {
        0 => String::new(),
        some => format!("、{some} 处考核项"),
    };
    let numbers = format!(
        "改了 {} 条，新增 {} 条，删了 {} 条，未变 {} 条；影响 {} 门课程、{} 道试题{examined}、{} 人。",
        found.changed,
        found.added,
        found.deleted,
        found.same,
        found.courses.len(),
        found.questions.len(),
        found.people,
    );
    let carry = move |_| doing.call(CarryLinks { version: id }, move |_| load.reload());
    let rows = found.courses.into_iter().map(|it| {
        view! {
            <tr>
                <th scope="row"><a href=format!("/admin/courses/{}", it.id)>{it.title}</a></th>
                <td>{it.changed.join("、")}</td>
                <td>{it.deleted.join("、")}</td>
                <td class="c-number">{it.people}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let items = found.items.into_iter().map(|it| {
        view! {
            <tr>
                <th scope="row">{it.text}</th>
                <td>{it.course}</td>
                <td>{it.number}</td>
                <td>{it.change.label()}</td>
            </tr>
        }
    });
    let items = items.collect_view();
    let to_carry = found.to_carry;
    view! {
        <p>{numbers}</p>
        {doing.note()}
        <div class="c-actions">
            {(confirmed && to_carry > 0).then(|| view! {
                <button type="button" class="c-button c-button--primary" disabled=doing.busy on:click=carry>
                    {format!("把 {to_carry} 个未变条款的链接移到这一版")}
                </button>
            })}
            <DownloadLink href=format!("/api/console/standard-versions/{id}/impact.xlsx") words="导出影响清单"/>
        </div>
        {(!rows.is_empty()).then(|| view! { <Table columns=&["课程", "改了的条款", "删了的条款", "#人数"]>{rows}</Table> })}
        {(!items.is_empty()).then(|| view! { <Table columns=&["考核项", "课程", "条款", "变化"]>{items}</Table> })}
        {confirmed.then(|| view! { <Difference id found=found.difference elsewhere=found.difference_elsewhere people=found.people load/> })}
    }
}

#[component]
fn Change(change: ClauseChange) -> impl IntoView {
    let number = |it: &Option<shared::standards::console::ClauseText>| {
        it.as_ref().map(|it| it.number.clone()).unwrap_or_default()
    };
    let (before, after) = (number(&change.before), number(&change.after));
    let head = match change.kind {
        ChangeKind::Changed if before != after => format!("{before} → {after} 改了"),
        ChangeKind::Deleted => format!("{before} 删了"),
        kind => format!("{after} {}", kind.label()),
    };
    let links = (change.links > 0).then(|| format!("，有 {} 个链接", change.links));
    let pictures = change.pictures.then_some("，图有变化");
    view! {
        <article class="c-clause">
            <p class="c-clause__head"><strong>{head}</strong><span class="c-quiet">{pictures}{links}</span></p>
            <p class="c-clause__text">{change.pieces.into_iter().map(piece).collect_view()}</p>
        </article>
    }
}

fn piece(piece: Piece) -> AnyView {
    match piece.kind {
        ChangeKind::Added => view! { <ins>{piece.text}</ins> }.into_any(),
        ChangeKind::Deleted => view! { <del>{piece.text}</del> }.into_any(),
        _ => view! { <span>{piece.text}</span> }.into_any(),
    }
}
