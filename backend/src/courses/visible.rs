//! Which courses somebody may see: the one place that decides it.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
};
use shared::{
    courses::{CourseId, CourseStatus, LessonId},
    problem::Code,
};

use super::entity::{course, lesson};
use crate::{Result, accounts::Caller};

/// The courses the caller may see: everybody on the roster sees what is published. Drafts are seen
/// through the console's own doors only.
pub fn visible_to(_caller: &Caller) -> Select<course::Entity> {
    course::Entity::find().filter(course::Column::Status.eq(CourseStatus::Published))
}

/// The lessons the caller may see: the ready ones of visible courses.
pub fn visible_lessons(caller: &Caller) -> Select<lesson::Entity> {
    let courses = visible_to(caller).select_only().column(course::Column::Id).into_query();
    lesson::Entity::find()
        .filter(lesson::Column::Ready.eq(true))
        .filter(lesson::Column::CourseId.in_subquery(courses))
}

/// One visible lesson.
///
/// # Errors
/// `not_found`, whether it is missing or may not be seen.
pub async fn visible_lesson(
    db: &impl ConnectionTrait,
    caller: &Caller,
    id: LessonId,
) -> Result<lesson::Model> {
    let found = visible_lessons(caller).filter(lesson::Column::Id.eq(id)).one(db).await?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// Whether learners see the course.
pub async fn is_published(db: &impl ConnectionTrait, id: CourseId) -> Result<bool> {
    let status: Option<CourseStatus> = course::Entity::find_by_id(id)
        .select_only()
        .column(course::Column::Status)
        .into_tuple()
        .one(db)
        .await?;
    Ok(status == Some(CourseStatus::Published))
}

/// A course's title, whatever its status.
pub async fn title(db: &impl ConnectionTrait, id: CourseId) -> Result<String> {
    Ok(titles(db, &[id]).await?.remove(&id).ok_or(Code::NotFound)?)
}

/// Titles of courses, whatever their status.
pub async fn titles(
    db: &impl ConnectionTrait,
    ids: &[CourseId],
) -> Result<HashMap<CourseId, String>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows: Vec<(CourseId, String)> = course::Entity::find()
            .select_only()
            .columns([course::Column::Id, course::Column::Title])
            .filter(course::Column::Id.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Title and number of ready lessons of courses, whatever their status.
pub async fn sizes(
    db: &impl ConnectionTrait,
    ids: &[CourseId],
) -> Result<HashMap<CourseId, (String, u32)>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows: Vec<(CourseId, String, i32)> = course::Entity::find()
            .select_only()
            .columns([course::Column::Id, course::Column::Title, course::Column::Lessons])
            .filter(course::Column::Id.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        let sized =
            |(id, title, lessons)| (id, (title, u32::try_from(lessons).unwrap_or_default()));
        found.extend(rows.into_iter().map(sized));
    }
    Ok(found)
}
