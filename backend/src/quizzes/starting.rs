//! Starting an attempt: once, however often and from however many places it is asked for.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, TryInsertResult, sea_query::OnConflict,
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    quizzes::{Attempt, AttemptId, AttemptState, QuizId},
    revisions::RevisionId,
};
use uuid::Uuid;

use super::{
    drawing,
    entity::{attempt as row, attempt_item, question_version, quiz as quiz_row},
    freezing, overdue,
    quiz::{self, Shown},
    sheet::{self, SheetItem},
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::Connection,
};

/// Times to look again where other calls of the same person keep being faster.
const TRIES: usize = 5;

/// The running attempt, which is a new one if none was running.
pub async fn start(
    app: &App,
    actor: Actor,
    quiz: QuizId,
    person: PersonId,
    device: Option<Uuid>,
) -> Result<Attempt> {
    let db = app.db.read();
    let Shown { quiz, revision } = quiz::visible(db, quiz, person).await?;
    // Read before the transaction, so that it holds the one writer of SQLite as briefly as it can.
    let questions = freezing::questions(db, revision).await?;
    let opening = Starter { quiz: quiz.clone(), revision, questions, person, device };
    let clock = app.clock.clone();
    let (started, now) = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let started = opening.start(tx, now).await?;
                if started.fresh.is_some() {
                    let act = actor.did(Event::AttemptStarted, started.attempt.id);
                    let act = act.with("quiz", started.attempt.quiz_id);
                    audit::record(tx, &act.with("number", started.attempt.number), now).await?;
                }
                Ok((started, now))
            })
        })
        .await?;
    let items = match started.fresh {
        Some(items) => items,
        None => sheet::items(db, started.attempt.id).await?,
    };
    Ok(sheet::show(&quiz, &started.attempt, &items, now))
}

struct Starter {
    quiz: quiz_row::Model,
    revision: RevisionId,
    questions: Vec<question_version::Model>,
    person: PersonId,
    device: Option<Uuid>,
}

struct Started {
    attempt: row::Model,
    /// The questions of an attempt that has just been drawn.
    fresh: Option<Vec<SheetItem>>,
}

impl Starter {
    async fn start(mut self, tx: &Connection, now: DateTime<Utc>) -> Result<Started> {
        for _ in 0..TRIES {
            let mine = attempts(tx, self.quiz.id, self.person).await?;
            match mine.iter().find(|it| it.is_running()) {
                Some(running) if running.is_overdue(now) => {
                    overdue::close(tx, row::Column::Id.eq(running.id), now).await?;
                }
                Some(running) => {
                    return Ok(Started { attempt: running.clone(), fresh: None });
                }
                None => {
                    self.may_start(&mine, now)?;
                    if let Some(started) = self.insert(tx, next_number(&mine), now).await? {
                        return Ok(started);
                    }
                }
            }
        }
        Err(Code::Busy.into())
    }

    fn may_start(&self, mine: &[row::Model], now: DateTime<Utc>) -> Result<()> {
        self.quiz.open(now)?;
        if self.questions.is_empty() {
            return Err(Problem::from(Code::QuizClosed).detail("还没有出好题").into());
        }
        if used(mine) >= self.quiz.attempts {
            return Err(Code::AttemptLimit.into());
        }
        Ok(())
    }

    /// Nothing if another call was faster. A conflict is not an error here, because an error would
    /// end the transaction on PostgreSQL.
    async fn insert(
        &mut self,
        tx: &Connection,
        number: i32,
        now: DateTime<Utc>,
    ) -> Result<Option<Started>> {
        let attempt = self.attempt(number, now);
        let insert = row::Entity::insert(attempt.clone().into_active_model())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .try_insert();
        let TryInsertResult::Inserted(1) = insert.exec_without_returning(tx).await? else {
            return Ok(None);
        };
        let items = drawing::draw(attempt.id, &mut self.questions);
        let rows = items.iter().cloned().map(IntoActiveModel::into_active_model);
        attempt_item::Entity::insert_many(rows).exec_without_returning(tx).await?;
        let fresh = items.into_iter().zip(&self.questions).map(fresh_item).collect();
        Ok(Some(Started { attempt, fresh: Some(fresh) }))
    }

    fn attempt(&self, number: i32, now: DateTime<Utc>) -> row::Model {
        let time_is_up = now + TimeDelta::minutes(self.quiz.minutes.into());
        row::Model {
            id: AttemptId(Uuid::now_v7()),
            quiz_id: self.quiz.id,
            person_id: self.person,
            number,
            state: AttemptState::InProgress,
            started_at: now,
            deadline_at: self.quiz.closes_at.map_or(time_is_up, |it| it.min(time_is_up)),
            writer_epoch: 1,
            writer: self.device,
            secret: rand::random::<[u8; 32]>().to_vec(),
            pass_mark: self.quiz.pass_mark,
            submitted_at: None,
            submit_reason: None,
            revision_id: Some(self.revision),
        }
    }
}

/// A person's attempts at a quiz, in no order.
pub async fn attempts(db: &Connection, quiz: QuizId, person: PersonId) -> Result<Vec<row::Model>> {
    let find = row::Entity::find()
        .filter(row::Column::QuizId.eq(quiz))
        .filter(row::Column::PersonId.eq(person));
    Ok(find.all(db).await?)
}

/// How many attempts count against the limit.
pub fn used(attempts: &[row::Model]) -> i32 {
    let counted = attempts.iter().filter(|it| it.state != AttemptState::Voided).count();
    i32::try_from(counted).unwrap_or(i32::MAX)
}

fn next_number(attempts: &[row::Model]) -> i32 {
    attempts.iter().map(|it| it.number).max().unwrap_or_default() + 1
}

fn fresh_item((item, version): (attempt_item::Model, &question_version::Model)) -> SheetItem {
    SheetItem {
        position: item.position,
        question_version_id: version.id,
        kind: version.kind,
        stem: version.stem.clone(),
        options: version.options.clone(),
        option_order: item.option_order,
        chosen: None,
        client_seq: None,
    }
}
