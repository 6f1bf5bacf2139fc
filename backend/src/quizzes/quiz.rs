//! Finding quizzes.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::{
    courses::CourseId,
    problem::{Code, Problem},
    quizzes::QuizId,
    time::moment,
};

use super::entity::quiz::{Column, Entity, Model};
use crate::{Result, courses};

/// A quiz that learners can see: that of a published course.
pub async fn visible(db: &impl ConnectionTrait, id: QuizId) -> Result<Model> {
    let quiz = by_id(db, id).await?;
    if courses::is_published(db, quiz.course_id).await? {
        Ok(quiz)
    } else {
        Err(Code::NotFound.into())
    }
}

pub async fn by_id(db: &impl ConnectionTrait, id: QuizId) -> Result<Model> {
    Ok(Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// The quiz of a course, if it has one.
pub async fn of_course(db: &impl ConnectionTrait, course: CourseId) -> Result<Option<Model>> {
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
