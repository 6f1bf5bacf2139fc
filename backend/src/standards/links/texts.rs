//! What lessons and questions that are linked to clauses say: as they are written to those who may change
//! their course, else as newcomers read them.

use std::collections::{HashMap, HashSet};

use shared::{
    courses::{CourseId, LessonId},
    quizzes::QuestionId,
};

use crate::{Result, courses, db::Connection, quizzes, standards::entity::link};

/// Ids of one kind, those of courses that somebody may change apart from the others.
fn parted<Id>(
    rows: &[&link::Model],
    managed: &HashSet<CourseId>,
    id: impl Fn(&link::Model) -> Option<Id>,
) -> (Vec<Id>, Vec<Id>) {
    let (own, others): (Vec<_>, Vec<_>) =
        rows.iter().copied().partition(|it| managed.contains(&it.course_id));
    let ids = |rows: Vec<&link::Model>| rows.into_iter().filter_map(&id).collect();
    (ids(own), ids(others))
}

/// What lessons are called.
pub async fn lessons(
    db: &Connection,
    rows: &[&link::Model],
    managed: &HashSet<CourseId>,
) -> Result<HashMap<LessonId, String>> {
    let (own, others) = parted(rows, managed, |it| it.lesson_id);
    let mut found = courses::lesson_titles(db, &own).await?;
    found.extend(courses::live_lesson_titles(db, &others).await?);
    Ok(found)
}

/// What questions ask.
pub async fn questions(
    db: &Connection,
    rows: &[&link::Model],
    managed: &HashSet<CourseId>,
) -> Result<HashMap<QuestionId, String>> {
    let (own, others) = parted(rows, managed, |it| it.question_id);
    let mut found = quizzes::stems(db, &own).await?;
    found.extend(quizzes::stems_in(db, &others, courses::live_revision_ids()).await?);
    Ok(found)
}
