//! Moving a lesson to another chapter.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use shared::{authoring::MoveLesson, courses::CourseId, problem::Code};

use super::{
    chapters,
    entity::lesson,
    fields::Fields,
    lessons::{arrange, find_locked, order},
    outline::settle,
};
use crate::{Result, db::Transaction};

/// Puts a lesson after the others of a chapter. What is written in it does not change, and neither does
/// its version: whoever has it open goes on writing.
///
/// # Errors
/// `not_found` where it is another course's chapter; `invalid_request` where the chapter is full.
pub(super) async fn move_to(
    tx: &Transaction,
    request: MoveLesson,
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let lesson = find_locked(tx, request.lesson).await?;
    let chapter = chapters::find(tx, request.chapter).await?;
    if chapter.course_id != lesson.course_id {
        return Err(Code::NotFound.into());
    }
    if chapter.id == lesson.chapter_id {
        return Ok(lesson.course_id);
    }
    let mut fields = Fields::default();
    fields.at_most("chapter", order(tx, chapter.id).await?.len() + 1, 100);
    fields.done()?;
    let row = lesson::ActiveModel {
        id: Set(lesson.id),
        chapter_id: Set(chapter.id),
        position: Set(i32::MAX),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    arrange(tx, lesson.chapter_id, None).await?;
    arrange(tx, chapter.id, None).await?;
    settle(tx, lesson.course_id, now).await?;
    Ok(lesson.course_id)
}
