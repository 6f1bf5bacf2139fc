//! One question on the screen.

use leptos::prelude::*;
use shared::{
    quizzes::{AttemptOption, QuestionKind},
    time::clock_time,
};

use super::{mark::Mark, paper::Paper};
use crate::ui::{
    Shape,
    html::{Html, button, div, h2, live, p, section, span},
    icon,
};

/// The letters before options.
const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

pub fn letter(index: usize) -> &'static str {
    LETTERS.get(index).copied().unwrap_or("·")
}

pub fn question(paper: Paper) -> Html {
    live(move || {
        let index = paper.at.get();
        let item = paper.items.with_value(|items| items[index].clone());
        let several = item.kind == QuestionKind::Multiple;
        let hint = if several { "（可以选几个）" } else { "" };
        let number =
            format!("第 {} 题，共 {} 题 · {}{hint}", index + 1, paper.count(), item.kind.label());
        let options = div("options")
            .attr("role", if several { "group" } else { "radiogroup" })
            .attr("aria-labelledby", "stem")
            .all(
                item.options
                    .iter()
                    .enumerate()
                    .map(|(place, shown)| option(paper, index, place, shown, several)),
            );
        section("question")
            .with(p("question-number").text(number))
            .with(h2("question-stem").attr("id", "stem").text(&item.stem))
            .with(options)
            .with(saved_mark(paper, index))
    })
}

fn option(paper: Paper, index: usize, place: usize, shown: &AttemptOption, several: bool) -> Html {
    let (handle, tapped) = (shown.handle.clone(), shown.handle.clone());
    button("option")
        .attr("type", "button")
        .attr("role", if several { "checkbox" } else { "radio" })
        .live_state("aria-checked", move || {
            paper.marks.with(|marks| marks[index].chosen.contains(&handle))
        })
        .press(move || paper.choose(index, &tapped))
        .with(span("option-letter").text(letter(place)))
        .with(span("option-text").text(&shown.text))
        .with(span("option-tick").with(icon(Shape::Tick)))
}

/// 已保存 10:32, or 未保存.
fn saved_mark(paper: Paper, index: usize) -> Html {
    let told = move || paper.marks.with(|marks| words(&marks[index], paper.struggling.get()));
    p("")
        .attr("role", "status")
        .live_attr("class", move || Some(told().0.into()))
        .live_text(move || told().1)
}

fn words(mark: &Mark, struggling: bool) -> (&'static str, String) {
    match (mark.is_unsaved(), mark.saved_at) {
        (true, _) if struggling => ("saved saved-not", "未保存：没传上去，一有网就再传".into()),
        (true, _) => ("saved saved-not", "未保存：正在上传…".into()),
        (false, Some(at)) => ("saved saved-yes", format!("已保存 {}", clock_time(at))),
        (false, None) if mark.is_answered() => ("saved saved-yes", "已保存".into()),
        (false, None) => ("saved", "还没答这道题".into()),
    }
}
