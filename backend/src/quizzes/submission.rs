//! Handing in: the first submission stands, freezes the answers and is graded in the same commit.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QuerySelect,
    sea_query::{Expr, JoinType, Query},
};
use shared::{
    accounts::PersonId,
    problem::Code,
    quizzes::{AttemptId, AttemptState, SubmitAttempt, SubmitReason, SubmittedAttempt},
};
use uuid::Uuid;

use super::{
    answers,
    draft_rules::MAX_QUESTIONS,
    entity::{
        OptionIndexes, Positions, answer,
        attempt::{Column, Entity, Model},
        attempt_item as item, result,
    },
    grading::{GRADING_VERSION, Grade, Marked, grade},
    key::Keys,
    sheet::answer_of_item,
    writing,
};
use crate::Result;

/// Submits an attempt with what was not saved yet; a submission that comes late is accepted as the
/// end of the attempt, without the answers it brings.
pub async fn submit(
    tx: &impl ConnectionTrait,
    request: &SubmitAttempt,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<SubmittedAttempt> {
    answers::count_up_to(MAX_QUESTIONS, &request.answers)?;
    let mut reason = SubmitReason::Timeout;
    let open = writing::open(tx, request.attempt, person, &request.answers, now).await?;
    if let Some(open) = open {
        open.written_by(request.writer_epoch)?;
        let choices = open.choices(&request.answers)?;
        answers::keep(tx, request.attempt, &choices, now).await?;
        reason = SubmitReason::Learner;
    }
    let mut attempt = lock(tx, request.attempt, person).await?;
    if attempt.is_running() {
        attempt.end(reason, now);
        close(tx, std::slice::from_ref(&attempt), reason, now).await?;
    }
    outcome(tx, request, attempt).await
}

async fn lock(tx: &impl ConnectionTrait, id: AttemptId, person: PersonId) -> Result<Model> {
    let find = Entity::find_by_id(id).filter(Column::PersonId.eq(person)).lock_exclusive();
    Ok(find.one(tx).await?.ok_or(Code::NotFound)?)
}

/// The same for every repetition of a submission.
async fn outcome(
    tx: &impl ConnectionTrait,
    request: &SubmitAttempt,
    attempt: Model,
) -> Result<SubmittedAttempt> {
    let (Some(submitted_at), Some(reason)) = (attempt.submitted_at, attempt.submit_reason) else {
        return Err(Code::AttemptOver.into());
    };
    let positions: Vec<i32> = request.answers.iter().map(|it| it.position).collect();
    let mut late_ignored = Vec::new();
    if !positions.is_empty() {
        let stored = answers::stored(tx, attempt.id, positions).await?;
        let kept = |position| stored.get(position).copied().unwrap_or_default();
        let ignored = request.answers.iter().filter(|it| it.client_seq > kept(&it.position));
        late_ignored.extend(ignored.map(|it| it.position));
        late_ignored.sort_unstable();
        late_ignored.dedup();
    }
    Ok(SubmittedAttempt { attempt: attempt.id, submitted_at, reason, late_ignored })
}

impl Model {
    /// An attempt that ran out of time ended with its time, whenever that was noticed.
    fn end(&mut self, reason: SubmitReason, now: DateTime<Utc>) {
        let timed_out = reason == SubmitReason::Timeout;
        self.state = AttemptState::Submitted;
        self.submitted_at = Some(if timed_out { self.deadline_at } else { now });
        self.submit_reason = Some(reason);
    }
}

/// Ends running attempts that the transaction has locked, and grades them.
pub async fn close(
    tx: &impl ConnectionTrait,
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
        .filter(super::attempt::running())
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

async fn answered_items(
    tx: &impl ConnectionTrait,
    attempts: &[AttemptId],
) -> Result<Vec<AnsweredItem>> {
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
pub async fn result(db: &impl ConnectionTrait, attempt: AttemptId) -> Result<result::Model> {
    let found = result::Entity::find_by_id((attempt, GRADING_VERSION)).one(db).await?;
    Ok(found.context("a submitted attempt has a result")?)
}
