//! 依据: the clauses that a lesson or the questions of a quiz rest on, where they are written.

use leptos::prelude::*;
use shared::{
    courses::{CourseId, LessonId},
    standards::{
        ClauseId,
        console::{LinkKind, LinkTarget, ListClauseLinks},
    },
};

use super::{
    link_table::LinkTable,
    linking::BasisDrawer,
    places::{self, Choices},
};
use crate::admin::kit::{Load, Shown};

/// Of a lesson, with its step cards or the parts of its video.
#[component]
pub fn BasisOfLesson(
    lesson: LessonId,
    /// Whether the caller may change the course.
    editable: Signal<bool>,
) -> impl IntoView {
    let asked = move || ListClauseLinks { lesson: Some(lesson), ..ListClauseLinks::default() };
    let choices = Callback::new(move |()| places::of_lesson(lesson));
    view! { <Basis asked choices kind=LinkKind::Taught questions=false editable/> }
}

/// Of the questions of a course's quiz.
#[component]
pub fn BasisOfQuestions(course: CourseId) -> impl IntoView {
    // Nobody else sees the questions.
    let editable = Signal::stored(true);
    let asked = move || ListClauseLinks { course: Some(course), ..ListClauseLinks::default() };
    let choices = Callback::new(move |()| places::of_quiz(course));
    view! { <Basis asked choices kind=LinkKind::Examined questions=true editable/> }
}

#[component]
fn Basis(
    asked: impl Fn() -> ListClauseLinks + 'static,
    choices: Callback<(), Choices>,
    kind: LinkKind,
    /// Whether only links of questions are shown.
    questions: bool,
    editable: Signal<bool>,
) -> impl IntoView {
    let load = Load::of(asked);
    let adding = RwSignal::new(false);
    let close = Callback::new(move |()| adding.set(false));
    let done = Callback::new(move |()| {
        adding.set(false);
        load.reload();
    });
    view! {
        <section class="c-card" aria-label="依据">
            <header class="c-card__head">
                <h2 class="c-card__title">"依据"</h2>
                <Show when=move || editable.get()>
                    <button type="button" class="c-button c-button--small" on:click=move |_| adding.set(true)>"加依据"</button>
                </Show>
            </header>
            <Shown load children=move |links| {
                let is_question = |it: &LinkTarget| matches!(it, LinkTarget::Question { .. });
                let shown: Vec<_> =
                    links.into_iter().filter(|it| !questions || is_question(&it.target)).collect();
                if shown.is_empty() {
                    return view! {
                        <p class="c-quiet">"还没有写明依据哪条标准。点“加依据”，按条款号或条款里的词找到那一条。"</p>
                    }
                    .into_any();
                }
                view! { <LinkTable links=shown load of_one_course=true/> }.into_any()
            }/>
        </section>
        {move || adding.get().then(|| view! {
            <BasisDrawer choices=choices.run(()) kind on_close=close on_done=done/>
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
    let load = Load::of(move || {
        again.track();
        ListClauseLinks { clause: Some(clause), ..ListClauseLinks::default() }
    });
    view! {
        <Shown load children=move |links| {
            if links.is_empty() {
                return view! { <p class="c-quiet">"还没有课程引用这一条，或者引用它的课程不归您看。"</p> }.into_any();
            }
            view! { <LinkTable links load/> }.into_any()
        }/>
    }
}
