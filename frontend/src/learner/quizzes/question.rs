//! One question on the screen.

use leptos::prelude::*;
use shared::{
    quizzes::{AttemptItem, QuestionKind},
    time::clock_time,
};

use super::paper::{Mark, Paper};
use crate::ui::{Icon, Shape};

/// The letters before options.
const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

pub fn letter(index: usize) -> &'static str {
    LETTERS.get(index).copied().unwrap_or("·")
}

#[component]
pub fn Question(paper: Paper) -> impl IntoView {
    move || {
        let index = paper.at.get();
        let item = paper.items.with_value(|items| items[index].clone());
        let hint = if item.kind == QuestionKind::Multiple { "（可以选几个）" } else { "" };
        let role = if item.kind == QuestionKind::Multiple { "group" } else { "radiogroup" };
        view! {
            <section class="question">
                <p class="question-number">
                    {format!("第 {} 题，共 {} 题 · {}{hint}", index + 1, paper.count(), item.kind.label())}
                </p>
                <h2 class="question-stem" id="stem">{item.stem.clone()}</h2>
                <div class="options" role=role aria-labelledby="stem">
                    {options(paper, index, &item)}
                </div>
                <SavedMark paper index/>
            </section>
        }
    }
}

fn options(paper: Paper, index: usize, item: &AttemptItem) -> AnyView {
    let role = if item.kind == QuestionKind::Multiple { "checkbox" } else { "radio" };
    let option = |(number, option): (usize, &shared::quizzes::AttemptOption)| {
        let (handle, tapped) = (option.handle.clone(), option.handle.clone());
        let chosen = Memo::new(move |_| {
            paper.marks.with(|marks| marks[index].chosen.contains(&handle))
        });
        view! {
            <button type="button" class="option" role=role aria-checked=move || chosen.get().to_string()
                on:click=move |_| paper.choose(index, &tapped)>
                <span class="option-letter">{letter(number)}</span>
                <span class="option-text">{option.text.clone()}</span>
                <span class="option-tick"><Icon shape=Shape::Tick/></span>
            </button>
        }
    };
    item.options.iter().enumerate().map(option).collect_view().into_any()
}

/// 已保存 10:32, or 未保存.
#[component]
fn SavedMark(paper: Paper, index: usize) -> impl IntoView {
    let mark = Memo::new(move |_| paper.marks.with(|marks| marks[index].clone()));
    move || {
        let (class, text) = words(&mark.get(), paper.struggling.get());
        view! { <p class=class role="status">{text}</p> }
    }
}

fn words(mark: &Mark, struggling: bool) -> (&'static str, String) {
    match (mark.is_unsaved(), mark.saved_at) {
        (true, _) if struggling => ("saved saved-not", "未保存：网络不通，答案先存在手机里".into()),
        (true, _) => ("saved saved-not", "未保存：正在上传…".into()),
        (false, Some(at)) => ("saved saved-yes", format!("已保存 {}", clock_time(at))),
        (false, None) if mark.is_answered() => ("saved saved-yes", "已保存".into()),
        (false, None) => ("saved", "还没答这道题".into()),
    }
}
