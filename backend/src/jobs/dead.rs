//! Jobs that were given up, and how many ended in which way.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use shared::deliveries::JobKind;
use uuid::Uuid;

use super::{
    Job,
    due::pending,
    entity::{job, job::State},
};
use crate::{
    Result,
    db::{Connection, Transaction},
};

/// The dead jobs after a place in their list, the last given up first.
pub async fn dead(
    db: &Connection,
    kind: Option<JobKind>,
    after: Option<(DateTime<Utc>, Uuid)>,
    most: u64,
) -> Result<Vec<job::Model>> {
    let mut find = job::Entity::find().filter(job::Column::State.eq(State::Dead));
    if let Some(kind) = kind {
        find = find.filter(job::Column::Kind.eq(kind.to_value()));
    }
    if let Some((at, id)) = after {
        let same_moment = job::Column::FinishedAt.eq(at).and(job::Column::Id.lt(id));
        find = find.filter(job::Column::FinishedAt.lt(at).or(same_moment));
    }
    let find = find.order_by_desc(job::Column::FinishedAt).order_by_desc(job::Column::Id);
    Ok(find.limit(most).all(db).await?)
}

/// Ids of some dead jobs of a kind, in their order, after one of them.
pub async fn dead_ids(
    db: &Connection,
    kind: JobKind,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Uuid>> {
    let mut find = job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .filter(job::Column::State.eq(State::Dead))
        .filter(job::Column::Kind.eq(kind.to_value()));
    if let Some(after) = after {
        find = find.filter(job::Column::Id.gt(after));
    }
    Ok(find.order_by_asc(job::Column::Id).limit(most).into_tuple().all(db).await?)
}

/// What became of a dead job that is wanted alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revived {
    Queued,
    /// It is not worth doing any more: whoever takes it drops it.
    Expired,
    /// Its content cannot be read; it stays as it is.
    Unreadable,
}

/// Puts a dead job back into the queue as if it had never been tried; nothing where it is not dead.
pub async fn revive(tx: &Transaction, id: Uuid, now: DateTime<Utc>) -> Result<Option<Revived>> {
    let is_dead =
        Condition::all().add(job::Column::Id.eq(id)).add(job::Column::State.eq(State::Dead));
    let find = job::Entity::find().filter(is_dead.clone());
    let Some(row) = find.one(tx).await? else { return Ok(None) };
    let Some(job) = read(&row) else { return Ok(Some(Revived::Unreadable)) };
    let revived = if job.is_expired(now) { Revived::Expired } else { Revived::Queued };
    let change = job::ActiveModel {
        payload: Set(serde_json::to_value(job.afresh())?),
        state: Set(State::Pending),
        run_at: Set(now),
        attempts: Set(0),
        last_error: Set(None),
        finished_at: Set(None),
        ..<job::ActiveModel as sea_orm::ActiveModelTrait>::default()
    };
    // Somebody else may have been faster.
    let changed = job::Entity::update_many().set(change).filter(is_dead).exec(tx).await?;
    Ok((changed.rows_affected == 1).then_some(revived))
}

/// The job of a row; nothing where this version cannot read it.
pub fn read(row: &job::Model) -> Option<Job> {
    serde_json::from_value(row.payload.clone()).ok()
}

/// How many jobs ended since then, by kind, state and why.
pub async fn ended(
    db: &Connection,
    since: DateTime<Utc>,
) -> Result<Vec<(JobKind, State, Option<String>, u32)>> {
    let rows: Vec<(String, State, Option<String>, i64)> = job::Entity::find()
        .select_only()
        .columns([job::Column::Kind, job::Column::State, job::Column::LastError])
        .column_as(job::Column::Id.count(), "count")
        .filter(job::Column::FinishedAt.gte(since))
        .group_by(job::Column::Kind)
        .group_by(job::Column::State)
        .group_by(job::Column::LastError)
        .into_tuple()
        .all(db)
        .await?;
    let known = |(kind, state, why, count): (String, _, _, _)| {
        Some((known(&kind)?, state, why, small(count)))
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// How many jobs have not ended, by kind.
pub async fn waiting(db: &Connection) -> Result<HashMap<JobKind, u32>> {
    let rows: Vec<(String, i64)> = job::Entity::find()
        .select_only()
        .column(job::Column::Kind)
        .column_as(job::Column::Id.count(), "count")
        .filter(pending())
        .group_by(job::Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let known = |(kind, count): (String, _)| Some((known(&kind)?, small(count)));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Of a job that an earlier version enqueued, perhaps.
fn known(kind: &String) -> Option<JobKind> {
    JobKind::try_from_value(kind).ok()
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
