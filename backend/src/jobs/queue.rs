//! Puts jobs into the queue and takes them out.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};
use uuid::Uuid;

use super::{
    Job, Lease, Outcome,
    due::due,
    entity::{job, job::State},
};
use crate::{App, Result};

/// How long a worker may take before another one takes the job over.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Tries before a job is given up.
const TRIES: i32 = 8;

/// Enqueues a job in the transaction that makes it true. With the same key a second one is ignored.
pub async fn enqueue(
    tx: &DatabaseTransaction,
    job: &Job,
    unique_key: Option<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    enqueue_at(tx, job, unique_key, now, now).await
}

/// The same, to be run at a later time.
pub async fn enqueue_at(
    tx: &DatabaseTransaction,
    job: &Job,
    unique_key: Option<String>,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = job::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(job.name().into()),
        payload: Set(serde_json::to_value(job)?),
        unique_key: Set(unique_key),
        state: Set(State::Pending),
        run_at: Set(run_at),
        attempts: Set(0),
        lease_owner: Set(None),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    };
    job::Entity::insert(row)
        .on_conflict(OnConflict::column(job::Column::UniqueKey).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Leases the jobs that are due, so that no other worker takes them.
pub(super) async fn take(app: &App, worker: Uuid) -> Result<Vec<job::Model>> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let due = find_due(tx, now).await?;
                let ids: Vec<Uuid> = due.iter().map(|it| it.id).collect();
                if !ids.is_empty() {
                    job::Entity::update_many()
                        .col_expr(job::Column::LeaseOwner, Expr::value(worker))
                        .col_expr(job::Column::LeaseUntil, Expr::value(now + LEASE))
                        .filter(job::Column::Id.is_in(ids))
                        .exec(tx)
                        .await?;
                }
                Ok(due)
            })
        })
        .await
}

async fn find_due(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Vec<job::Model>> {
    let find = match sea_orm::ConnectionTrait::get_database_backend(tx) {
        sea_orm::DbBackend::Postgres => {
            due(now).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        }
        _ => due(now),
    };
    Ok(find.all(tx).await?)
}

/// Writes down what became of a job, unless the lease went to another worker meanwhile.
pub(super) async fn settle(
    app: &App,
    lease: Lease,
    job: &job::Model,
    outcome: Outcome,
) -> Result<()> {
    let (tried, clock) = (job.attempts + 1, app.clock.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let next = Next::after(outcome, tried, now);
                job::Entity::update_many()
                    .col_expr(job::Column::State, Expr::value(next.state))
                    .col_expr(job::Column::RunAt, Expr::value(next.run_at))
                    .col_expr(job::Column::Attempts, Expr::value(next.attempts))
                    .col_expr(job::Column::LastError, Expr::value(next.error))
                    .col_expr(job::Column::FinishedAt, Expr::value(next.finished_at))
                    .col_expr(job::Column::LeaseOwner, Expr::value(None::<Uuid>))
                    .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
                    .filter(job::Column::Id.eq(lease.job))
                    .filter(job::Column::LeaseOwner.eq(lease.worker))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// A job's row after a try.
struct Next {
    state: State,
    run_at: DateTime<Utc>,
    attempts: i32,
    error: Option<String>,
    finished_at: Option<DateTime<Utc>>,
}

impl Next {
    fn after(outcome: Outcome, tried: i32, now: DateTime<Utc>) -> Self {
        let waiting = |run_at, attempts, error| Self {
            state: State::Pending,
            run_at,
            attempts,
            error: Some(error),
            finished_at: None,
        };
        let finished = |state, error| Self {
            state,
            run_at: now,
            attempts: tried,
            error,
            finished_at: Some(now),
        };
        match outcome {
            Outcome::Done => finished(State::Done, None),
            Outcome::Dead(why) => finished(State::Dead, Some(why)),
            Outcome::Again(why) if tried >= TRIES => finished(State::Dead, Some(why)),
            Outcome::Again(why) => waiting(now + back_off(tried), tried, why),
            Outcome::Later(at, why) => waiting(at, tried - 1, why),
        }
    }
}

/// 5 s · 2ⁿ give or take a fifth, 15 minutes at most.
fn back_off(tried: i32) -> TimeDelta {
    let exponent = u32::try_from(tried.max(1) - 1).unwrap_or_default().min(8);
    let millis = (5_000_i64 << exponent).min(900_000);
    let spread = i64::from(rand::random_range(-200_i32..=200));
    TimeDelta::milliseconds(millis + millis * spread / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_back_off_from_five_seconds_to_a_quarter_of_an_hour() {
        for (tried, seconds) in [(1, 5), (2, 10), (3, 20), (7, 320), (8, 640), (20, 900)] {
            let waits = back_off(tried).num_milliseconds();
            assert!((seconds * 800..=seconds * 1200).contains(&waits), "{tried}: {waits}");
        }
    }

    #[test]
    fn a_job_is_given_up_after_its_last_try_only() {
        let now = Utc::now();
        let next = |outcome, tried| Next::after(outcome, tried, now);
        assert_eq!(next(Outcome::Again("busy".into()), TRIES - 1).state, State::Pending);
        assert_eq!(next(Outcome::Again("busy".into()), TRIES).state, State::Dead);
        let parked = next(Outcome::Later(now + TimeDelta::hours(1), "quota".into()), TRIES);
        assert_eq!((parked.state, parked.attempts), (State::Pending, TRIES - 1));
    }
}
