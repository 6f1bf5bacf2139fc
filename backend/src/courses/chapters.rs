//! Writing the chapters of a course.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use shared::{
    authoring::{RemoveChapter, SaveChapter},
    courses::{ChapterId, CourseId},
    problem::Code,
};
use uuid::Uuid;

use super::{
    entity::{chapter, lesson, revision_lesson},
    fields::Fields,
    lessons, managed,
    outline::{places, settle},
};
use crate::{Result, db::Transaction};

/// Adds a chapter after the others.
pub async fn add(
    tx: &Transaction,
    course: CourseId,
    mut title: String,
    now: DateTime<Utc>,
) -> Result<ChapterId> {
    managed::lock(tx, course).await?;
    let mut fields = Fields::default();
    fields.title("title", &mut title);
    fields.at_most("title", order(tx, course).await?.len() + 1, 100);
    fields.done()?;
    let id = ChapterId(Uuid::now_v7());
    let row = chapter::ActiveModel {
        id: Set(id),
        course_id: Set(course),
        position: Set(i32::MAX),
        title: Set(title),
        removed_at: Set(None),
    };
    row.insert(tx).await?;
    arrange(tx, course, None).await?;
    settle(tx, course, now).await?;
    Ok(id)
}

/// Renames a chapter and moves it to its place.
pub(super) async fn save(
    tx: &Transaction,
    mut request: SaveChapter,
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let mut fields = Fields::default();
    fields.title("title", &mut request.title);
    fields.done()?;
    let chapter = find_locked(tx, request.chapter).await?;
    let row = chapter::ActiveModel {
        id: Set(chapter.id),
        title: Set(request.title),
        ..Default::default()
    };
    row.update(tx).await?;
    arrange(tx, chapter.course_id, Some((chapter.id, request.position))).await?;
    settle(tx, chapter.course_id, now).await?;
    Ok(chapter.course_id)
}

/// Removes a chapter with its lessons; learners keep what they read.
pub(super) async fn remove(
    tx: &Transaction,
    request: RemoveChapter,
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let chapter = find_locked(tx, request.chapter).await?;
    lessons::take_out(tx, lesson::Column::ChapterId.eq(chapter.id), now).await?;
    take_out(tx, chapter.id, now).await?;
    arrange(tx, chapter.course_id, None).await?;
    settle(tx, chapter.course_id, now).await?;
    Ok(chapter.course_id)
}

/// Removes a chapter whose lessons are out; of one that a revision has, the row stays.
pub(super) async fn take_out(tx: &Transaction, id: ChapterId, now: DateTime<Utc>) -> Result<()> {
    let left = lesson::Entity::find().filter(lesson::Column::ChapterId.eq(id));
    // Its lessons may be in another chapter since.
    let frozen = revision_lesson::Entity::find().filter(revision_lesson::Column::ChapterId.eq(id));
    if left.one(tx).await?.is_none() && frozen.one(tx).await?.is_none() {
        chapter::Entity::delete_by_id(id).exec(tx).await?;
        return Ok(());
    }
    let row =
        chapter::ActiveModel { id: Set(id), removed_at: Set(Some(now)), ..Default::default() };
    row.update(tx).await?;
    Ok(())
}

/// A chapter of a course that is about to be changed.
pub(super) async fn find_locked(tx: &Transaction, id: ChapterId) -> Result<chapter::Model> {
    managed::lock(tx, find(tx, id).await?.course_id).await?;
    // Again: whoever held the course until now may have changed or removed it.
    find(tx, id).await
}

pub(super) async fn find(tx: &Transaction, id: ChapterId) -> Result<chapter::Model> {
    let find = chapter::Entity::find_by_id(id).filter(chapter::Column::RemovedAt.is_null());
    Ok(find.one(tx).await?.ok_or(Code::NotFound)?)
}

pub(super) async fn order(tx: &Transaction, course: CourseId) -> Result<Vec<ChapterId>> {
    let ids = chapter::Entity::find()
        .select_only()
        .column(chapter::Column::Id)
        .filter(chapter::Column::CourseId.eq(course))
        .filter(chapter::Column::RemovedAt.is_null())
        .order_by_asc(chapter::Column::Position)
        .order_by_asc(chapter::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids)
}

/// Numbers the chapters from 1 after one came, went or moved.
async fn arrange(
    tx: &Transaction,
    course: CourseId,
    moved: Option<(ChapterId, i32)>,
) -> Result<()> {
    for (id, position) in places(order(tx, course).await?, moved) {
        chapter::Entity::update_many()
            .col_expr(chapter::Column::Position, Expr::value(position))
            .filter(chapter::Column::Id.eq(id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
