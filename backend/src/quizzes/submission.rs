//! Handing in: the first submission stands, freezes the answers and is graded in the same commit.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{
    accounts::PersonId,
    problem::Code,
    quizzes::{AttemptId, AttemptState, SubmitAttempt, SubmitReason, SubmittedAttempt},
};

use super::{
    answers,
    closing::close,
    draft_rules::MAX_QUESTIONS,
    entity::attempt::{Column, Entity, Model},
    writing,
};
use crate::{
    Result,
    audit::{self, Actor, Event},
    db::Connection,
};

/// Submits an attempt with what was not saved yet; a submission that comes late is accepted as the
/// end of the attempt, without the answers it brings.
pub async fn submit(
    tx: &Connection,
    request: &SubmitAttempt,
    (actor, person): (Actor, PersonId),
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
        let act = actor.did(Event::AttemptSubmitted, attempt.id).with("reason", reason);
        audit::record(tx, &act, now).await?;
    }
    outcome(tx, request, attempt).await
}

async fn lock(tx: &Connection, id: AttemptId, person: PersonId) -> Result<Model> {
    let find = Entity::find_by_id(id).filter(Column::PersonId.eq(person)).lock_exclusive();
    Ok(find.one(tx).await?.ok_or(Code::NotFound)?)
}

/// The same for every repetition of a submission.
async fn outcome(
    tx: &Connection,
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
