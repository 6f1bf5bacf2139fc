//! What 标准仓 asks of courses: what can be linked to a clause, what learners read, and which courses
//! have no link yet.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, sea_query::SelectStatement,
};
use serde_json::Value;
use shared::{
    accounts::{PersonId, Role},
    content::LessonContent,
    courses::{CourseId, CourseStatus, LessonId},
    problem::Code,
    revisions::RevisionId,
};

use super::{
    entity::{course, course_revision, lesson, revision_lesson},
    managed,
    outline::Outline,
};
use crate::{
    Result,
    accounts::{Reach, who_reach_course},
    db::Connection,
};

/// A lesson as its authors see it.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonHead {
    pub course: CourseId,
    pub title: String,
    pub content: LessonContent,
}

/// What learners read of a course.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveText {
    pub title: String,
    pub summary: String,
    pub lessons: Vec<(LessonId, String, Value)>,
}

/// A lesson that can be linked to.
///
/// # Errors
/// `not_found`
pub async fn lesson_head(db: &Connection, id: LessonId) -> Result<LessonHead> {
    let find = lesson::Entity::find_by_id(id).filter(lesson::Column::RemovedAt.is_null());
    Ok(find.one(db).await?.map(head).ok_or(Code::NotFound)?)
}

/// The lessons that are written in a course, in their order.
pub async fn lesson_heads(
    db: &Connection,
    course: CourseId,
) -> Result<Vec<(LessonId, LessonHead)>> {
    let chapters = Outline::of(db, course).await?.chapters;
    let lessons = chapters.into_iter().flat_map(|it| it.1);
    Ok(lessons.map(|it| (it.id, head(it))).collect())
}

fn head(lesson: lesson::Model) -> LessonHead {
    LessonHead { course: lesson.course_id, title: lesson.title, content: lesson.content.0 }
}

/// Ids of the revisions that learners read.
pub fn live_revision_ids() -> SelectStatement {
    live().into_query()
}

/// The id of the revision that learners read of a course; none where they read none.
pub fn live_revision(id: CourseId) -> SelectStatement {
    live().filter(course::Column::Id.eq(id)).into_query()
}

fn live() -> Select<course::Entity> {
    course::Entity::find()
        .select_only()
        .column(course::Column::LiveRevisionId)
        .filter(course::Column::LiveRevisionId.is_not_null())
        .filter(course::Column::Status.eq(CourseStatus::Published))
}

/// Ids of the lessons that newcomers read of a course.
pub fn live_lessons(id: CourseId) -> SelectStatement {
    revision_lesson::Entity::find()
        .select_only()
        .column(revision_lesson::Column::LessonId)
        .filter(revision_lesson::Column::RevisionId.in_subquery(live_revision(id)))
        .into_query()
}

/// What newcomers read lessons are called, of those that they read.
pub async fn live_lesson_titles(
    db: &Connection,
    ids: &[LessonId],
) -> Result<HashMap<LessonId, String>> {
    use revision_lesson::Column::{LessonId, RevisionId, Title};
    let find = revision_lesson::Entity::find().select_only().columns([LessonId, Title]);
    let find = find.filter(LessonId.is_in(ids.iter().copied()));
    let live = find.filter(RevisionId.in_subquery(live_revision_ids()));
    let found: Vec<(shared::courses::LessonId, String)> = live.into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

/// Ids of the lessons that are no longer written in a course.
pub fn removed_lessons(id: CourseId) -> SelectStatement {
    lesson::Entity::find()
        .select_only()
        .column(lesson::Column::Id)
        .filter(lesson::Column::CourseId.eq(id))
        .filter(lesson::Column::RemovedAt.is_not_null())
        .into_query()
}

/// Everybody who may change a course now.
pub async fn officers(db: &Connection, id: CourseId) -> Result<Vec<PersonId>> {
    let course = managed::by_id(db, id).await?;
    who_reach_course(db, Role::TrainingOfficer, id, course.organization_id).await
}

/// Ids of the courses that somebody who reaches so far may look at.
pub fn readable_ids(reach: &Reach) -> SelectStatement {
    let find = course::Entity::find().select_only().column(course::Column::Id);
    find.filter(managed::readable(reach)).into_query()
}

/// Ids of the courses that somebody who reaches so far may change.
pub fn managed_ids(reach: &Reach) -> SelectStatement {
    let find = course::Entity::find().select_only().column(course::Column::Id);
    find.filter(managed::managed(reach)).into_query()
}

/// Published courses that somebody who reaches so far may look at and that are not among these: some
/// of them, and how many there are.
pub async fn published_except(
    db: &Connection,
    reach: &Reach,
    those: SelectStatement,
    (skip, most): (u64, u64),
) -> Result<(Vec<(CourseId, String)>, u64)> {
    let find = course::Entity::find()
        .filter(managed::readable(reach))
        .filter(course::Column::Status.eq(CourseStatus::Published))
        .filter(course::Column::Id.not_in_subquery(those));
    let total = find.clone().count(db).await?;
    let some = find
        .select_only()
        .columns([course::Column::Id, course::Column::Title])
        .order_by_asc(course::Column::Title)
        .order_by_asc(course::Column::Id)
        .offset(skip)
        .limit(most);
    Ok((some.into_tuple().all(db).await?, total))
}

/// Which revision learners read of each published course.
pub async fn live_revisions(db: &Connection) -> Result<Vec<(CourseId, RevisionId)>> {
    let live: Vec<(CourseId, Option<RevisionId>)> = course::Entity::find()
        .select_only()
        .columns([course::Column::Id, course::Column::LiveRevisionId])
        .filter(course::Column::Status.eq(CourseStatus::Published))
        .into_tuple()
        .all(db)
        .await?;
    Ok(live.into_iter().filter_map(|(course, revision)| Some((course, revision?))).collect())
}

/// All that learners read of a revision.
pub async fn live_text(db: &Connection, id: RevisionId) -> Result<Option<LiveText>> {
    let Some(found) = course_revision::Entity::find_by_id(id).one(db).await? else {
        return Ok(None);
    };
    let lessons = revision_lesson::Entity::find()
        .filter(revision_lesson::Column::RevisionId.eq(id))
        .order_by_asc(revision_lesson::Column::Place)
        .all(db)
        .await?;
    let lesson = |it: revision_lesson::Model| {
        Ok((it.lesson_id, it.title, serde_json::to_value(it.content)?))
    };
    let lessons = lessons.into_iter().map(lesson).collect::<Result<_>>()?;
    Ok(Some(LiveText { title: found.title, summary: found.summary, lessons }))
}
