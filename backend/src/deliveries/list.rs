//! The dead jobs, as officers read them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::ActiveEnum;
use shared::{
    accounts::{PersonCard, PersonId},
    deliveries::{DeadJob, JobId, JobKind, ListDeadJobs},
    page::Page,
};
use uuid::Uuid;

use super::reasons::{detail, reason};
use crate::{
    App, Result,
    accounts::people,
    db::cursor,
    jobs::{self, Job, entity::job},
    notifications::Push,
};

/// Jobs a page.
const PAGE: usize = 50;

pub(super) async fn list(app: &App, request: ListDeadJobs) -> Result<Page<DeadJob>> {
    let db = app.db.read();
    let after = request.cursor.as_deref().map(read_place).transpose()?;
    let mut rows = jobs::dead(db, request.kind, after, PAGE as u64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(place);
    let found: Vec<(job::Model, Option<Push>)> = rows.into_iter().map(with_push).collect();
    let people = found.iter().filter_map(|(_, push)| push.as_ref()).map(|it| it.person).collect();
    let people = people::cards_of(db, people).await?;
    let people: HashMap<PersonId, PersonCard> = people.into_iter().map(|it| (it.id, it)).collect();
    let now = app.clock.now(db).await?;
    let items = found.into_iter().map(|(row, push)| card(row, push, &people, now)).collect();
    Ok(Page { items, next })
}

fn with_push(row: job::Model) -> (job::Model, Option<Push>) {
    let push = match jobs::read(&row) {
        Some(Job::Push(push)) => Some(push),
        _ => None,
    };
    (row, push)
}

fn card(
    row: job::Model,
    push: Option<Push>,
    people: &HashMap<PersonId, PersonCard>,
    now: DateTime<Utc>,
) -> DeadJob {
    let error = row.last_error.unwrap_or_default();
    DeadJob {
        id: JobId(row.id),
        kind: JobKind::try_from_value(&row.kind).ok(),
        person: push.as_ref().and_then(|it| people.get(&it.person)).cloned(),
        about: push.as_ref().and_then(|it| it.values.first()).cloned(),
        reason: reason(&error),
        detail: detail(&error),
        tries: u32::try_from(row.attempts).unwrap_or_default(),
        given_up_at: row.finished_at.unwrap_or(row.run_at),
        expired: push.is_some_and(|it| it.is_expired(now)),
    }
}

fn place(row: &job::Model) -> String {
    let ended = cursor::instant(row.finished_at.unwrap_or(row.run_at));
    cursor::write(&[ended, row.id.to_string()])
}

fn read_place(cursor: &str) -> Result<(DateTime<Utc>, Uuid)> {
    cursor::read(cursor, |parts| Some((parts.instant()?, parts.part()?)))
}
