//! Enrolling and leaving: never more people than seats, each person once.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    training::TrainingSessionId,
};

use super::{
    entity::{check_in, enrollment, session},
    visible::{self, to_come},
};
use crate::{Result, db::Connection};

/// Enrols a person until the session ends. Run it in a transaction: a refusal must undo it all.
///
/// Guarantees: enrolling twice is enrolling once; `taken` never exceeds `seats`, however many come
/// at once.
///
/// # Errors
/// `session_full`, `session_over`, or `not_found` where there is no such session.
pub async fn enroll(
    tx: &Connection,
    id: TrainingSessionId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let session = visible::by_id(tx, id).await?;
    // The row first: whoever is enrolled already keeps their seat even where none is free.
    if !insert(tx, id, person, now).await? {
        return Ok(());
    }
    if take_seat(tx, id, now).await? {
        return Ok(());
    }
    session.refuse_over(now)?;
    Err(Code::SessionFull.into())
}

async fn insert(
    tx: &Connection,
    session: TrainingSessionId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let row = enrollment::ActiveModel {
        session_id: Set(session),
        person_id: Set(person),
        enrolled_at: Set(now),
    };
    let outcome =
        enrollment::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(tx).await?;
    Ok(matches!(outcome, sea_orm::TryInsertResult::Inserted(1)))
}

async fn take_seat(tx: &Connection, id: TrainingSessionId, now: DateTime<Utc>) -> Result<bool> {
    let taken = session::Column::Taken;
    let updated = session::Entity::update_many()
        .col_expr(taken, Expr::col(taken).add(1))
        .filter(session::Column::Id.eq(id))
        .filter(Expr::col(taken).lt(Expr::col(session::Column::Seats)))
        .filter(to_come(now))
        .exec(tx)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Gives a seat back, once. Whoever is not enrolled has nothing to give back: the same answer.
///
/// # Errors
/// `session_over`; `invalid_request` for somebody who is already checked in.
pub(super) async fn cancel(
    tx: &Connection,
    id: TrainingSessionId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    // Locked, so that a check-in of this person has ended or not begun when it is looked for.
    let Some(_) = locked(tx, id, person).await? else { return Ok(()) };
    visible::by_id(tx, id).await?.refuse_over(now)?;
    let attended = check_in::Entity::find_by_id((id, person))
        .select_only()
        .column(check_in::Column::PersonId)
        .into_query();
    let left = enrollment::Entity::delete_many()
        .filter(enrollment::Column::SessionId.eq(id))
        .filter(enrollment::Column::PersonId.eq(person))
        .filter(enrollment::Column::PersonId.not_in_subquery(attended))
        .exec(tx)
        .await?;
    if left.rows_affected == 0 {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("session", "您已经签到，不能再取消报名").into());
    }
    free_seat(tx, id).await
}

async fn free_seat(tx: &Connection, id: TrainingSessionId) -> Result<()> {
    let taken = session::Column::Taken;
    session::Entity::update_many()
        .col_expr(taken, Expr::col(taken).sub(1))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A person's enrolment, which nobody else can end before this transaction does.
pub(super) async fn locked(
    tx: &Connection,
    session: TrainingSessionId,
    person: PersonId,
) -> Result<Option<enrollment::Model>> {
    Ok(enrollment::Entity::find_by_id((session, person)).lock_exclusive().one(tx).await?)
}

/// A person's enrolment.
pub(super) async fn find(
    db: &Connection,
    session: TrainingSessionId,
    person: PersonId,
) -> Result<Option<enrollment::Model>> {
    Ok(enrollment::Entity::find_by_id((session, person)).one(db).await?)
}
