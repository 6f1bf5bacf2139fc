//! One question, as it stands in an attempt: without its key.

use leptos::prelude::*;
use shared::{
    authoring::{OptionDraft, QuizDraft},
    quizzes::QuestionKind,
};

use super::Screen;
use crate::ui::{
    Shape, button,
    html::{self, Html, div, h2, many, p, section, span},
    icon,
};

/// The letters before options.
const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

pub fn question(quiz: &QuizDraft, index: usize, at: RwSignal<Screen>) -> Html {
    let Some(question) = quiz.questions.get(index) else { return html::none() };
    let several = question.kind == QuestionKind::Multiple;
    let hint = if several { "（可以选几个）" } else { "" };
    let count = quiz.questions.len();
    let number = format!("第 {} 题，共 {count} 题 · {}{hint}", index + 1, question.kind.label());
    let chosen = RwSignal::new(vec![false; question.options.len()]);
    let options = question.options.iter().enumerate();
    let options = options.map(|(place, shown)| option(shown, place, several, chosen));
    let shown = section("question")
        .with(p("question-number").text(number))
        .with(h2("question-stem").text(&question.stem))
        .with(div("options").all(options));
    many([shown, div("action-room"), steps(index, count, at)])
}

/// It can be chosen, to see what that looks like; nothing is kept.
fn option(shown: &OptionDraft, place: usize, several: bool, chosen: RwSignal<Vec<bool>>) -> Html {
    let choose = move || {
        chosen.update(|chosen| {
            for (other, on) in chosen.iter_mut().enumerate() {
                *on = if other == place { !(several && *on) } else { several && *on };
            }
        });
    };
    html::button("option")
        .attr("type", "button")
        .live_state("aria-checked", move || chosen.with(|it| it[place]))
        .attr("role", if several { "checkbox" } else { "radio" })
        .press(choose)
        .with(span("option-letter").text(LETTERS.get(place).unwrap_or(&"·")))
        .with(span("option-text").text(&shown.text))
        .with(span("option-tick").with(icon(Shape::Tick)))
}

fn steps(index: usize, count: usize, at: RwSignal<Screen>) -> Html {
    let back =
        button("button button-plain", "上一题", move || at.set(Screen::Question(index - 1)));
    let last = index + 1 == count;
    let (words, to) =
        if last { ("看完了", Screen::Quiz) } else { ("下一题", Screen::Question(index + 1)) };
    let forward = button("button", words, move || at.set(to));
    div("action-bar pair").with(back.disabled(move || index == 0)).with(forward)
}
