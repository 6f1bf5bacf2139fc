//! Reminds people of courses that are due soon and not done.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use shared::{accounts::PersonId, courses::CourseId, notifications::NotificationKind, time};

use super::{
    audience::end_of,
    inbox::{self, Message},
    push::{Push, Sending},
};
use crate::{App, Result, courses, learning, quizzes};

/// Days before the date on which people are reminded.
const BEFORE: [u64; 2] = [3, 1];

/// At the time of day when team leaders hear of it too. Safe to repeat every few seconds, by several
/// workers at once: each person is told once.
pub async fn remind_of_due(app: &App) -> Result<()> {
    let now = app.clock.now(app.db.read()).await?;
    let Some(day) = app.config.team_digest_at.due(now) else { return Ok(()) };
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
    for due_on in BEFORE.iter().filter_map(|days| day.checked_add_days(Days::new(*days))) {
        for (course, title) in courses::due_on(app.db.read(), due_on).await? {
            let people = waiting(app.db.read(), course, due_on).await?;
            let message = |person| reminder((course, &title), person, due_on, day);
            messages.extend(people.into_iter().map(message));
        }
    }
    let untold = inbox::untold(app.db.read(), messages).await?;
    if untold.is_empty() {
        return Ok(());
    }
    app.db.write(move |tx| Box::pin(async move { inbox::tell(tx, untold, now).await })).await
}

/// Who has to finish the course on this day, not earlier, and has not.
async fn waiting(
    db: &impl ConnectionTrait,
    course: CourseId,
    due_on: NaiveDate,
) -> Result<Vec<PersonId>> {
    let mut people = courses::assigned_to(db, course).await?;
    people.retain(|_, theirs| *theirs == due_on);
    let lessons = courses::sizes(db, &[course]).await?.remove(&course).map_or(0, |it| it.1);
    let reached = learning::reached_in(db, course).await?;
    let scores = quizzes::best_scores(db, course).await?;
    let has_quiz = quizzes::question_count(db, &[course]).await?.contains_key(&course);
    let done = |person: &PersonId| {
        let finished = reached.get(person).is_some_and(|it| it.finished >= lessons);
        finished && (!has_quiz || scores.get(person).is_some_and(|it| it.1))
    };
    Ok(people.into_keys().filter(|person| !done(person)).collect())
}

fn reminder(
    (course, title): (CourseId, &str),
    person: PersonId,
    due_on: NaiveDate,
    day: NaiveDate,
) -> Message {
    let due = time::day(due_on, day);
    Message {
        push: Push {
            person,
            kind: NotificationKind::CourseAssigned,
            page: format!("pages/web/index?to=/courses/{course}"),
            values: vec![
                title.to_owned(),
                "必学课程快到期了，请按时学完".into(),
                due_on.format("%Y年%-m月%-d日").to_string(),
            ],
            worth_until: end_of(due_on),
            sending: Sending::default(),
        },
        title: format!("快到期了：{title}"),
        body: format!("{due}之前要学完，还没学完的请抓紧。"),
        link: format!("/courses/{course}"),
        dedupe_key: format!("due:{course}:{due_on}:{day}:{person}"),
    }
}
