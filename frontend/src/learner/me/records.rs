//! 成绩和记录.

use leptos::prelude::*;
use shared::{
    learning::{Achievements, AttendedSession, FinishedCourse, QuizRecord, ShowAchievements},
    time::{clock_time, day, local_date, moment},
};

use super::Page;
use crate::{
    clock,
    ui::{Cell, Cells, Empty, Keep, Load, Loaded, PageFrame, Shape, Tag, Tone},
};

#[component]
pub fn RecordsPage() -> impl IntoView {
    let load = Load::of(Keep::ShowAtOnce, || ShowAchievements {});
    view! {
        <PageFrame title="成绩和记录" parent=Page::Me.to_string()>
            <Loaded load children=show/>
        </PageFrame>
    }
}

fn show(achievements: Achievements) -> AnyView {
    let Achievements { courses, results, sessions } = achievements;
    if courses.is_empty() && results.is_empty() && sessions.is_empty() {
        return view! {
            <Empty shape=Shape::Medal title="还没有记录" text="学完一门课、考过一次、参加一场实训，都会记在这里。"/>
        }
        .into_any();
    }
    view! {
        {group("学完的课程", courses.iter().map(course).collect())}
        {group("测验成绩", results.iter().map(result).collect())}
        {group("参加的实训", sessions.iter().map(session).collect())}
    }
    .into_any()
}

fn group(title: &'static str, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        let title = format!("{title}（{}）", rows.len());
        view! { <Cells title>{rows}</Cells> }.into_any()
    })
}

fn course(course: &FinishedCourse) -> AnyView {
    let note = format!("{} 学完", moment(course.finished_at, clock::now()));
    view! { <Cell to=Page::Course(course.course) title=course.title.clone() note shape=Shape::Book/> }.into_any()
}

fn result(record: &QuizRecord) -> AnyView {
    let (tone, word) = if record.passed { (Tone::Good, "通过") } else { (Tone::Wait, "没通过") };
    let value = view! { <Tag tone text=format!("{} 分 {word}", record.score)/> }.into_any();
    let note = moment(record.submitted_at, clock::now());
    let title = record.title.clone();
    view! { <Cell to=Page::Result(record.attempt) title note value shape=Shape::Quiz/> }.into_any()
}

fn session(session: &AttendedSession) -> AnyView {
    let date = day(session.on, local_date(clock::now()));
    let note = format!("{date} {} 签到 · {}", clock_time(session.checked_in_at), session.place);
    let title = session.title.clone();
    view! { <Cell to=Page::Session(session.session) title note shape=Shape::Place/> }.into_any()
}
