//! Writing the chapters of a course.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use shared::{
    authoring::{RemoveChapter, SaveChapter},
    courses::{ChapterId, CourseId},
    problem::Code,
};
use uuid::Uuid;

use super::{
    entity::{chapter, lesson},
    fields::Fields,
    managed,
    outline::{places, settle},
};
use crate::Result;

/// Adds a chapter after the others.
pub async fn add(
    tx: &DatabaseTransaction,
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
    };
    row.insert(tx).await?;
    arrange(tx, course, None).await?;
    settle(tx, course, now).await?;
    Ok(id)
}

/// Renames a chapter and moves it to its place.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    mut request: SaveChapter,
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let mut fields = Fields::default();
    fields.title("title", &mut request.title);
    fields.done()?;
    let chapter = find(tx, request.chapter).await?;
    managed::lock(tx, chapter.course_id).await?;
    let row = chapter::ActiveModel {
        id: Set(chapter.id),
        title: Set(request.title),
        ..Default::default()
    };
    row.update(tx).await.map_err(gone)?;
    arrange(tx, chapter.course_id, Some((chapter.id, request.position))).await?;
    settle(tx, chapter.course_id, now).await?;
    Ok(chapter.course_id)
}

/// Removes a chapter with its lessons.
///
/// # Errors
/// `course_incomplete` where a published course would have no lesson left.
pub(super) async fn remove(
    tx: &DatabaseTransaction,
    request: RemoveChapter,
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let chapter = find(tx, request.chapter).await?;
    managed::lock(tx, chapter.course_id).await?;
    lesson::Entity::delete_many().filter(lesson::Column::ChapterId.eq(chapter.id)).exec(tx).await?;
    chapter::Entity::delete_by_id(chapter.id).exec(tx).await?;
    arrange(tx, chapter.course_id, None).await?;
    settle(tx, chapter.course_id, now).await?;
    Ok(chapter.course_id)
}

pub(super) async fn find(db: &impl ConnectionTrait, id: ChapterId) -> Result<chapter::Model> {
    Ok(chapter::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

async fn order(tx: &DatabaseTransaction, course: CourseId) -> Result<Vec<ChapterId>> {
    let ids = chapter::Entity::find()
        .select_only()
        .column(chapter::Column::Id)
        .filter(chapter::Column::CourseId.eq(course))
        .order_by_asc(chapter::Column::Position)
        .order_by_asc(chapter::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids)
}

/// Numbers the chapters from 1 after one came, went or moved.
async fn arrange(
    tx: &DatabaseTransaction,
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

/// Somebody removed it before the course was locked.
fn gone(error: sea_orm::DbErr) -> crate::Error {
    match error {
        sea_orm::DbErr::RecordNotUpdated => Code::NotFound.into(),
        error => error.into(),
    }
}
