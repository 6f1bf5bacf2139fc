//! Finding quizzes, with the rules of the revision that somebody learns.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    problem::{Code, Problem},
    quizzes::QuizId,
    revisions::RevisionId,
    time::moment,
};

use super::{
    entity::quiz::{Column, Entity, Model},
    freezing,
};
use crate::{Result, courses, db::Connection};

/// A quiz and the revision whose rules and questions it has.
#[derive(Debug, Clone)]
pub struct Shown {
    pub quiz: Model,
    pub revision: RevisionId,
}

/// A quiz that somebody can take: that of a published course, as they learn it.
pub async fn visible(db: &Connection, id: QuizId, person: PersonId) -> Result<Shown> {
    let quiz = by_id(db, id).await?;
    if !courses::is_published(db, quiz.course_id).await? {
        return Err(Code::NotFound.into());
    }
    Ok(frozen(db, quiz, person).await?.ok_or(Code::NotFound)?)
}

/// A quiz with the rules that hold for somebody, whether or not the course can still be seen.
pub async fn ruled(db: &Connection, id: QuizId, person: PersonId) -> Result<Model> {
    let quiz = by_id(db, id).await?;
    let shown = frozen(db, quiz.clone(), person).await?;
    Ok(shown.map_or(quiz, |it| it.quiz))
}

/// Nothing where the revision that somebody learns has no quiz.
async fn frozen(db: &Connection, quiz: Model, person: PersonId) -> Result<Option<Shown>> {
    let course = quiz.course_id;
    let learned = courses::learned_by(db, person, &[course]).await?.remove(&course);
    let Some(revision) = learned.map(|it| it.revision) else { return Ok(None) };
    let Some(rules) = freezing::find(db, revision).await? else { return Ok(None) };
    let quiz = Model {
        title: rules.title,
        pass_mark: rules.pass_mark,
        minutes: rules.minutes,
        attempts: rules.attempts,
        release_policy: rules.release_policy,
        opens_at: rules.opens_at,
        closes_at: rules.closes_at,
        ..quiz
    };
    Ok(Some(Shown { quiz, revision }))
}

pub async fn by_id(db: &Connection, id: QuizId) -> Result<Model> {
    Ok(Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// The quiz of a course, if it has one.
pub async fn of_course(db: &Connection, course: CourseId) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::CourseId.eq(course)).one(db).await?)
}

impl Model {
    /// Whether an attempt may start now.
    ///
    /// # Errors
    /// `quiz_closed` with the reason.
    pub fn open(&self, now: DateTime<Utc>) -> Result<()> {
        let closed = |detail: String| Err(Problem::from(Code::QuizClosed).detail(detail).into());
        match (self.opens_at, self.closes_at) {
            (Some(opens_at), _) if now < opens_at => {
                closed(format!("{} 开放，到时候再来", moment(opens_at, now)))
            }
            (_, Some(closes_at)) if now >= closes_at => {
                closed(format!("已在 {} 结束", moment(closes_at, now)))
            }
            _ => Ok(()),
        }
    }
}
