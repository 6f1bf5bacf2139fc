//! The editor of a course's quiz, and of the questions at the end of a lesson.

mod checks;
mod document;
mod fields;
mod importing;
mod index;
mod option;
mod question;
mod removing;
mod settings;

use leptos::prelude::*;
use shared::{
    authoring::{QuizDraft, ShowQuizDraft},
    courses::CourseId,
    quizzes::QuestionKind,
};

pub use self::checks::ChecksPage;
use self::{
    document::{QuizDocument, versioned},
    fields::{QuestionFields, QuizFields},
    importing::ImportQuestions,
    index::QuestionIndex,
    question::QuestionForm,
    removing::RemoveQuiz,
    settings::SettingsForm,
};
use super::{
    address::WithId,
    courses::{CourseDesk, CourseFrame, Tab},
    kit::{Draft, Load, Opened, SaveBar, SaveNotes},
    standards::BasisOfQuestions,
};

#[component]
pub fn QuizPage() -> impl IntoView {
    view! {
        <WithId name="course" children=Callback::new(|id: CourseId| view! {
            <CourseFrame id tab=Tab::Quiz children=move |desk| {
                let load = Load::of(move || ShowQuizDraft { course: id });
                view! {
                    <Opened load children=move |quiz: QuizDraft| view! { <Editor desk quiz/> }.into_any()/>
                }
                .into_any()
            }/>
        }.into_any())/>
    }
}

#[component]
fn Editor(desk: CourseDesk, quiz: QuizDraft) -> impl IntoView {
    let course = quiz.course;
    let document = QuizDocument { desk, course, fields: QuizFields::new() };
    let draft = Draft::open(document, versioned(quiz));
    desk.carries(draft.delivery());
    let fields = document.fields;
    let removed = Callback::new(move |()| {
        draft.take_newest();
        desk.renew();
    });
    view! {
        <div class="c-bar c-bar--sticky">
            <p class="c-quiet">"改题目不影响已经交了的卷子：每份卷子都留着答题时的原题。"</p>
            <SaveBar draft/>
        </div>
        <SaveNotes draft/>
        <div class="c-columns">
            <div class="c-columns__main">
                <section class="c-card" aria-label="题目">
                    <header class="c-card__head">
                        <h2 class="c-card__title">"题目"</h2>
                        <ImportQuestions draft=StoredValue::new(draft)/>
                    </header>
                    <Questions
                        fields
                        nothing_yet="还没有题目。每门课 10 题左右就够：考会不会做，不考背没背。每题写一句解析，答错的人看了能明白。"
                    />
                </section>
                <BasisOfQuestions course/>
            </div>
            <div class="c-columns__side">
                <section class="c-card" aria-label="测验设置">
                    <header class="c-card__head"><h2 class="c-card__title">"测验设置"</h2></header>
                    <SettingsForm fields/>
                    <RemoveQuiz course value=draft.current removed/>
                </section>
                <QuestionIndex fields/>
            </div>
        </div>
    }
}

#[component]
fn Questions(
    fields: QuizFields,
    /// What to say where there is no question.
    nothing_yet: &'static str,
) -> impl IntoView {
    let questions = fields.questions;
    let empty =
        move || questions.is_empty().then(|| view! { <p class="c-quiet">{nothing_yet}</p> });
    let itself = move || fields.errors.exactly("questions");
    let add = QuestionKind::ALL.iter().map(|kind| view! {
        <button type="button" class="c-button" on:click=move |_| questions.add(|| QuestionFields::empty(*kind))>
            "＋ "{kind.label()}
        </button>
    });
    view! {
        {empty}
        {move || itself().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
        <ol class="c-items">
            <For each=move || questions.get() key=|item| item.key let:item>
                <QuestionForm fields key=item.key question=item.value/>
            </For>
        </ol>
        <div class="c-kinds" role="group" aria-label="加一题">
            <span class="c-kinds__label">"加一题"</span>
            {add.collect_view()}
        </div>
    }
}
