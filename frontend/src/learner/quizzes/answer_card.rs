//! 答题卡: all questions at a glance.

use leptos::prelude::*;

use super::paper::Paper;
use crate::ui::{Overlay, Sheet};

#[component]
pub fn AnswerCard(paper: Paper, overlay: Overlay) -> impl IntoView {
    let title = "答题卡";
    view! {
        <Sheet overlay title>
            <p class="card-words">
                {move || format!("共 {} 题，还有 {} 题没答，{} 题未保存", paper.count(), paper.unanswered(), paper.unsaved())}
            </p>
            <div class="card-grid">
                {(0..paper.count()).map(|index| number(paper, overlay, index)).collect_view()}
            </div>
        </Sheet>
    }
}

fn number(paper: Paper, overlay: Overlay, index: usize) -> AnyView {
    let (class, word) = paper.marks.with_untracked(|marks| match &marks[index] {
        mark if mark.is_unsaved() => ("card-number card-unsaved", "未保存"),
        mark if mark.is_answered() => ("card-number card-answered", "已答"),
        _ => ("card-number", "没答"),
    });
    let open = move |_| {
        overlay.hide();
        paper.at.set(index);
    };
    view! {
        <button type="button" class=class on:click=open aria-label=format!("第 {} 题，{word}", index + 1)>
            <span>{index + 1}</span>
            <small>{word}</small>
        </button>
    }
    .into_any()
}
