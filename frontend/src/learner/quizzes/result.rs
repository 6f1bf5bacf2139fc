//! What came of an attempt, and what to learn again.

use leptos::prelude::*;
use shared::{
    quizzes::{AttemptId, QuizResult, ReviewedItem, ReviewedOption, ShowResult, SubmitReason},
    time::moment,
};

use super::{super::Page, question::letter};
use crate::{
    clock,
    ui::{Icon, Keep, Load, Loaded, PageFrame, Shape, Tag, Tone},
};

#[component]
pub fn ResultPage(attempt: AttemptId) -> impl IntoView {
    let load = Load::of(Keep::ForOffline, move || ShowResult { attempt });
    let parent = Signal::derive(move || {
        load.get().map_or(Page::Me, |result| Page::Course(result.course)).to_string()
    });
    view! {
        <PageFrame title="成绩" parent>
            <Loaded load children=show/>
        </PageFrame>
    }
}

fn show(result: QuizResult) -> AnyView {
    view! {
        {score(&result)}
        {advice(&result)}
        {result.release_note.clone().map(|note| view! { <p class="note note-plain">{note}</p> })}
        {review(&result.review)}
    }
    .into_any()
}

fn score(result: &QuizResult) -> AnyView {
    let (class, shape, words) = if result.passed {
        ("score score-passed", Shape::Medal, "通过了")
    } else {
        ("score score-failed", Shape::Book, "这次没通过")
    };
    let how = match result.reason {
        SubmitReason::Learner => "",
        reason => reason.label(),
    };
    view! {
        <section class=class>
            <Icon shape/>
            <h2>{words}</h2>
            <p class="score-number"><strong>{result.score}</strong>" 分"</p>
            <p>{format!("{} 分及格 · 答对 {}/{} 题", result.pass_mark, result.correct, result.questions)}</p>
            <p class="score-note">{format!("{} · {} {how}", result.title, moment(result.submitted_at, clock::now()))}</p>
        </section>
    }
    .into_any()
}

/// What to do now.
fn advice(result: &QuizResult) -> AnyView {
    let course = Page::Course(result.course).to_string();
    let quiz = Page::Quiz(result.quiz).to_string();
    match (result.passed, result.attempts_left) {
        (true, _) => view! { <a class="button" href=course>"回到课程"</a> }.into_any(),
        (false, 0) => view! {
            <p class="advice">"次数用完了。请把课再学一遍，需要再考请联系讲师。"</p>
            <a class="button" href=course>"再学一遍"</a>
        }
        .into_any(),
        (false, left) => view! {
            <p class="advice">{format!("先把没掌握的再学一遍，还可以考 {left} 次。")}</p>
            <a class="button" href=course>"再学一遍"</a>
            <a class="button button-plain" href=quiz>"再考一次"</a>
        }
        .into_any(),
    }
}

fn review(items: &[ReviewedItem]) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let wrong = items.iter().filter(|item| !item.right).collect::<Vec<_>>();
    let right = items.iter().filter(|item| item.right).collect::<Vec<_>>();
    let to_learn = (!wrong.is_empty()).then(|| {
        let items = wrong.into_iter().map(reviewed).collect_view();
        view! { <h2 class="cells-title">"这几题要再学学"</h2> {items} }
    });
    let known = (!right.is_empty()).then(|| {
        let count = right.len();
        let items = right.into_iter().map(reviewed).collect_view();
        view! {
            <details class="known">
                <summary>{format!("答对的 {count} 题，看解析")}</summary>
                {items}
            </details>
        }
    });
    Some(view! { <section class="review">{to_learn}{known}</section> }.into_any())
}

fn reviewed(item: &ReviewedItem) -> AnyView {
    let (tone, word) = if item.right { (Tone::Good, "答对了") } else { (Tone::Bad, "答错了") };
    let options = item.options.iter().enumerate().map(option).collect_view();
    view! {
        <article class="reviewed">
            <p class="question-number">
                {format!("第 {} 题 · {} ", item.position, item.kind.label())}
                <Tag tone text=word/>
            </p>
            <h3>{item.stem.clone()}</h3>
            <ul class="reviewed-options">{options}</ul>
            {(!item.explanation.is_empty()).then(|| view! {
                <p class="explanation"><strong>"解析："</strong>{item.explanation.clone()}</p>
            })}
        </article>
    }
    .into_any()
}

fn option((index, option): (usize, &ReviewedOption)) -> AnyView {
    let (class, word) = match (option.correct, option.chosen) {
        (true, true) => ("was-right", "正确答案，您选了"),
        (true, false) => ("was-right", "正确答案"),
        (false, true) => ("was-wrong", "您选了"),
        (false, false) => ("", ""),
    };
    view! {
        <li class=class>
            <span>{letter(index)}". "{option.text.clone()}</span>
            {(!word.is_empty()).then(|| view! { <strong>{word}</strong> })}
        </li>
    }
    .into_any()
}
