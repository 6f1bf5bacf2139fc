//! The questions at a glance.

use leptos::prelude::*;
use shared::quizzes::QuestionKind;

use super::fields::{QuestionFields, QuizFields};
use crate::admin::kit::Item;

/// Leads to each question; says how many there are of each kind.
#[component]
pub fn QuestionIndex(fields: QuizFields) -> impl IntoView {
    let questions = fields.questions;
    let summary = move || {
        let all = questions.values();
        let count = |kind| all.iter().filter(|question| question.kind.get() == kind).count();
        let kinds =
            QuestionKind::ALL.iter().map(|kind| format!("{} {}", kind.label(), count(*kind)));
        format!("共 {} 题：{}", all.len(), kinds.collect::<Vec<_>>().join("，"))
    };
    view! {
        <nav class="c-card c-index" aria-label="题目一览">
            <h2 class="c-card__title">"题目一览"</h2>
            <p class="c-quiet">{summary}</p>
            <ol class="c-index__list">
                <For each=move || questions.get() key=|item| item.key let:item>
                    <Line fields item/>
                </For>
            </ol>
        </nav>
    }
}

#[component]
fn Line(fields: QuizFields, item: Item<QuestionFields>) -> impl IntoView {
    let Item { key, value: question } = item;
    let stem = move || {
        let stem = question.stem.get();
        if stem.trim().is_empty() { "（还没写题干）".to_owned() } else { stem }
    };
    let wrong = move || {
        let place = fields.questions.sent_place(key)?;
        fields.errors.at(&format!("questions[{place}]"))
    };
    let go = move |_| {
        if let Some(card) = document().get_element_by_id(&format!("question-{key}")) {
            card.scroll_into_view();
        }
    };
    view! {
        <li>
            <button type="button" class="c-index__line" on:click=go>
                <span class="c-index__number">{move || fields.questions.place(key) + 1}</span>
                <span class="c-index__stem">{stem}</span>
                {move || wrong().map(|_| view! { <span class="c-word c-word--bad">"要改"</span> })}
            </button>
        </li>
    }
}
