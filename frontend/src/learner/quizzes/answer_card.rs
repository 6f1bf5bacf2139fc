//! 答题卡: all questions at a glance.

use leptos::prelude::*;

use super::paper::Paper;
use crate::ui::{
    Overlay,
    html::{Html, button, div, many, p, small, span},
    sheet,
};

pub fn answer_card(paper: Paper, overlay: Overlay) -> Html {
    sheet(overlay, "答题卡".into(), move || {
        let words = move || {
            let (count, rest, unsaved) = (paper.count(), paper.unanswered(), paper.unsaved());
            format!("共 {count} 题，还有 {rest} 题没答，{unsaved} 题未保存")
        };
        let numbers = (0..paper.count()).map(|index| number(paper, overlay, index));
        many([p("card-words").live_text(words), div("card-grid").all(numbers)])
    })
}

fn number(paper: Paper, overlay: Overlay, index: usize) -> Html {
    let (class, word) = paper.marks.with_untracked(|marks| match &marks[index] {
        mark if mark.is_unsaved() => ("card-number card-unsaved", "未保存"),
        mark if mark.is_answered() => ("card-number card-answered", "已答"),
        _ => ("card-number", "没答"),
    });
    let number = (index + 1).to_string();
    button(class)
        .attr("type", "button")
        .attr("aria-label", format!("第 {number} 题，{word}"))
        .with(span("").text(&number))
        .with(small("").text(word))
        .press(move || {
            overlay.hide();
            paper.at.set(index);
        })
}
