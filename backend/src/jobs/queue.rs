//! Puts jobs into the queue and takes them out.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};
use uuid::Uuid;

use super::{
    Job, Lease, Outcome,
    due::due,
    entity::{job, job::State},
    outcome::Next,
};
use crate::{App, Result, db::Transaction};

/// Enqueues a job in the transaction that makes it true. With the same key a second one is ignored.
pub async fn enqueue(
    tx: &Transaction,
    job: &Job,
    unique_key: Option<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    enqueue_at(tx, job, unique_key, now, now).await
}

/// The same, to be run at a later time.
pub async fn enqueue_at(
    tx: &Transaction,
    job: &Job,
    unique_key: Option<String>,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = job::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(job.kind().to_value()),
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

/// Takes so many of the jobs that are due: nobody else does while their leases last.
pub(super) async fn take(app: &App, most: u64) -> Result<Vec<(Lease, job::Model)>> {
    let (clock, lasts) = (app.clock.clone(), app.config.pace.job_lease());
    let taken = Uuid::now_v7();
    let due = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let due = find_due(tx, now, most).await?;
                let ids: Vec<Uuid> = due.iter().map(|it| it.id).collect();
                if !ids.is_empty() {
                    job::Entity::update_many()
                        .col_expr(job::Column::LeaseOwner, Expr::value(taken))
                        .col_expr(job::Column::LeaseUntil, Expr::value(now + lasts))
                        .filter(job::Column::Id.is_in(ids))
                        .exec(tx)
                        .await?;
                }
                Ok(due)
            })
        })
        .await?;
    if !due.is_empty() {
        tracing::debug!(%taken, "jobs are taken");
    }
    Ok(due.into_iter().map(|row| (Lease { job: row.id, taken, lasts }, row)).collect())
}

async fn find_due(tx: &Transaction, now: DateTime<Utc>, most: u64) -> Result<Vec<job::Model>> {
    let find = match sea_orm::ConnectionTrait::get_database_backend(tx) {
        sea_orm::DbBackend::Postgres => {
            due(now, most).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        }
        _ => due(now, most),
    };
    Ok(find.all(tx).await?)
}

/// Writes down what became of a job, unless somebody else has taken it meanwhile.
pub(super) async fn settle(
    app: &App,
    lease: Lease,
    job: &job::Model,
    outcome: Outcome,
) -> Result<()> {
    let (tried, clock, pace) = (job.attempts + 1, app.clock.clone(), app.config.pace);
    let what = super::read(job);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let next = Next::after(outcome, tried, now, pace);
                let dead = next.state == State::Dead;
                let settled = job::Entity::update_many()
                    .col_expr(job::Column::State, Expr::value(next.state))
                    .col_expr(job::Column::RunAt, Expr::value(next.run_at))
                    .col_expr(job::Column::Attempts, Expr::value(next.attempts))
                    .col_expr(job::Column::LastError, Expr::value(next.error))
                    .col_expr(job::Column::FinishedAt, Expr::value(next.finished_at))
                    .col_expr(job::Column::LeaseOwner, Expr::value(None::<Uuid>))
                    .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
                    .filter(job::Column::Id.eq(lease.job))
                    .filter(job::Column::LeaseOwner.eq(lease.taken))
                    .exec(tx)
                    .await?;
                match what {
                    Some(job) if dead && settled.rows_affected == 1 => job.given_up(tx).await,
                    _ => Ok(()),
                }
            })
        })
        .await
}
