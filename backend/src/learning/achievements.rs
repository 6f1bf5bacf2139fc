//! What a learner achieved.

use std::cmp::Reverse;

use shared::{
    accounts::PersonId,
    courses::CourseId,
    learning::{Achievements, FinishedCourse},
};

use super::progress::reached_by;
use crate::{Result, courses, db::Connection, quizzes, training};

pub(super) async fn achievements(db: &Connection, person: PersonId) -> Result<Achievements> {
    Ok(Achievements {
        courses: finished_courses(db, person).await?,
        results: quizzes::records(db, person).await?,
        sessions: training::attended_by(db, person).await?,
    })
}

/// Whether somebody finished a course.
pub(super) async fn has_finished(
    db: &Connection,
    person: PersonId,
    course: CourseId,
) -> Result<bool> {
    Ok(finished_courses(db, person).await?.iter().any(|it| it.course == course))
}

/// Courses with every lesson finished and the quiz, if any, passed; the last finished first.
/// Retired ones are still achieved.
async fn finished_courses(db: &Connection, person: PersonId) -> Result<Vec<FinishedCourse>> {
    let reached = reached_by(db, person).await?;
    let ids: Vec<CourseId> = reached.keys().copied().collect();
    let learned = courses::learned_by(db, person, &ids).await?;
    let passed = quizzes::passed_by(db, person, &ids).await?;
    let finished =
        learned.into_iter().filter_map(|(course, courses::Learned { title, lessons, .. })| {
            let reached = reached.get(&course)?;
            let done = lessons > 0 && reached.finished >= lessons;
            let finished_at = reached.last_finished_at.filter(|_| done)?;
            let passed = passed.get(&course).copied().unwrap_or(true);
            passed.then_some(FinishedCourse { course, title, finished_at })
        });
    let mut finished: Vec<_> = finished.collect();
    finished.sort_by_key(|it| Reverse(it.finished_at));
    Ok(finished)
}
