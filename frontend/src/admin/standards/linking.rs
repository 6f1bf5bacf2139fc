//! Linking a clause to a place in a course: from the clause, from the place, and once more.

use leptos::{prelude::*, web_sys};
use shared::{
    authoring::ListManagedCourses,
    builds::CourseLink,
    standards::{
        ClauseId,
        console::{
            ClauseLink, ClauseLinks, ClauseRow, Clauses, LinkClause, LinkKind, LinkState,
            LinkTarget, SaveClauseLink,
        },
    },
};

use super::{
    clause_picker::{ChosenClause, ClausePicker},
    link_fields::{LinkFields, LinkForm},
    link_table::Links,
    places::{self, Choices, Place, PlaceFields},
};
use crate::admin::{
    courses::CoursePicker,
    kit::{Doing, Drawer, Load},
};

/// From a clause: where in which course?
#[component]
pub fn LinkDrawer(
    row: ClauseRow,
    /// The list that the clause stands in.
    load: Load<Clauses>,
    /// What changes where the links of a clause are to be asked for anew.
    again: RwSignal<u32>,
    on_close: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let ClauseRow { id: clause, number, title, text, .. } = row;
    let (course, place) = (RwSignal::new(None::<CourseLink>), Place::new(String::new()));
    let (fields, doing) = (LinkFields::new(LinkKind::Taught), Doing::new());
    // What examines is most often meant to.
    Effect::new(move || {
        if place.examines() {
            fields.kind.set(LinkKind::Examined);
        }
    });
    let dirty = Signal::derive(move || course.with(Option::is_some));
    let own = || ListManagedCourses { editable: Some(true), ..ListManagedCourses::default() };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match place.target() {
            Ok(target) => {
                let linked = load.after(asked(fields, clause, target));
                let work = async move {
                    linked.await?;
                    again.update(|it| *it += 1);
                    Ok(())
                };
                doing.run(work, move |()| on_done.run(()));
            }
            Err(missing) => doing.errors.set_one("target", missing),
        }
    };
    let head = format!("{number} {}", if title.is_empty() { text } else { title });
    view! {
        <Drawer title="链接到课程" on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <p>{head}</p>
                <CoursePicker label="课程" hint="写课程名里的字来找；只列出您能改的课程" among=own chosen=course/>
                {move || course.get().map(|course| view! {
                    <PlaceFields
                        label="课程里的哪一处" place choices=places::of_course(course.id)
                        error=doing.errors.signal("target")
                    />
                })}
                <LinkForm fields doing/>
            </form>
        </Drawer>
    }
}

/// From a place: which clause?
#[component]
pub fn BasisDrawer(
    /// Of which one is chosen.
    choices: Choices,
    kind: LinkKind,
    /// The list that it will stand in.
    links: Links,
    on_close: Callback<()>,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<ChosenClause>);
    // Where all of a lesson may be meant, it is at first.
    let first = choices.get_untracked().into_iter().next().map(|it| it.0).unwrap_or_default();
    let place = Place::new(first);
    let (fields, doing) = (LinkFields::new(kind), Doing::new());
    let dirty = Signal::derive(move || chosen.with(Option::is_some));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(clause) = chosen.get_untracked() else {
            return doing.errors.set_one("clause", "请先找到并选中一条");
        };
        match place.target() {
            Ok(target) => {
                let linked = links.after(asked(fields, clause.id, target));
                doing.run(linked, move |()| on_close.run(()));
            }
            Err(missing) => doing.errors.set_one("target", missing),
        }
    };
    view! {
        <Drawer title="加依据" on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <ClausePicker chosen error=doing.errors.signal("clause")/>
                <PlaceFields label="用在哪一处" place choices error=doing.errors.signal("target")/>
                <LinkForm fields doing/>
            </form>
        </Drawer>
    }
}

fn asked(fields: LinkFields, clause: ClauseId, target: LinkTarget) -> LinkClause {
    LinkClause {
        clause,
        target,
        kind: fields.kind.get_untracked(),
        coverage: fields.coverage.get_untracked(),
        dated: fields.dated.get_untracked(),
        note: fields.note.get_untracked(),
    }
}

/// A link that is there: another clause of the same standard, or something else to say of it.
#[component]
pub fn ChangeDrawer(
    link: ClauseLink,
    /// The list that it stands in.
    load: Load<ClauseLinks>,
    on_close: Callback<()>,
) -> impl IntoView {
    let (fields, doing) = (LinkFields::of(&link), Doing::new());
    let first = (link.kind, link.coverage, link.dated, link.note.clone());
    let (id, standard, was) = (link.id, link.standard, link.clause);
    let now = format!("{} {} {}", link.standard_name, link.number, link.clause_title);
    let chosen = RwSignal::new(Some(ChosenClause { id: was, name: now }));
    let dirty = Signal::derive(move || {
        fields.said() != first || chosen.with(|it| it.as_ref().is_none_or(|it| it.id != was))
    });
    // What a new version says in its place has the same number, more often than not.
    let stale = link.state == LinkState::Stale;
    let begin = if stale { link.number.clone() } else { String::new() };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request = SaveClauseLink {
            link: id,
            clause: chosen.get_untracked().map_or(was, |it| it.id),
            kind: fields.kind.get_untracked(),
            coverage: fields.coverage.get_untracked(),
            dated: fields.dated.get_untracked(),
            note: fields.note.get_untracked(),
        };
        doing.run(load.after(request), move |()| on_close.run(()));
    };
    view! {
        <Drawer title="修改依据" on_close dirty>
            <form class="c-form" on:submit=submit novalidate=true>
                {doing.note()}
                <p>{format!("{} · {}", link.course_title, link.target_title)}</p>
                {stale.then(|| view! {
                    <p class="c-note c-note--warn">"标准变了。看一遍课程里的这一处还对不对：下面选新版本里对应的条，或者改成注日期，再存。"</p>
                })}
                <ClausePicker chosen standard=Some(standard) begin error=doing.errors.signal("clause")/>
                <LinkForm fields doing/>
            </form>
        </Drawer>
    }
}
