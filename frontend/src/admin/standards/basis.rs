//! 依据: the clauses that a lesson or the questions of a quiz rest on, where they are written.

use leptos::prelude::*;
use shared::{
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    standards::{
        ClauseId,
        console::{LinkKind, ListClauseLinks},
    },
};

use super::{
    link_table::{LinkList, Links},
    linking::BasisDrawer,
    places::{self, Choices},
};

#[component]
pub fn BasisOfLesson(
    course: CourseId,
    lesson: LessonId,
    /// Of the lesson.
    links: Links,
    /// Whether the caller may change the course.
    editable: Signal<bool>,
) -> impl IntoView {
    let choices = Callback::new(move |()| places::of_lesson(course, lesson));
    view! { <Basis links choices kind=LinkKind::Taught editable/> }
}

/// Of the questions of a course's quiz.
#[component]
pub fn BasisOfQuestions(course: CourseId) -> impl IntoView {
    // Nobody else sees the questions.
    let editable = Signal::stored(true);
    let links = Links::of(move || ListClauseLinks {
        course: Some(course),
        questions: Some(true),
        ..ListClauseLinks::default()
    });
    let choices = Callback::new(move |()| places::of_quiz(course));
    view! { <Basis links choices kind=LinkKind::Examined editable/> }
}

/// Of the items of a course's checklist; a clause is added from the item.
#[component]
pub fn BasisOfItems(
    course: CourseId,
    /// The item to which one is being added, as it is called.
    linking: RwSignal<Option<(ChecklistItemId, String)>>,
) -> impl IntoView {
    let links = Links::of(move || ListClauseLinks {
        course: Some(course),
        checklist: Some(true),
        ..ListClauseLinks::default()
    });
    let close = Callback::new(move |()| linking.set(None));
    view! {
        <section class="c-card" aria-label="依据">
            <header class="c-card__head"><h2 class="c-card__title">"依据"</h2></header>
            <LinkList links of_one_course=true>
                <p class="c-quiet">"还没有写明依据哪条标准。点考核项上的“加依据”，按条款号或条款里的词找到那一条。"</p>
            </LinkList>
        </section>
        {move || linking.get().map(|(item, text)| view! {
            <BasisDrawer
                choices=places::of_item(course, item, text)
                kind=LinkKind::Examined
                links
                on_close=close
            />
        })}
    }
}

#[component]
fn Basis(
    links: Links,
    choices: Callback<(), Choices>,
    kind: LinkKind,
    editable: Signal<bool>,
) -> impl IntoView {
    let adding = RwSignal::new(false);
    let close = Callback::new(move |()| adding.set(false));
    view! {
        <section class="c-card" aria-label="依据">
            <header class="c-card__head">
                <h2 class="c-card__title">"依据"</h2>
                <Show when=move || editable.get()>
                    <button type="button" class="c-button c-button--small" on:click=move |_| adding.set(true)>"加依据"</button>
                </Show>
            </header>
            <LinkList links of_one_course=true>
                <p class="c-quiet">"还没有写明依据哪条标准。点“加依据”，按条款号或条款里的词找到那一条。"</p>
            </LinkList>
        </section>
        {move || adding.get().then(|| view! {
            <BasisDrawer choices=choices.run(()) kind links on_close=close/>
        })}
    }
}

/// What cites a clause.
#[component]
pub fn LinksOfClause(
    clause: ClauseId,
    /// Whenever it changes, the links are asked for anew.
    again: RwSignal<u32>,
) -> impl IntoView {
    let links =
        Links::of(move || ListClauseLinks { clause: Some(clause), ..ListClauseLinks::default() });
    Effect::new(move |before: Option<()>| {
        again.track();
        if before.is_some() {
            links.reload();
        }
    });
    view! {
        <LinkList links>
            <p class="c-quiet">"还没有课程引用这一条，或者引用它的课程不归您看。"</p>
        </LinkList>
    }
}
