//! Reminds people of courses that are due soon, or were due the day before, and are not done.

use std::{cmp::Ordering, time::Duration};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use shared::{accounts::PersonId, courses::CourseId, notifications::NotificationKind, time};

use super::{
    audience::end_of,
    inbox::{self, Message},
    push::{Push, Sending},
};
use crate::{App, Result, courses, db::Connection, learning};

/// Days before the date on which people are reminded, and of them the one after it.
const BEFORE: [i64; 4] = [3, 1, 0, -1];

/// From its time of day on. Safe to repeat every few seconds, by several
/// workers at once: each person is told once.
pub async fn remind_of_due(app: &App) -> Result<()> {
    let now = app.clock.now(app.db.read()).await?;
    let Some(day) = app.config.due_reminders_at.due_all_day(now) else { return Ok(()) };
    // Once an hour is often enough to look.
    let key = format!("due-reminders:{day}:{}", time::clock_time(now).get(..2).unwrap_or_default());
    if app.cache.count(&key, Duration::from_hours(2)).await > 1 {
        return Ok(());
    }
    remind_at(app, now).await
}

/// The same, at a time that is known.
pub async fn remind_at(app: &App, now: DateTime<Utc>) -> Result<()> {
    let day = time::local_date(now);
    let mut messages = Vec::new();
    for due_on in BEFORE.map(|days| day + TimeDelta::days(days)) {
        for (course, title) in courses::due_on(app.db.read(), due_on).await? {
            let people = waiting(app.db.read(), course, due_on).await?;
            let message = |person| reminder((course, &title), person, due_on, day);
            messages.extend(people.into_iter().map(message));
        }
    }
    inbox::tell_untold(app, messages, now).await
}

/// Who has to finish the course on this day, not earlier, and has not.
async fn waiting(db: &Connection, course: CourseId, due_on: NaiveDate) -> Result<Vec<PersonId>> {
    let mut people = courses::assigned_to(db, course).await?;
    people.retain(|_, theirs| *theirs == due_on);
    let completion = learning::Completion::of(db, course).await?;
    Ok(people.into_keys().filter(|person| !completion.has(*person)).collect())
}

fn reminder(
    (course, title): (CourseId, &str),
    person: PersonId,
    due_on: NaiveDate,
    day: NaiveDate,
) -> Message {
    let (sign, heading, body) = words(title, due_on, day);
    Message {
        push: Push {
            person,
            kind: NotificationKind::CourseAssigned,
            page: format!("pages/web/index?to=/courses/{course}"),
            values: vec![
                title.to_owned(),
                sign.into(),
                due_on.format("%Y年%-m月%-d日").to_string(),
            ],
            worth_until: end_of(due_on.max(day)),
            sending: Sending::default(),
        },
        title: heading,
        body,
        link: format!("/courses/{course}"),
        dedupe_key: format!("due:{course}:{due_on}:{day}:{person}"),
    }
}

/// What WeChat says, and the inbox in its title and its body.
fn words(course: &str, due_on: NaiveDate, day: NaiveDate) -> (&'static str, String, String) {
    match due_on.cmp(&day) {
        Ordering::Less => (
            "必学课程过期了，请尽快学完",
            format!("过期了：{course}"),
            "昨天就该学完了。现在还能学，学完一样算完成，请抓紧。".into(),
        ),
        Ordering::Equal => (
            "必学课程今天到期，请今天学完",
            format!("今天到期：{course}"),
            "今天是最后一天，还没学完的请今天学完。".into(),
        ),
        Ordering::Greater => (
            "必学课程快到期了，请按时学完",
            format!("快到期了：{course}"),
            format!("请在{}，还没学完的请抓紧。", time::learn_by(due_on, day)),
        ),
    }
}
