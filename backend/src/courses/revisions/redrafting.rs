//! Bringing what a revision says back into the draft, where something better was lost or spoilt since.

use std::iter;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr,
};
use shared::{
    accounts::PersonId,
    content::LessonContent,
    courses::{ChapterId, CourseId, LessonId},
    problem::Code,
    revisions::{ChapterDocument, LessonDocument, RevisionId},
};

use super::{document, finding, writers};
use crate::{
    Result,
    courses::{
        chapters,
        checks::{self, entity::CheckIds},
        content, details,
        entity::{chapter, lesson},
        lessons,
        outline::settle,
        practice,
    },
    db::Transaction,
    quizzes, standards,
};

/// Makes the draft say what a revision says, and tells the revision's number. The rows of everything
/// that was frozen are still there, so that progress, answers and links stay with them.
pub(super) async fn redraft(
    tx: &Transaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<i32> {
    let (course, revision) = finding::locked(tx, id).await?;
    let document = document::of_revision(tx, &revision).await?;
    details::bring_back(tx, &course, document.details, now).await?;
    clear(tx, course.id, &document.chapters, now).await?;
    for (position, chapter) in (1..).zip(document.chapters) {
        put_chapter(tx, position, chapter, now).await?;
    }
    quizzes::bring_back(tx, course.id, document.quiz, now).await?;
    practice::put(tx, &course, document.practice, now).await?;
    settle(tx, course.id, now).await?;
    writers::bring_back(tx, &revision, by, now).await?;
    // Before it is live again: what is back is no reason any more to hold publishing up.
    standards::settle_live(tx, course.id, now).await?;
    Ok(revision.number)
}

/// Takes out of the draft what the revision has not.
async fn clear(
    tx: &Transaction,
    course: CourseId,
    kept: &[ChapterDocument],
    now: DateTime<Utc>,
) -> Result<()> {
    let lessons = kept.iter().flat_map(|it| &it.lessons).map(|it| it.id);
    let others = lesson::Column::CourseId
        .eq(course)
        .and(lesson::Column::Id.is_not_in(lessons.collect::<Vec<LessonId>>()));
    lessons::take_out(tx, others, now).await?;
    let kept: Vec<ChapterId> = kept.iter().map(|it| it.id).collect();
    for chapter in chapters::order(tx, course).await? {
        if !kept.contains(&chapter) {
            chapters::take_out(tx, chapter, now).await?;
        }
    }
    Ok(())
}

async fn put_chapter(
    tx: &Transaction,
    position: i32,
    document: ChapterDocument,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = document.id;
    let row = chapter::ActiveModel {
        position: Set(position),
        title: Set(document.title),
        removed_at: Set(None),
        ..Default::default()
    };
    let this = chapter::Column::Id.eq(id);
    chapter::Entity::update_many().set(row).filter(this).exec(tx).await?;
    for (position, lesson) in iter::zip(1.., document.lessons) {
        put_lesson(tx, (id, position), lesson, now).await?;
    }
    Ok(())
}

async fn put_lesson(
    tx: &Transaction,
    (chapter, position): (ChapterId, i32),
    mut document: LessonDocument,
    now: DateTime<Utc>,
) -> Result<()> {
    if let LessonContent::Video(it) | LessonContent::Recording(it) = &mut document.content {
        content::forget_subtitles(it);
    }
    let before = lesson::Entity::find_by_id(document.id).one(tx).await?.ok_or(Code::NotFound)?;
    standards::follow_cards(tx, document.id, &before.content.0, &document.content).await?;
    let row = lesson::ActiveModel {
        chapter_id: Set(chapter),
        position: Set(position),
        title: Set(document.title),
        minutes: Set(i32::try_from(document.minutes).unwrap_or(i32::MAX)),
        ready: Set(content::gaps(&document.content).is_empty()),
        content: Set(lesson::Content(document.content)),
        updated_at: Set(now),
        removed_at: Set(None),
        ..Default::default()
    };
    // Whoever has the lesson open is told that somebody else changed it.
    lesson::Entity::update_many()
        .set(row)
        .col_expr(lesson::Column::Version, Expr::col(lesson::Column::Version).add(1))
        .filter(lesson::Column::Id.eq(document.id))
        .exec(tx)
        .await?;
    checks::bring_back(tx, document.id, CheckIds(document.checks)).await
}
