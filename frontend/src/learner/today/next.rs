//! The one thing to do now.

use chrono::{DateTime, TimeDelta, Utc};
use shared::{
    courses::{CourseCard, CourseId},
    learning::{Resume, RunningAttempt, Today},
    time::{clock_time, learn_by, local_date},
    training::{SessionState, TrainingSessionCard},
};

use super::super::{
    Page,
    courses::course_progress,
    training::{check_in_is_open, session_note},
};
use crate::{
    clock,
    ui::{
        html::{Html, h2, p, section},
        link_button, progress,
    },
};

/// What is most pressing, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    Attempt(RunningAttempt),
    /// Begins within two hours, or takes check-ins.
    Session(TrainingSessionCard),
    Assigned(CourseCard),
    Resume(Resume),
    /// The next course of the post.
    Path(CourseCard),
    Nothing,
}

impl Next {
    pub fn of(today: &Today, now: DateTime<Utc>) -> Self {
        if let Some(attempt) = &today.running_attempt
            && attempt.deadline_at > now
        {
            return Self::Attempt(attempt.clone());
        }
        if let Some(session) = &today.session
            && is_pressing(session, now)
        {
            return Self::Session(session.clone());
        }
        if let Some(course) = today.assigned.first() {
            return Self::Assigned(course.clone());
        }
        if let Some(resume) = today.resume.clone() {
            return Self::Resume(resume);
        }
        today.path.clone().map_or(Self::Nothing, Self::Path)
    }

    pub fn is_course(&self, course: CourseId) -> bool {
        matches!(self, Self::Assigned(card) if card.id == course)
    }
}

fn is_pressing(session: &TrainingSessionCard, now: DateTime<Utc>) -> bool {
    let soon = session.starts_at - now < TimeDelta::hours(2) && now < session.ends_at;
    let on = !matches!(session.state, SessionState::Ended | SessionState::Cancelled);
    on && session.enrolled && session.checked_in_at.is_none() && soon
        || check_in_is_open(session, now)
}

pub fn next_card(next: &Next) -> Html {
    match next {
        Next::Attempt(attempt) => card(
            "测验正在进行",
            &attempt.title,
            &format!("{} 结束，时间不停", clock_time(attempt.deadline_at)),
            None,
            (Page::Attempt(attempt.attempt), "继续答题"),
        ),
        Next::Session(session) => session_card(session),
        Next::Assigned(course) => course_card("今日必学", course),
        Next::Path(course) => course_card("我的岗位：下一门", course),
        Next::Resume(resume) => card(
            "接着上次学",
            &resume.lesson_title,
            &resume.course_title,
            Some(progress(resume.percent, &format!("已看 {}%", resume.percent))),
            (Page::Lesson(resume.lesson), "继续学习"),
        ),
        Next::Nothing => card(
            "今天",
            "必学的都学完了",
            "可以看看别的课程，或者复习学过的。",
            None,
            (Page::Courses, "看看课程"),
        ),
    }
}

fn session_card(session: &TrainingSessionCard) -> Html {
    let (label, action) = if check_in_is_open(session, clock::now()) {
        ("现在可以签到", (Page::CheckIn, "去签到"))
    } else {
        ("马上有实训", (Page::Session(session.id), "看时间地点"))
    };
    card(label, &session.title, &session_note(session), None, action)
}

fn course_card(label: &str, course: &CourseCard) -> Html {
    let due = course.due_on.map(|due| learn_by(due, local_date(clock::now())));
    let note = due.unwrap_or_default();
    let verb = match (course.progress.finished, course.progress.lessons) {
        (0, _) => "开始学习",
        (finished, lessons) if finished >= lessons => "去测验",
        _ => "继续学习",
    };
    let bar = course_progress(&course.progress);
    card(label, &course.title, &note, Some(bar), (Page::Course(course.id), verb))
}

fn card(
    label: &str,
    title: &str,
    note: &str,
    bar: Option<Html>,
    (page, verb): (Page, &str),
) -> Html {
    let head = section("next").with(p("next-label").text(label)).with(h2("next-title").text(title));
    let head = if note.is_empty() { head } else { head.with(p("next-note").text(note)) };
    head.maybe(bar).with(link_button("button", page, verb))
}
