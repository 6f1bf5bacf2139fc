//! 岗位学习路径: the courses of a post, one after the other.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    courses::{CourseCard, CourseId},
    organizations::PostId,
    problem::{Code, Problem},
};

use super::entity::post_path_course::{ActiveModel, Column, Entity};
use crate::{
    Result,
    accounts::Caller,
    courses,
    db::{Connection, Transaction},
};

const MOST: usize = 100;

/// The courses of a post in their order.
pub(super) async fn of(db: &Connection, post: PostId) -> Result<Vec<CourseId>> {
    let ids = Entity::find()
        .select_only()
        .column(Column::CourseId)
        .filter(Column::PostId.eq(post))
        .order_by_asc(Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids)
}

/// The courses of the caller's own post that they may see, in their order.
pub(super) async fn own(db: &Connection, caller: &Caller) -> Result<Vec<CourseCard>> {
    let Some(post) = caller.post else { return Ok(Vec::new()) };
    let ids = of(db, post).await?;
    courses::cards_of(db, caller, &ids).await
}

/// Lays a path anew.
///
/// # Errors
/// `invalid_request` for a course that stands there twice, or too many.
pub async fn lay(tx: &Transaction, post: PostId, ordered: Vec<CourseId>) -> Result<()> {
    let problem = Problem::from(Code::InvalidRequest);
    let different: HashSet<_> = ordered.iter().collect();
    if different.len() != ordered.len() {
        return Err(problem.field("courses", "有课程排了两次").into());
    }
    if ordered.len() > MOST {
        return Err(problem.field("courses", format!("最多 {MOST} 门课")).into());
    }
    Entity::delete_many().filter(Column::PostId.eq(post)).exec(tx).await?;
    let rows = (1..).zip(ordered).map(|(position, course)| ActiveModel {
        post_id: Set(post),
        course_id: Set(course),
        position: Set(position),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}
