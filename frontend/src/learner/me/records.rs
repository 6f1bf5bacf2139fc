//! 成绩和记录.

use shared::{
    learning::{Achievements, AttendedSession, FinishedCourse, QuizRecord, ShowAchievements},
    time::{clock_time, day, local_date, moment},
};

use super::Page;
use crate::{
    clock,
    ui::{
        Cell, Keep, Load, Parent, Shape, Tone, cells, empty,
        html::{Html, many, none},
        page_frame, tag,
    },
};

pub fn records_page() -> Html {
    let load = Load::of(Keep::ShowAtOnce, || ShowAchievements {});
    let content = load.view(|achievements| show(&achievements));
    page_frame("成绩和记录", Parent::new(Page::Me), content)
}

fn show(achievements: &Achievements) -> Html {
    let Achievements { courses, results, sessions } = achievements;
    if courses.is_empty() && results.is_empty() && sessions.is_empty() {
        let text = "学完一门课、考过一次、参加一场实训，都会记在这里。";
        return empty(Shape::Medal, "还没有记录", text);
    }
    many([
        group("学完的课程", courses.len(), courses.iter().map(course)),
        group("测验成绩", results.len(), results.iter().map(result)),
        group("参加的实训", sessions.len(), sessions.iter().map(session)),
    ])
}

fn group(title: &str, count: usize, rows: impl Iterator<Item = Html>) -> Html {
    if count == 0 { none() } else { cells(&format!("{title}（{count}）"), rows) }
}

fn course(course: &FinishedCourse) -> Html {
    Cell::new(Shape::Book, Page::Course(course.course), &course.title)
        .note(format!("{} 学完", moment(course.finished_at, clock::now())))
        .html()
}

fn result(record: &QuizRecord) -> Html {
    let (tone, word) =
        if record.passed { (Tone::Good, "通过") } else { (Tone::Wait, "没通过") };
    Cell::new(Shape::Quiz, Page::Result(record.attempt), &record.title)
        .note(moment(record.submitted_at, clock::now()))
        .value(tag(tone, &format!("{} 分 {word}", record.score)))
        .html()
}

fn session(session: &AttendedSession) -> Html {
    let date = day(session.on, local_date(clock::now()));
    let note = format!("{date} {} 签到 · {}", clock_time(session.checked_in_at), session.place);
    Cell::new(Shape::Place, Page::Session(session.session), &session.title).note(note).html()
}
