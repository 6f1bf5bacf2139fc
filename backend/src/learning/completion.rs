//! Who has done all that a course asks of them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, sea_query::SelectStatement};
use shared::{accounts::PersonId, courses::CourseId, revisions::RevisionId};

use super::{
    entity::lesson_progress,
    progress::{Reached, reached_among, reached_in},
};
use crate::{
    Result,
    courses::{self, LearnedIn},
    db::Connection,
    quizzes,
};

/// What everybody did of what their revision of a course asks: what an officer writes meanwhile asks
/// nobody for more.
pub struct Completion {
    learned: LearnedIn,
    /// Of those revisions that have a quiz.
    asking: HashMap<RevisionId, u32>,
    reached: HashMap<PersonId, Reached>,
    scores: HashMap<PersonId, (u32, bool)>,
}

impl Completion {
    pub async fn of(db: &Connection, course: CourseId) -> Result<Self> {
        let (reached, scores) =
            (reached_in(db, course).await?, quizzes::best_scores(db, course).await?);
        Self::with(db, course, (reached, scores)).await
    }

    /// Of these people only, given as a subquery: the others have done nothing.
    pub async fn among(
        db: &Connection,
        people: &SelectStatement,
        course: CourseId,
    ) -> Result<Self> {
        let theirs = lesson_progress::Column::PersonId.in_subquery(people.clone());
        let reached = reached_among(db, course, Condition::all().add(theirs)).await?;
        let scores = quizzes::best_scores_among(db, people, course).await?;
        Self::with(db, course, (reached, scores)).await
    }

    async fn with(
        db: &Connection,
        course: CourseId,
        (reached, scores): (HashMap<PersonId, Reached>, HashMap<PersonId, (u32, bool)>),
    ) -> Result<Self> {
        let learned = courses::learned_in(db, course).await?;
        let asking = quizzes::asked_counts(db, learned.revisions()).await?;
        Ok(Self { learned, asking, reached, scores })
    }

    /// Whether somebody has finished every lesson, and passed the quiz where there is one. A course
    /// that was never published asks for nothing.
    pub fn has(&self, person: PersonId) -> bool {
        let Some((revision, lessons)) = self.learned.by(person) else { return true };
        let finished = self.reached.get(&person).is_some_and(|it| it.finished >= lessons);
        let has_quiz = self.asking.contains_key(&revision);
        finished && (!has_quiz || self.scores.get(&person).is_some_and(|it| it.1))
    }
}
