//! The end of attempts: frozen and graded, however they ended.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter,
    sea_query::{Expr, JoinType, Query},
};
use shared::quizzes::{AttemptId, AttemptState, SubmitReason};
use uuid::Uuid;

use super::{
    attempt::running,
    entity::{
        OptionIndexes, Positions, answer,
        attempt::{Column, Entity, Model},
        attempt_item as item, result,
    },
    grading::{GRADING_VERSION, Grade, Marked, grade},
    key::Keys,
    sheet::answer_of_item,
};
use crate::{Result, db::Connection};

/// Ends running attempts that the transaction has locked, and grades them.
pub async fn close(
    tx: &Connection,
    attempts: &[Model],
    reason: SubmitReason,
    now: DateTime<Utc>,
) -> Result<()> {
    let ids: Vec<AttemptId> = attempts.iter().map(|it| it.id).collect();
    let ended_at = match reason {
        SubmitReason::Timeout => Expr::col(Column::DeadlineAt),
        SubmitReason::Learner | SubmitReason::Officer => Expr::val(now),
    };
    Entity::update_many()
        .col_expr(Column::State, Expr::val(AttemptState::Submitted.to_value()))
        .col_expr(Column::SubmitReason, Expr::val(reason.to_value()))
        .col_expr(Column::SubmittedAt, ended_at)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(running())
        .exec(tx)
        .await?;
    let answered = answered_items(tx, &ids).await?;
    let keys = Keys::load(tx, answered.iter().map(|it| it.question_version_id)).await?;
    let mut results = Vec::with_capacity(attempts.len());
    for (attempt, items) in by_attempt(attempts, &answered) {
        let marked = items.iter().map(|it| it.mark(&keys)).collect::<Result<Vec<_>>>()?;
        let graded = grade(&marked, attempt.pass_mark);
        results.push(result_of(attempt.id, graded, now).into_active_model());
    }
    result::Entity::insert_many(results)
        .on_conflict_do_nothing()
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct AnsweredItem {
    attempt_id: AttemptId,
    position: i32,
    question_version_id: Uuid,
    chosen: Option<OptionIndexes>,
}

impl AnsweredItem {
    fn mark<'a>(&'a self, keys: &'a Keys) -> Result<Marked<'a>> {
        let chosen = self.chosen.as_ref().map_or(&[][..], |it| &it.0);
        Ok(Marked { position: self.position, key: keys.of(self.question_version_id)?, chosen })
    }
}

async fn answered_items(tx: &Connection, attempts: &[AttemptId]) -> Result<Vec<AnsweredItem>> {
    let mut select = Query::select();
    select
        .columns([
            (item::Entity, item::Column::AttemptId),
            (item::Entity, item::Column::Position),
            (item::Entity, item::Column::QuestionVersionId),
        ])
        .column((answer::Entity, answer::Column::Chosen))
        .from(item::Entity)
        .join(JoinType::LeftJoin, answer::Entity, answer_of_item())
        .and_where(item::Column::AttemptId.is_in(attempts.iter().copied()));
    let build = tx.get_database_backend().build(&select);
    Ok(AnsweredItem::find_by_statement(build).all(tx).await?)
}

fn by_attempt<'a>(
    attempts: &'a [Model],
    items: &'a [AnsweredItem],
) -> impl Iterator<Item = (&'a Model, Vec<&'a AnsweredItem>)> {
    let mut of: HashMap<AttemptId, Vec<&AnsweredItem>> = HashMap::with_capacity(attempts.len());
    for item in items {
        of.entry(item.attempt_id).or_default().push(item);
    }
    attempts.iter().map(move |attempt| (attempt, of.remove(&attempt.id).unwrap_or_default()))
}

fn result_of(attempt_id: AttemptId, grade: Grade, now: DateTime<Utc>) -> result::Model {
    result::Model {
        attempt_id,
        grading_version: GRADING_VERSION,
        score: grade.score,
        correct: grade.correct,
        questions: grade.questions,
        passed: grade.passed,
        right_positions: Positions(grade.right_positions),
        graded_at: now,
    }
}

/// The result of a submitted attempt.
pub async fn result(db: &Connection, attempt: AttemptId) -> Result<result::Model> {
    let found = result::Entity::find_by_id((attempt, GRADING_VERSION)).one(db).await?;
    Ok(found.context("a submitted attempt has a result")?)
}
