//! Officers plan sessions, change and cancel them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr,
};
use shared::{
    accounts::PersonId,
    authoring::SessionDetails,
    organizations::OrganizationId,
    problem::{Code, Problem},
    training::TrainingSessionId,
};
use uuid::Uuid;

use super::{
    details::{self, Kind},
    entity::session,
    visible::{self, to_come},
};
use crate::{Result, db::Connection};

/// Plans a session; it cannot start before `now`. Nobody made what the demo begins with.
///
/// # Errors
/// `invalid_request` naming every field that has to be changed.
pub async fn create(
    tx: &Connection,
    details: SessionDetails,
    created_by: Option<PersonId>,
    organization: Option<OrganizationId>,
    now: DateTime<Utc>,
) -> Result<TrainingSessionId> {
    let details = details::check(tx, details, Kind::New, now).await?;
    let id = TrainingSessionId(Uuid::now_v7());
    let row = session::ActiveModel {
        id: Set(id),
        title: Set(details.title),
        course_id: Set(details.course),
        place: Set(details.place),
        base_id: Set(details.base),
        notes: Set(details.notes),
        starts_at: Set(details.starts_at),
        ends_at: Set(details.ends_at),
        instructor_id: Set(details.instructor),
        seats: Set(details.seats),
        taken: Set(0),
        organization_id: Set(organization),
        created_by: Set(created_by),
        created_at: Set(now),
        cancelled_at: Set(None),
    };
    row.insert(tx).await?;
    Ok(id)
}

/// Changes a session that is not over. Seats can be added, and taken away while they are free.
///
/// # Errors
/// `session_over`, or `invalid_request` naming every field that has to be changed.
pub(super) async fn save(
    tx: &Connection,
    id: TrainingSessionId,
    details: SessionDetails,
    now: DateTime<Utc>,
) -> Result<()> {
    visible::by_id(tx, id).await?.refuse_over(now)?;
    let details = details::check(tx, details, Kind::Change, now).await?;
    let seats = details.seats;
    let saved = session::Entity::update_many()
        .col_expr(session::Column::Title, Expr::value(details.title))
        .col_expr(session::Column::CourseId, Expr::value(details.course))
        .col_expr(session::Column::Place, Expr::value(details.place))
        .col_expr(session::Column::BaseId, Expr::value(details.base))
        .col_expr(session::Column::Notes, Expr::value(details.notes))
        .col_expr(session::Column::StartsAt, Expr::value(details.starts_at))
        .col_expr(session::Column::EndsAt, Expr::value(details.ends_at))
        .col_expr(session::Column::InstructorId, Expr::value(details.instructor))
        .col_expr(session::Column::Seats, Expr::value(seats))
        .filter(session::Column::Id.eq(id))
        .filter(to_come(now))
        .filter(session::Column::Taken.lte(seats))
        .exec(tx)
        .await?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(why_not_saved(tx, id, now).await?.into()) }
}

/// Why the one statement that saves found nothing to save.
async fn why_not_saved(
    tx: &Connection,
    id: TrainingSessionId,
    now: DateTime<Utc>,
) -> Result<Problem> {
    let session = visible::by_id(tx, id).await?;
    session.refuse_over(now)?;
    let message = format!("已有 {} 人报名，名额不能再少", session.taken);
    Ok(Problem::from(Code::InvalidRequest).field("details.seats", message))
}

/// Cancels a session; cancelling twice is cancelling once.
///
/// # Errors
/// `session_over` where it has ended.
pub(super) async fn cancel(
    tx: &Connection,
    id: TrainingSessionId,
    now: DateTime<Utc>,
) -> Result<()> {
    let cancelled = session::Entity::update_many()
        .col_expr(session::Column::CancelledAt, Expr::value(now))
        .filter(session::Column::Id.eq(id))
        .filter(to_come(now))
        .exec(tx)
        .await?;
    if cancelled.rows_affected == 1 {
        return Ok(());
    }
    let session = visible::by_id(tx, id).await?;
    if session.cancelled_at.is_some() { Ok(()) } else { Err(Code::SessionOver.into()) }
}
