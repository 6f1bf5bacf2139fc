//! Bringing the quiz of a revision back into what is written.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    authoring::QuizDraft,
    courses::CourseId,
    problem::Code,
    revisions::{QuestionDocument, QuizDocument},
};

use super::{drafting, entity::question, quiz::of_course};
use crate::{Result, db::Transaction};

/// Makes the quiz of a course ask what it asked in a revision; the caller has locked the course. What
/// was frozen is there for good, so that nothing is written anew.
pub async fn bring_back(
    tx: &Transaction,
    course: CourseId,
    document: Option<QuizDocument>,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(QuizDocument { settings, questions }) = document else {
        return drafting::remove(tx, course, now).await;
    };
    let quiz = of_course(tx, course).await?.ok_or(Code::NotFound)?;
    let draft = QuizDraft { course, version: quiz.version, settings, questions: Vec::new() };
    drafting::save_settings(tx, &draft, now).await?;
    question::Entity::update_many()
        .col_expr(question::Column::RemovedAt, Expr::val(now))
        .filter(question::Column::QuizId.eq(quiz.id))
        .filter(question::Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    for (position, QuestionDocument { question, version }) in (1..).zip(questions) {
        let row = question::ActiveModel {
            position: Set(position),
            current_version_id: Set(version),
            removed_at: Set(None),
            ..Default::default()
        };
        let this = question::Column::Id.eq(question);
        question::Entity::update_many().set(row).filter(this).exec(tx).await?;
    }
    Ok(())
}
