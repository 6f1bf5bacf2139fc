//! Attempts whose time is up: submitted by a sweeper, and by whoever looks at them before it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use shared::quizzes::{AttemptId, SubmitReason};

use super::{
    attempt, closing,
    entity::attempt::{Column, Entity, Model},
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::Connection,
};

/// Attempts in one transaction.
const BATCH: u64 = 200;

/// Submits every overdue attempt and says how many they were. Several servers may do so at once:
/// each takes what no other has taken.
pub async fn submit_overdue(app: &App) -> Result<u64> {
    let mut submitted = 0;
    loop {
        let clock = app.clock.clone();
        let closed = app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let now = clock.now(tx).await?;
                    let due = Entity::find()
                        .filter(attempt::overdue(now))
                        .order_by_asc(Column::DeadlineAt)
                        .limit(BATCH)
                        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                        .all(tx)
                        .await?;
                    submit(tx, &due, now).await
                })
            })
            .await?;
        submitted += closed;
        if closed < BATCH {
            return Ok(submitted);
        }
    }
}

/// Submits those of a person's attempts that are overdue, so that reading them waits for no sweeper;
/// says whether any was.
pub async fn settle(app: &App, attempts: &[Model], now: DateTime<Utc>) -> Result<bool> {
    let due: Vec<AttemptId> =
        attempts.iter().filter(|it| it.is_overdue(now)).map(|it| it.id).collect();
    if due.is_empty() {
        return Ok(false);
    }
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                close(tx, Column::Id.is_in(due), now).await
            })
        })
        .await?;
    Ok(true)
}

/// Submits the overdue among these attempts.
pub async fn close(tx: &Connection, which: Expr, now: DateTime<Utc>) -> Result<u64> {
    let find = Entity::find().filter(attempt::overdue(now)).filter(which);
    let due = find.order_by_asc(Column::Id).lock_exclusive().all(tx).await?;
    submit(tx, &due, now).await
}

async fn submit(tx: &Connection, due: &[Model], now: DateTime<Utc>) -> Result<u64> {
    if !due.is_empty() {
        closing::close(tx, due, SubmitReason::Timeout, now).await?;
        for attempt in due {
            let act = Actor::SYSTEM.did(Event::AttemptSubmitted, attempt.id);
            let act = act.with("person", attempt.person_id).with("reason", SubmitReason::Timeout);
            audit::record(tx, &act, now).await?;
        }
    }
    Ok(due.len() as u64)
}
