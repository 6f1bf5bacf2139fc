//! 课程: the list, one course, one lesson.

mod course;
mod filter;
mod lesson;
mod list;

use chrono::NaiveDate;
use shared::{
    courses::CourseProgress,
    time::{day, local_date},
};

pub use self::{
    course::{course_page, course_view},
    filter::Filter,
    lesson::lesson_page,
    list::courses_page,
};
use crate::{
    clock,
    ui::{Tone, html::Html, progress, tag},
};

/// How far the learner is, as a bar and in words.
pub fn course_progress(done: &CourseProgress) -> Html {
    progress(done.finished * 100 / done.lessons.max(1), &progress_words(done))
}

/// `已学 3/8 课 · 还差 40 分钟`
fn progress_words(progress: &CourseProgress) -> String {
    let CourseProgress { lessons, finished, minutes_left, quiz_passed, .. } = *progress;
    if progress.complete() {
        return format!("{lessons} 课都学完了");
    }
    let rest = match (finished >= lessons, quiz_passed) {
        (true, Some(false)) => "还差测验".to_owned(),
        _ if minutes_left >= 90 => {
            format!("还差 {}.{} 小时", minutes_left / 60, minutes_left % 60 / 6)
        }
        _ => format!("还差 {minutes_left} 分钟"),
    };
    format!("已学 {finished}/{lessons} 课 · {rest}")
}

/// Until when something assigned is to be done, and how pressing that is.
pub fn due_words(due_on: Option<NaiveDate>) -> Option<(Tone, String)> {
    let due = due_on?;
    let today = local_date(clock::now());
    let tone = match (due - today).num_days() {
        ..0 => return Some((Tone::Bad, "已过期".into())),
        0..=7 => Tone::Wait,
        _ => Tone::Plain,
    };
    Some((tone, format!("{}截止", day(due, today))))
}

pub fn due_tag(due_on: Option<NaiveDate>) -> Option<Html> {
    let (tone, text) = due_words(due_on)?;
    Some(tag(tone, &text))
}
