//! One question of a quiz.

use leptos::prelude::*;
use shared::quizzes::QuestionKind;

use super::{
    fields::{QuestionFields, QuizFields},
    option::{Options, Truth},
};
use crate::admin::{
    address::{choice_of, name_of},
    kit::{AreaField, ItemTools},
};

#[component]
pub fn QuestionForm(fields: QuizFields, key: u32, question: QuestionFields) -> impl IntoView {
    let QuizFields { questions, errors, .. } = fields;
    let path = move |field: &str| Some(format!("questions[{}]{field}", questions.sent_place(key)?));
    let error = move |field: &'static str| Signal::derive(move || errors.at(&path(field)?));
    let itself = move || errors.exactly(&path("")?);
    let truth = move || question.kind.get() == QuestionKind::TrueFalse;
    view! {
        <li class="c-item" id=format!("question-{key}")>
            <header class="c-item__head">
                <h3 class="c-item__name">{move || format!("第 {} 题", questions.place(key) + 1)}</h3>
                <KindSelect question/>
                <ItemTools items=questions key what="题" filled=Signal::derive(move || question.is_filled())/>
            </header>
            {move || itself().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
            <AreaField label="题干" value=question.stem error=error(".stem")/>
            {move || if truth() {
                view! { <Truth question error=error(".options")/> }.into_any()
            } else {
                view! { <Options question error=error(".options")/> }.into_any()
            }}
            <AreaField
                label="解析"
                hint="为什么对、错在哪；公布以后或者做完以后，答题的人会看到"
                value=question.explanation
                error=error(".explanation")
            />
        </li>
    }
}

#[component]
fn KindSelect(question: QuestionFields) -> impl IntoView {
    let kinds = QuestionKind::ALL.iter().map(|kind| view! {
        <option value=name_of(kind) prop:selected=move || question.kind.get() == *kind>{kind.label()}</option>
    });
    let choose = move |name: String| {
        if let Some(kind) = choice_of(&name) {
            question.turn_into(kind);
        }
    };
    view! {
        <select class="c-input c-input--small" aria-label="题型" on:change:target=move |event| choose(event.target().value())>
            {kinds.collect_view()}
        </select>
    }
}
