//! What courses ask about the training that goes with them.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use shared::courses::CourseId;

use super::entity::session;
use crate::Result;

/// How many sessions of a course were planned and not cancelled, and how many of them at a base.
pub async fn planned_for(db: &impl ConnectionTrait, course: CourseId) -> Result<(u64, u64)> {
    let find = session::Entity::find()
        .filter(session::Column::CourseId.eq(course))
        .filter(session::Column::CancelledAt.is_null());
    let at_bases = find.clone().filter(session::Column::BaseId.is_not_null());
    Ok((find.count(db).await?, at_bases.count(db).await?))
}
