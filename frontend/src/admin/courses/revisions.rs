//! 版本: what was frozen of a course, who vouched for it, and what differs between two of them.

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    revisions::{CourseRevision, ListRevisions, RevisionList, RevisionState},
};

use super::{
    comparison::comparison,
    frame::{CourseDesk, CourseFrame, Tab},
    revision_card::RevisionCard,
};
use crate::admin::{
    address::WithId,
    kit::{Load, Shown},
};

#[component]
pub fn RevisionsPage() -> impl IntoView {
    view! {
        <WithId name="course" children=Callback::new(|id: CourseId| view! {
            <CourseFrame id tab=Tab::Revisions children=move |desk| {
                view! { <Revisions desk id/> }.into_any()
            }/>
        }.into_any())/>
    }
}

#[component]
fn Revisions(desk: CourseDesk, id: CourseId) -> impl IntoView {
    let load = Load::of(move || {
        // What is done in the head of the page changes the list too.
        desk.course.with(|course| (course.review, course.live, course.status));
        ListRevisions { course: id }
    });
    view! {
        <Shown load children=move |list: RevisionList| view! {
            <p class="c-note" role="status">{standing(&list)}</p>
            {comparison(id, &list.revisions)}
            <h2 class="c-subtitle">"所有版本"</h2>
            {if list.revisions.is_empty() {
                view! { <p class="c-quiet">"还没有提交过。写好以后点“提交校核”，就有了第 1 版。"</p> }.into_any()
            } else {
                list.revisions
                    .into_iter()
                    .map(|revision| view! { <RevisionCard desk revision/> })
                    .collect_view()
                    .into_any()
            }}
        }
        .into_any()/>
    }
}

/// What there is to do, in one sentence.
fn standing(list: &RevisionList) -> String {
    let open = list.revisions.iter().find(|it| it.state.is_open());
    let live = list.revisions.iter().find(|it| it.state == RevisionState::Live);
    let reads = live.map_or_else(
        || "学员现在看不到这门课。".to_owned(),
        |it| format!("学员正在看第 {} 版。", it.number),
    );
    let next = match open {
        Some(it) => next_step(it),
        None if list.changed => "草稿里有还没提交的改动，写好以后点“提交校核”。".to_owned(),
        None => "草稿和它一样，没有要提交的。".to_owned(),
    };
    format!("{reads}{next}")
}

fn next_step(open: &CourseRevision) -> String {
    let CourseRevision { number, .. } = open;
    let writers = open.writers.join("、");
    match open.state {
        RevisionState::Submitted => {
            format!("第 {number} 版等着校核：请 {writers} 以外的一位同事来看。")
        }
        RevisionState::Checked => {
            format!("第 {number} 版等着评审：请 {writers} 以外的一位同事来看。")
        }
        RevisionState::Approved => format!("第 {number} 版评审通过了，可以发布。"),
        _ => format!("第 {number} 版定好了时间，到时自动发布。"),
    }
}
