//! How many courses hang on what is about to be given up.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use shared::{
    courses::CourseStatus,
    organizations::{OrganizationId, PostId},
};

use super::{
    entity::{course, course_post},
    managed::kept,
};
use crate::{Result, db::Connection};

/// Courses of an organisation that are not retired.
pub async fn of_organization(db: &Connection, id: OrganizationId) -> Result<u64> {
    let find = course::Entity::find()
        .filter(course::Column::OrganizationId.eq(id))
        .filter(kept())
        .filter(course::Column::Status.ne(CourseStatus::Retired));
    Ok(find.count(db).await?)
}

/// Courses for a post that are not retired.
pub async fn for_post(db: &Connection, id: PostId) -> Result<u64> {
    let named = course_post::Entity::find()
        .select_only()
        .column(course_post::Column::CourseId)
        .filter(course_post::Column::PostId.eq(id))
        .into_query();
    let find = course::Entity::find()
        .filter(course::Column::Id.in_subquery(named))
        .filter(kept())
        .filter(course::Column::Status.ne(CourseStatus::Retired));
    Ok(find.count(db).await?)
}
