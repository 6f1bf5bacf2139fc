//! What came of an attempt, and what to learn again.

use shared::{
    quizzes::{AttemptId, QuizResult, ReviewedItem, ReviewedOption, ShowResult, SubmitReason},
    time::moment,
};

use super::{super::Page, question::letter, unsent};
use crate::{
    clock,
    ui::{
        Keep, Load, Parent, Shape, Tone,
        html::{
            Html, article, details, h2, h3, li, many, none, p, section, span, strong, summary, ul,
        },
        icon, link_button, note, page_frame, tag,
    },
};

pub fn result_page(attempt: AttemptId) -> Html {
    let load = Load::of(Keep::ForOffline, move || ShowResult { attempt });
    let parent = Parent::new(Page::Me);
    let content = load.view(move |result| {
        parent.set(Page::Course(result.course));
        show(&result)
    });
    page_frame("成绩", parent, content)
}

fn show(result: &QuizResult) -> Html {
    let late = unsent::noted_late(result.attempt).map(|count| {
        let text = format!(
            "有 {count} 道题的答案是结束以后才传上来的，没有算分。是网络的原因，请告诉讲师。"
        );
        note("note note-wait", Shape::Cloud, p("note-text").text(text))
    });
    let release = result.release_note.as_ref().map(|note| p("note note-plain").text(note));
    many([score(result)])
        .maybe(late)
        .with(advice(result))
        .maybe(release)
        .with(review(&result.review))
}

fn score(result: &QuizResult) -> Html {
    let (class, shape, words) = if result.passed {
        ("score score-passed", Shape::Medal, "通过了")
    } else {
        ("score score-failed", Shape::Book, "这次没通过")
    };
    let how = match result.reason {
        SubmitReason::Learner => "",
        reason => reason.label(),
    };
    let QuizResult { score, pass_mark, correct, questions, title, .. } = result;
    let drawn_from = result.revision.map(|it| format!(" · 按第 {it} 版出题")).unwrap_or_default();
    section(class)
        .with(icon(shape))
        .with(h2("").text(words))
        .with(p("score-number").with(strong("").text(score.to_string())).text(" 分"))
        .with(p("").text(format!("{pass_mark} 分及格 · 答对 {correct}/{questions} 题")))
        .with(p("score-note").text(title).text(drawn_from))
        .with(p("score-note").text(moment(result.submitted_at, clock::now())).text(" ").text(how))
}

/// What to do now.
fn advice(result: &QuizResult) -> Html {
    let course = Page::Course(result.course);
    let again = link_button("button", course, "再学一遍");
    match (result.passed, result.attempts_left) {
        (true, _) => link_button("button", course, "回到课程"),
        (false, 0) => {
            let text = "次数用完了。请把课再学一遍，需要再考请联系讲师。";
            many([p("advice").text(text), again])
        }
        (false, left) => {
            let text = format!("先把没掌握的再学一遍，还可以考 {left} 次。");
            let retry = link_button("button button-plain", Page::Quiz(result.quiz), "再考一次");
            many([p("advice").text(text), again, retry])
        }
    }
}

fn review(items: &[ReviewedItem]) -> Html {
    if items.is_empty() {
        return none();
    }
    let (right, wrong) = items.iter().partition::<Vec<_>, _>(|item| item.right);
    let section = section("review");
    let section = if wrong.is_empty() {
        section
    } else {
        let title = h2("cells-title").text("这几题要再学学");
        section.with(title).all(wrong.into_iter().map(reviewed))
    };
    if right.is_empty() {
        return section;
    }
    let title = summary("").text(format!("答对的 {} 题，看解析", right.len()));
    section.with(details("known").with(title).all(right.into_iter().map(reviewed)))
}

fn reviewed(item: &ReviewedItem) -> Html {
    let state = if item.right { tag(Tone::Good, "答对了") } else { tag(Tone::Bad, "答错了") };
    let number = format!("第 {} 题 · {} ", item.position, item.kind.label());
    let explanation = Some(&item.explanation).filter(|text| !text.is_empty());
    let explanation =
        explanation.map(|text| p("explanation").with(strong("").text("解析：")).text(text));
    article("reviewed")
        .with(p("question-number").text(number).with(state))
        .with(h3("").text(&item.stem))
        .with(ul("reviewed-options").all(item.options.iter().enumerate().map(option)))
        .maybe(explanation)
}

fn option((index, option): (usize, &ReviewedOption)) -> Html {
    let (class, word) = match (option.correct, option.chosen) {
        (true, true) => ("was-right", "正确答案，您选了"),
        (true, false) => ("was-right", "正确答案"),
        (false, true) => ("was-wrong", "您选了"),
        (false, false) => ("", ""),
    };
    let text = span("").text(letter(index)).text(". ").text(&option.text);
    let row = li(class).with(text);
    if word.is_empty() { row } else { row.with(strong("").text(word)) }
}
