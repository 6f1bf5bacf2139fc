//! Writing the lessons of a course.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::Expr,
};
use shared::{
    authoring::{AddLesson, LessonDraft, RemoveLesson, SaveLesson},
    content::{LessonContent, LessonKind},
    courses::{ChapterId, CourseId, LessonId},
    problem::Code,
};
use uuid::Uuid;

use super::{
    chapters, content,
    entity::{
        course,
        lesson::{self, Content},
        revision_lesson,
    },
    fields::Fields,
    managed,
    outline::{places, settle},
};
use crate::{
    Result,
    db::{Connection, Transaction},
    standards,
};

/// Adds an empty lesson after the others of its chapter.
pub async fn add(tx: &Transaction, mut request: AddLesson, now: DateTime<Utc>) -> Result<LessonId> {
    let chapter = chapters::find_locked(tx, request.chapter).await?;
    let mut fields = Fields::default();
    fields.title("title", &mut request.title);
    fields.at_most("title", order(tx, chapter.id).await?.len() + 1, 100);
    fields.done()?;
    let id = LessonId(Uuid::now_v7());
    let row = lesson::ActiveModel {
        id: Set(id),
        course_id: Set(chapter.course_id),
        chapter_id: Set(chapter.id),
        position: Set(i32::MAX),
        title: Set(request.title),
        kind: Set(request.kind),
        minutes: Set(5),
        content: Set(Content(LessonContent::empty(request.kind))),
        ready: Set(false),
        version: Set(1),
        updated_at: Set(now),
        removed_at: Set(None),
    };
    row.insert(tx).await?;
    arrange(tx, chapter.id, None).await?;
    settle(tx, chapter.course_id, now).await?;
    Ok(id)
}

/// A lesson as its authors see it.
pub(super) async fn draft(db: &Connection, id: LessonId) -> Result<LessonDraft> {
    let lesson = find(db, id).await?;
    Ok(LessonDraft {
        id,
        course: lesson.course_id,
        chapter: lesson.chapter_id,
        version: lesson.version,
        title: lesson.title,
        minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
        position: lesson.position,
        content: lesson.content.0,
    })
}

/// A lesson as newcomers read it.
///
/// # Errors
/// `not_found` where they do not.
pub(super) async fn live(
    db: &Connection,
    course: &course::Model,
    id: LessonId,
) -> Result<LessonDraft> {
    let revision = course.live_revision_id.ok_or(Code::NotFound)?;
    let found = revision_lesson::Entity::find_by_id((revision, id)).one(db).await?;
    let lesson = found.ok_or(Code::NotFound)?;
    Ok(LessonDraft {
        id,
        course: lesson.course_id,
        chapter: lesson.chapter_id,
        version: 0,
        title: lesson.title,
        minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
        position: lesson.place,
        content: lesson.content.0,
    })
}

/// Replaces a lesson and moves it to its place in the chapter. Safe to repeat.
///
/// # Errors
/// `version_conflict` where somebody else saved it since; `invalid_request` naming every field that
/// cannot stay.
pub async fn save(tx: &Transaction, mut request: SaveLesson, now: DateTime<Utc>) -> Result<()> {
    let lesson = find_locked(tx, request.lesson).await?;
    check(&mut request, &lesson)?;
    let mut content = content::tidy(tx, request.content).await?;
    fit_twin(tx, (&lesson, request.version), &mut content).await?;
    if lesson.version != request.version {
        // Whoever did not hear that it had arrived sends it again.
        let again = says(&lesson, &request.title, request.minutes, &content)
            && request.position.is_none_or(|it| it == lesson.position);
        return if again { Ok(()) } else { Err(Code::VersionConflict.into()) };
    }
    let ready = content::gaps(&content).is_empty();
    standards::follow_cards(tx, lesson.id, &lesson.content.0, &content).await?;
    let changed = lesson::ActiveModel {
        title: Set(request.title),
        minutes: Set(i32::try_from(request.minutes).unwrap_or(i32::MAX)),
        content: Set(Content(content)),
        ready: Set(ready),
        updated_at: Set(now),
        ..Default::default()
    };
    lesson::Entity::update_many()
        .set(changed)
        .col_expr(lesson::Column::Version, Expr::value(request.version.saturating_add(1)))
        .filter(lesson::Column::Id.eq(lesson.id))
        .exec(tx)
        .await?;
    let moved = request.position.map(|position| (lesson.id, position));
    arrange(tx, lesson.chapter_id, moved).await?;
    settle(tx, lesson.course_id, now).await
}

/// Whether a lesson is this already.
fn says(lesson: &lesson::Model, title: &str, minutes: u32, content: &LessonContent) -> bool {
    lesson.title == title
        && u32::try_from(lesson.minutes) == Ok(minutes)
        && lesson.content.0 == *content
}

fn check(request: &mut SaveLesson, lesson: &lesson::Model) -> Result<()> {
    let mut fields = Fields::default();
    fields.title("title", &mut request.title);
    if !(1..=60).contains(&request.minutes) {
        fields.refuse("minutes", "时长填 1 到 60 分钟");
    }
    if request.content.kind() != lesson.kind {
        fields.refuse("content", format!("这是一个{}课时，形式不能改", lesson.kind.label()));
    }
    fields.done()
}

/// Checks that what is named as the 图文版 is one. Where it was and is none any more it is forgotten, so
/// that whoever writes on, or sends once more what was written, is not held up.
async fn fit_twin(
    tx: &Transaction,
    (lesson, version): (&lesson::Model, i32),
    content: &mut LessonContent,
) -> Result<()> {
    let Some(twin) = content.twin_mut() else { return Ok(()) };
    let Some(id) = *twin else { return Ok(()) };
    let there = lesson::Entity::find_by_id(id)
        .filter(lesson::Column::CourseId.eq(lesson.course_id))
        .filter(lesson::Column::Kind.eq(LessonKind::Article))
        .filter(lesson::Column::RemovedAt.is_null())
        .one(tx)
        .await?
        .is_some();
    let was = lesson.content.0.twin() == Some(id) || lesson.version != version;
    if !there && was {
        *twin = None;
    } else if !there {
        let mut fields = Fields::default();
        fields.refuse("content.twin", "这门课里没有找到这一课图文，请重新选");
        return fields.done();
    }
    Ok(())
}

/// Removes a lesson from what is written; learners keep what they read and how far they got.
pub(super) async fn remove(
    tx: &Transaction,
    request: RemoveLesson,
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let lesson = find_locked(tx, request.lesson).await?;
    take_out(tx, lesson::Column::Id.eq(lesson.id), now).await?;
    arrange(tx, lesson.chapter_id, None).await?;
    settle(tx, lesson.course_id, now).await?;
    Ok(lesson.course_id)
}

/// Removes lessons; of those that a revision has, the row stays, for what people studied of them.
pub(super) async fn take_out(tx: &Transaction, which: Expr, now: DateTime<Utc>) -> Result<()> {
    let frozen = revision_lesson::Entity::find()
        .select_only()
        .column(revision_lesson::Column::LessonId)
        .into_query();
    lesson::Entity::update_many()
        .col_expr(lesson::Column::RemovedAt, Expr::value(now))
        .filter(which.clone())
        .filter(lesson::Column::RemovedAt.is_null())
        .filter(lesson::Column::Id.in_subquery(frozen))
        .exec(tx)
        .await?;
    lesson::Entity::delete_many()
        .filter(which)
        .filter(lesson::Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

async fn find(db: &Connection, id: LessonId) -> Result<lesson::Model> {
    let find = lesson::Entity::find_by_id(id).filter(lesson::Column::RemovedAt.is_null());
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// A lesson whose course is about to be changed.
pub(super) async fn find_locked(tx: &Transaction, id: LessonId) -> Result<lesson::Model> {
    managed::lock(tx, find(tx, id).await?.course_id).await?;
    // Again: whoever held the course until now may have changed or removed it.
    find(tx, id).await
}

pub(super) async fn order(tx: &Transaction, chapter: ChapterId) -> Result<Vec<LessonId>> {
    let ids = lesson::Entity::find()
        .select_only()
        .column(lesson::Column::Id)
        .filter(lesson::Column::ChapterId.eq(chapter))
        .filter(lesson::Column::RemovedAt.is_null())
        .order_by_asc(lesson::Column::Position)
        .order_by_asc(lesson::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids)
}

/// Numbers the lessons of a chapter from 1 after one came, went or moved.
pub(super) async fn arrange(
    tx: &Transaction,
    chapter: ChapterId,
    moved: Option<(LessonId, i32)>,
) -> Result<()> {
    for (id, position) in places(order(tx, chapter).await?, moved) {
        lesson::Entity::update_many()
            .col_expr(lesson::Column::Position, Expr::value(position))
            .filter(lesson::Column::Id.eq(id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
