//! Finding revisions.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::{
    courses::CourseId,
    problem::{Code, Problem},
    revisions::{RevisionId, RevisionState},
};

use crate::{
    Result,
    courses::{
        entity::{course, course_revision},
        managed,
    },
    db::{Connection, Transaction},
};

pub(in crate::courses) async fn by_id(
    db: &Connection,
    id: RevisionId,
) -> Result<course_revision::Model> {
    Ok(course_revision::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// A revision and its course, which nobody else changes until the transaction ends.
pub(super) async fn locked(
    tx: &Transaction,
    id: RevisionId,
) -> Result<(course::Model, course_revision::Model)> {
    let course = managed::lock(tx, by_id(tx, id).await?.course_id).await?;
    // Again: whoever held the course until now may have changed its state.
    Ok((course, by_id(tx, id).await?))
}

pub(super) async fn by_number(
    db: &Connection,
    course: CourseId,
    number: u32,
) -> Result<course_revision::Model> {
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    let find = course_revision::Entity::find()
        .filter(course_revision::Column::CourseId.eq(course))
        .filter(course_revision::Column::Number.eq(number));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// The one that is on its way to learners, if there is one.
pub(super) async fn open(
    db: &Connection,
    course: CourseId,
) -> Result<Option<course_revision::Model>> {
    let states = RevisionState::ALL.iter().copied().filter(|it| it.is_open());
    let find = course_revision::Entity::find()
        .filter(course_revision::Column::CourseId.eq(course))
        .filter(course_revision::Column::State.is_in(states));
    Ok(find.one(db).await?)
}

/// The newest first.
pub(super) async fn all(db: &Connection, course: CourseId) -> Result<Vec<course_revision::Model>> {
    let find = course_revision::Entity::find()
        .filter(course_revision::Column::CourseId.eq(course))
        .order_by_desc(course_revision::Column::Number);
    Ok(find.all(db).await?)
}

/// The one that learners read, or read before the course was retired.
pub(in crate::courses) async fn live(
    db: &Connection,
    course: &course::Model,
) -> Result<Option<course_revision::Model>> {
    match course.live_revision_id {
        Some(id) => Ok(Some(by_id(db, id).await?)),
        None => Ok(None),
    }
}

/// What is to happen does not fit where the revision stands.
pub(super) fn out_of_turn(revision: &course_revision::Model) -> crate::Error {
    let detail = format!("第 {} 版现在是“{}”", revision.number, revision.state.label());
    Problem::from(Code::RevisionMoved).detail(detail).into()
}
