//! Finding quizzes, with the rules of the revision that somebody learns.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryTrait, SelectTwo,
    sea_query::{Expr, ExprTrait, JoinType},
};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    problem::{Code, Problem},
    quizzes::QuizId,
    revisions::RevisionId,
    time::moment,
};

use super::entity::{
    quiz::{Column, Entity, Model},
    quiz_revision,
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
    let found = frozen(id, person).filter(courses::is_offered()).one(db).await?;
    Ok(found.and_then(shown).ok_or(Code::NotFound)?)
}

/// A quiz with the rules that hold for somebody, whether or not the course can still be seen.
pub async fn ruled(db: &Connection, id: QuizId, person: PersonId) -> Result<Model> {
    match frozen(id, person).one(db).await?.and_then(shown) {
        Some(shown) => Ok(shown.quiz),
        None => by_id(db, id).await,
    }
}

/// A quiz with the rules of the revision that somebody learns; nothing where that has no quiz.
fn frozen(id: QuizId, person: PersonId) -> SelectTwo<Entity, quiz_revision::Entity> {
    let rules = |column| Expr::col((quiz_revision::Entity, column));
    let mut select = Entity::find_by_id(id).select_also(quiz_revision::Entity);
    let query = QueryTrait::query(&mut select);
    courses::join_course_learned(query, Expr::col((Entity, Column::CourseId)), person);
    // After what leads to it: SQLite joins in this order, and would look at the rules of every revision.
    let theirs = courses::is_learned(rules(quiz_revision::Column::RevisionId))
        .and(rules(quiz_revision::Column::QuizId).equals((Entity, Column::Id)));
    query.join(JoinType::InnerJoin, quiz_revision::Entity, theirs);
    select
}

fn shown((quiz, rules): (Model, Option<quiz_revision::Model>)) -> Option<Shown> {
    let rules = rules?;
    let revision = rules.revision_id;
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
    Some(Shown { quiz, revision })
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
