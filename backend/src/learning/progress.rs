//! What is known of people's progress.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};
use shared::{
    accounts::PersonId,
    courses::{CourseId, LessonId},
    learning::LessonProgress,
};

use super::entity::lesson_progress::{self, Column};
use crate::{Result, courses, db::Connection};

/// Somebody's progress in one lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studied {
    pub progress: LessonProgress,
    /// The last report.
    pub updated_at: DateTime<Utc>,
}

/// `(lesson_id, finished_at)` of the lessons a person began: for joining in another domain's statement,
/// so that a list of courses needs no statement of its own for progress.
pub fn begun_lessons(person: PersonId) -> SelectStatement {
    lesson_progress::Entity::find()
        .select_only()
        .columns([Column::LessonId, Column::FinishedAt])
        .filter(Column::PersonId.eq(person))
        .into_query()
}

/// A person's progress in the lessons of one course that they began.
pub async fn studied_by(
    db: &Connection,
    person: PersonId,
    course: CourseId,
) -> Result<HashMap<LessonId, Studied>> {
    let found = lesson_progress::Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::CourseId.eq(course))
        .all(db)
        .await?;
    let studied = |row: lesson_progress::Model| {
        let (id, updated_at) = (row.lesson_id, row.updated_at);
        (id, Studied { progress: row.into(), updated_at })
    };
    Ok(found.into_iter().map(studied).collect())
}

/// How far somebody got in a course.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// Lessons finished.
    pub finished: u32,
    /// When the last of them was.
    pub last_finished_at: Option<DateTime<Utc>>,
}

/// Everybody who began the course, and how far they got.
pub async fn reached_in(db: &Connection, course: CourseId) -> Result<HashMap<PersonId, Reached>> {
    reached_among(db, course, Condition::all()).await
}

/// The same of those whom a condition on the table of progress lets through.
pub(super) async fn reached_among(
    db: &Connection,
    course: CourseId,
    whom: Condition,
) -> Result<HashMap<PersonId, Reached>> {
    let found: Vec<(PersonId, i64, Option<DateTime<Utc>>)> = lesson_progress::Entity::find()
        .filter(whom)
        .select_only()
        .column(Column::PersonId)
        .column_as(Column::FinishedAt.count(), "finished")
        .column_as(Column::FinishedAt.max(), "last_finished_at")
        .filter(Column::CourseId.eq(course))
        .filter(of_what_they_learn())
        .group_by(Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    let reached = |(person, finished, last_finished_at)| {
        let finished = u32::try_from(finished).unwrap_or(u32::MAX);
        (person, Reached { finished, last_finished_at })
    };
    Ok(found.into_iter().map(reached).collect())
}

/// Which of these people, given as a subquery, began which of some courses.
pub async fn begun_among(
    db: &Connection,
    people: &SelectStatement,
    courses: &[CourseId],
) -> Result<Vec<(PersonId, CourseId)>> {
    let mut found = Vec::new();
    for some in courses.chunks(500) {
        let find = among(people)
            .columns([Column::PersonId, Column::CourseId])
            .filter(Column::CourseId.is_in(some.iter().copied()))
            .filter(of_what_they_learn())
            .distinct();
        found.extend(find.into_tuple::<(PersonId, CourseId)>().all(db).await?);
    }
    Ok(found)
}

/// Ids of the courses that any of these people, given as a subquery, began.
pub fn begun_ids(people: &SelectStatement) -> SelectStatement {
    among(people).column(Column::CourseId).into_query()
}

/// Which of these people, given as a subquery, finished which of some lessons in a revision that was
/// published from then on.
pub async fn finished_anew(
    db: &Connection,
    people: &SelectStatement,
    lessons: &[LessonId],
    since: DateTime<Utc>,
) -> Result<HashSet<(PersonId, LessonId)>> {
    let column = |column| Expr::col((lesson_progress::Entity, column));
    let (revision, finished) = (column(Column::RevisionId), column(Column::FinishedAt));
    let mut found = HashSet::new();
    for some in lessons.chunks(500) {
        let find = among(people)
            .columns([Column::PersonId, Column::LessonId])
            .filter(Column::LessonId.is_in(some.iter().copied()))
            .filter(courses::was_published(revision.clone(), since, finished.clone()));
        found.extend(find.into_tuple::<(PersonId, LessonId)>().all(db).await?);
    }
    Ok(found)
}

fn among(people: &SelectStatement) -> Select<lesson_progress::Entity> {
    lesson_progress::Entity::find()
        .select_only()
        .filter(Column::PersonId.in_subquery(people.clone()))
}

/// Progress in a lesson that the person's revision of the course no longer has is kept, and does not
/// count.
fn of_what_they_learn() -> Condition {
    let column = |column| Expr::col((lesson_progress::Entity, column));
    courses::counts_for(column(Column::PersonId), column(Column::LessonId))
}

/// How far a person got in each course they began.
pub(super) async fn reached_by(
    db: &Connection,
    person: PersonId,
) -> Result<HashMap<CourseId, Reached>> {
    let found: Vec<(CourseId, i64, Option<DateTime<Utc>>)> = lesson_progress::Entity::find()
        .select_only()
        .column(Column::CourseId)
        .column_as(Column::FinishedAt.count(), "finished")
        .column_as(Column::FinishedAt.max(), "last_finished_at")
        .filter(Column::PersonId.eq(person))
        .filter(of_what_they_learn())
        .group_by(Column::CourseId)
        .into_tuple()
        .all(db)
        .await?;
    let reached = |(course, finished, last_finished_at)| {
        let finished = u32::try_from(finished).unwrap_or(u32::MAX);
        (course, Reached { finished, last_finished_at })
    };
    Ok(found.into_iter().map(reached).collect())
}
