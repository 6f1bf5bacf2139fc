//! Before a quiz: its rules, as sentences.

use chrono::{DateTime, TimeDelta, Utc};
use shared::{
    quizzes::{PastAttempt, Quiz, QuizId, ShowQuiz, StartAttempt},
    time::{clock_time, moment},
};

use super::super::Page;
use crate::{
    clock, storage,
    ui::{
        Act, Cell, Keep, Load, Navigation, Parent, Shape, Tone, action_bar, action_words,
        busy_button, cells,
        html::{Html, h2, h3, li, many, none, p, section, ul},
        link_button, name_page, page_frame, tag,
    },
};

pub fn quiz_page(quiz: QuizId) -> Html {
    let load = Load::of(Keep::No, move || ShowQuiz { quiz });
    let parent = Parent::new(Page::Courses);
    let content = load.view(move |quiz| {
        parent.set(Page::Course(quiz.course));
        show(&quiz)
    });
    page_frame("测验", parent, content)
}

fn show(quiz: &Quiz) -> Html {
    clock::learn(quiz.now);
    name_page(&quiz.title);
    let rules = rules(quiz).into_iter().map(|rule| li("").text(rule));
    let rules = section("rules").with(h3("").text("答题前请看")).with(ul("").all(rules));
    many([
        h2("lesson-title").text(&quiz.title),
        p("lesson-note").text(&quiz.course_title),
        rules,
        past(&quiz.past),
        begin(quiz),
    ])
}

/// What to know before beginning.
pub fn rules(quiz: &Quiz) -> Vec<String> {
    let now = clock::now();
    let end = now + TimeDelta::minutes(quiz.minutes.into());
    let end = quiz.closes_at.map_or(end, |closes| closes.min(end));
    let left = quiz.attempts.saturating_sub(quiz.attempts_used);
    let mut rules = vec![
        format!("一共 {} 道题，{} 分及格（满分 100 分）。", quiz.questions, quiz.pass_mark),
        format!("时间 {} 分钟。现在开始，{} 结束。", quiz.minutes, clock_time(end)),
        "可以退出再进，时间不停。".into(),
        "每选一次就自动保存。没有网络也能接着答，答案先存在手机里，结束前连上网传上来才算分。"
            .into(),
        "到时间会自动交卷，已经保存的答案都算分。".into(),
        format!("每人可以考 {} 次，您还有 {left} 次。", quiz.attempts),
        format!("答案解析：{}。", quiz.release.label()),
    ];
    if let Some(opens) = not_yet(quiz) {
        rules[1] = format!("{} 开放，时间 {} 分钟。", moment(opens, now), quiz.minutes);
    }
    if let Some(closes) = quiz.closes_at {
        rules.push(format!("这场测验 {} 截止，过了就不能再考。", moment(closes, now)));
    }
    rules
}

/// When the quiz opens, if it has not.
fn not_yet(quiz: &Quiz) -> Option<DateTime<Utc>> {
    quiz.opens_at.filter(|opens| *opens > clock::now())
}

fn past(past: &[PastAttempt]) -> Html {
    if past.is_empty() {
        return none();
    }
    let rows = past.iter().map(|attempt| {
        let state =
            if attempt.passed { tag(Tone::Good, "及格") } else { tag(Tone::Wait, "没及格") };
        Cell::new(Shape::Medal, Page::Result(attempt.attempt), &format!("{} 分", attempt.score))
            .note(moment(attempt.submitted_at, clock::now()))
            .value(state)
            .html()
    });
    cells("以前的成绩", rows)
}

/// What can be done with the quiz now.
fn begin(quiz: &Quiz) -> Html {
    let (navigation, act, id) = (Navigation::expect(), Act::new(), quiz.id);
    let begin = move || {
        let request = StartAttempt { quiz: id, device: Some(storage::device()) };
        act.call(&request, move |attempt| {
            clock::learn(attempt.now);
            navigation.go(&Page::Attempt(attempt.id).to_string());
        });
    };
    let closed = quiz.closes_at.is_some_and(|closes| closes <= clock::now());
    let action = if let Some(running) = quiz.running {
        link_button("button", Page::Attempt(running), "继续答题")
    } else if let Some(opens) = not_yet(quiz) {
        action_words(&format!("{} 才开放", moment(opens, clock::now())))
    } else if closed {
        action_words("测验已经截止")
    } else if quiz.attempts_used >= quiz.attempts {
        action_words("次数用完了。需要再考，请联系讲师。")
    } else {
        let text = if quiz.past.is_empty() { "开始答题" } else { "再考一次" };
        busy_button("button", text, "正在出卷…", act.busy, begin)
    };
    many([act.note(), action_bar(action)])
}
