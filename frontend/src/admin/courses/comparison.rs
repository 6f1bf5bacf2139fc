//! What differs between two revisions, or between the draft and what learners read.

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    revisions::{
        ChangeKind, ChangedLine, CompareRevisions, CourseRevision, LineChange, RevisionChange,
        RevisionComparison, RevisionState,
    },
};

use crate::admin::kit::{Load, SelectField, Shown};

/// The draft, in the choice of what to compare.
const DRAFT: &str = "draft";

/// Begins with what is on its way to learners, or with the draft, beside what they read.
pub fn comparison(id: CourseId, revisions: &[CourseRevision]) -> impl IntoView + use<> {
    let names: Vec<(String, String)> = revisions
        .iter()
        .map(|it| (it.number.to_string(), format!("第 {} 版（{}）", it.number, it.state.label())))
        .collect();
    let open = revisions.iter().find(|it| it.state.is_open());
    let live = revisions.iter().find(|it| it.state == RevisionState::Live);
    let first = live.or(revisions.iter().find(|it| it.state.was_published()));
    let before = RwSignal::new(first.map_or_else(String::new, |it| it.number.to_string()));
    let after = RwSignal::new(open.map_or_else(|| DRAFT.to_owned(), |it| it.number.to_string()));
    let nothing = (String::new(), "学员正在看的".to_owned());
    let earlier: Vec<_> = std::iter::once(nothing).chain(names.iter().cloned()).collect();
    let draft = (DRAFT.to_owned(), "草稿".to_owned());
    let later: Vec<_> = std::iter::once(draft).chain(names).collect();
    let load = Load::of(move || CompareRevisions {
        course: id,
        before: before.with(|it| it.parse().ok()),
        after: after.with(|it| it.parse().ok()),
    });
    view! {
        <section class="c-card">
            <h2 class="c-card__title">"改了什么"</h2>
            <div class="c-compare">
                <SelectField label="原来" value=before choices=Signal::stored(earlier)/>
                <SelectField label="现在" value=after choices=Signal::stored(later)/>
            </div>
            <Shown load children=|found: RevisionComparison| view! { <Changes found/> }.into_any()/>
        </section>
    }
}

#[component]
fn Changes(found: RevisionComparison) -> impl IntoView {
    if found.changes.is_empty() {
        return view! { <p class="c-quiet" role="status">"两边一样，没有改动。"</p> }.into_any();
    }
    let count = format!("{} 处改动", found.changes.len());
    view! {
        <p class="c-quiet" role="status">{count}</p>
        {found.changes.into_iter().map(|change| view! { <Change change/> }).collect_view()}
    }
    .into_any()
}

#[component]
fn Change(change: RevisionChange) -> impl IntoView {
    let class = match change.kind {
        ChangeKind::Added => "c-word c-word--good",
        ChangeKind::Removed => "c-word c-word--bad",
        ChangeKind::Changed | ChangeKind::Moved => "c-word c-word--waiting",
    };
    let RevisionChange { kind, part, title, lines } = change;
    view! {
        <div class="c-change">
            <h3 class="c-change__title">
                <span class=class>{kind.label()}</span>" "<span class="c-quiet">{part.label()}</span>" "{title}
            </h3>
            {(!lines.is_empty()).then(|| view! {
                <ul class="c-diff">{lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</ul>
            })}
        </div>
    }
}

#[component]
fn Line(line: ChangedLine) -> impl IntoView {
    match line.change {
        LineChange::Same => view! { <li>{line.text}</li> }.into_any(),
        LineChange::Added => {
            view! { <li class="c-diff__added"><ins>{line.text}</ins></li> }.into_any()
        }
        LineChange::Removed => {
            view! { <li class="c-diff__removed"><del>{line.text}</del></li> }.into_any()
        }
    }
}
