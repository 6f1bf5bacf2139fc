//! When an attempt can be written to, and what to say when it cannot.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use shared::{
    accounts::PersonId,
    problem::Code,
    quizzes::{AttemptId, AttemptState, SubmitReason},
};

use super::entity::attempt::{Column, Entity, Model};
use crate::{Error, Result, clock::Clock, db::Connection};

/// How long after the deadline a write still counts: the time the network takes.
pub const GRACE: TimeDelta = TimeDelta::seconds(5);

/// The one condition of every write to an attempt, judged once the attempt is locked: whoever waited
/// for the lock may have waited too long.
pub fn writable(db: &Connection, now: DateTime<Utc>) -> Condition {
    let deadline = Expr::col((Entity, Column::DeadlineAt));
    Condition::all().add(running()).add(deadline.gte(Clock::ago(db, now, GRACE)))
}

/// Attempts whose time is up but that nobody has submitted.
pub fn overdue(now: DateTime<Utc>) -> Condition {
    Condition::all().add(running()).add(Column::DeadlineAt.lt(now - GRACE))
}

/// The state is written into the SQL, because SQLite uses an index over running attempts only
/// where it sees that state.
pub fn running() -> Expr {
    Expr::col((Entity, Column::State)).eq(Expr::Constant("in_progress".into()))
}

impl Model {
    pub fn is_running(&self) -> bool {
        self.state == AttemptState::InProgress
    }

    /// [`overdue`] of one attempt.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.is_running() && self.deadline_at < now - GRACE
    }
}

/// A person's own attempt; that of anybody else does not exist.
pub async fn own(db: &Connection, id: AttemptId, person: PersonId) -> Result<Model> {
    let find = Entity::find_by_id(id).filter(Column::PersonId.eq(person));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// Why a write found nothing [`writable`].
pub async fn why_not(db: &Connection, id: AttemptId, person: PersonId) -> Result<Error> {
    let attempt = own(db, id, person).await?;
    // Whether the sweeper was here before the late answer makes no difference to the learner.
    let timed_out = attempt.submit_reason == Some(SubmitReason::Timeout);
    let late = timed_out || attempt.is_running();
    Ok(if late { Code::AnswerLate } else { Code::AttemptOver }.into())
}
