//! The door every write of a learner goes through: the attempt is theirs, running and in time, and
//! what they chose exists.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, JoinType, LockType, Query, SelectStatement},
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    quizzes::{Answer, AttemptId, QuestionKind},
};

use super::{
    attempt::writable,
    entity::{OptionIndexes, attempt, attempt_item as item},
    handle,
};
use crate::{Result, db::Connection};

/// The highest `client_seq`: what JavaScript can count to.
const MAX_SEQ: i64 = (1 << 53) - 1;

/// An attempt that may be written to until the transaction ends, with the questions asked for.
#[derive(Debug)]
pub struct OpenAttempt {
    pub deadline_at: DateTime<Utc>,
    writer_epoch: i32,
    secret: Vec<u8>,
    items: BTreeMap<i32, (QuestionKind, OptionIndexes)>,
}

/// An answer whose options were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub chosen: OptionIndexes,
    pub client_seq: i64,
}

/// Answers by position.
pub type Choices = BTreeMap<i32, Choice>;

#[derive(FromQueryResult)]
struct Row {
    deadline_at: DateTime<Utc>,
    writer_epoch: i32,
    secret: Vec<u8>,
    position: Option<i32>,
    kind: Option<QuestionKind>,
    option_order: Option<OptionIndexes>,
}

/// Locks an attempt for writing; nothing if it is not [`writable`]. One statement, because this is
/// what happens most often on an exam day.
pub async fn open(
    tx: &Connection,
    id: AttemptId,
    person: PersonId,
    answers: &[Answer],
    now: DateTime<Utc>,
) -> Result<Option<OpenAttempt>> {
    let mut select = Query::select();
    select
        .columns([
            (attempt::Entity, attempt::Column::DeadlineAt),
            (attempt::Entity, attempt::Column::WriterEpoch),
            (attempt::Entity, attempt::Column::Secret),
        ])
        .columns([
            (item::Entity, item::Column::Position),
            (item::Entity, item::Column::Kind),
            (item::Entity, item::Column::OptionOrder),
        ])
        .from_subquery(locked(id, person), attempt::Entity)
        .join(
            JoinType::LeftJoin,
            item::Entity,
            Expr::col((item::Entity, item::Column::AttemptId))
                .equals((attempt::Entity, attempt::Column::Id))
                .and(item::Column::Position.is_in(answers.iter().map(|it| it.position))),
        )
        .cond_where(writable(tx, now));
    let build = tx.get_database_backend().build(&select);
    Ok(OpenAttempt::of(Row::find_by_statement(build).all(tx).await?))
}

/// A person's attempt. The limit keeps PostgreSQL from judging conditions on it before it is locked.
fn locked(id: AttemptId, person: PersonId) -> SelectStatement {
    use attempt::Column::{DeadlineAt, Id, PersonId, Secret, State, WriterEpoch};
    Query::select()
        .columns([Id, State, DeadlineAt, WriterEpoch, Secret])
        .from(attempt::Entity)
        .and_where(Id.eq(id))
        .and_where(PersonId.eq(person))
        .limit(1)
        .lock(LockType::Update)
        .to_owned()
}

impl OpenAttempt {
    fn of(rows: Vec<Row>) -> Option<Self> {
        let first = rows.first()?;
        let mut open = Self {
            deadline_at: first.deadline_at,
            writer_epoch: first.writer_epoch,
            secret: first.secret.clone(),
            items: BTreeMap::new(),
        };
        for row in rows {
            if let (Some(position), Some(kind), Some(order)) =
                (row.position, row.kind, row.option_order)
            {
                open.items.insert(position, (kind, order));
            }
        }
        Some(open)
    }

    /// # Errors
    /// `attempt_elsewhere` where another device has taken over.
    pub fn written_by(&self, epoch: i32) -> Result<(), Code> {
        if self.writer_epoch == epoch { Ok(()) } else { Err(Code::AttemptElsewhere) }
    }

    /// The answers with their options found; of two to one question, the newer.
    ///
    /// # Errors
    /// `invalid_request` naming every field that is wrong.
    pub fn choices(&self, answers: &[Answer]) -> Result<Choices> {
        let mut problem = Problem::from(Code::InvalidRequest);
        let mut choices = Choices::new();
        for (index, answer) in answers.iter().enumerate() {
            match self.choice(answer) {
                Ok(choice) => newer(&mut choices, answer.position, choice),
                Err((field, message)) => {
                    problem = problem.field(format!("answers[{index}].{field}"), message);
                }
            }
        }
        if problem.fields.is_empty() { Ok(choices) } else { Err(problem.into()) }
    }

    fn choice(&self, answer: &Answer) -> Result<Choice, (&'static str, &'static str)> {
        let Some((kind, order)) = self.items.get(&answer.position) else {
            return Err(("position", "这份答卷里没有这道题"));
        };
        if !(1..=MAX_SEQ).contains(&answer.client_seq) {
            return Err(("client_seq", "序号要从 1 开始往上数"));
        }
        let chosen = handle::options(&self.secret, answer.position, &order.0, &answer.chosen)
            .ok_or(("chosen", "选的不是这道题的选项，请刷新页面"))?;
        if *kind != QuestionKind::Multiple && chosen.len() > 1 {
            return Err(("chosen", "这道题只能选一项"));
        }
        Ok(Choice { chosen: OptionIndexes(chosen), client_seq: answer.client_seq })
    }
}

fn newer(choices: &mut Choices, position: i32, choice: Choice) {
    let known = choices.get(&position).map_or(0, |it| it.client_seq);
    if choice.client_seq > known {
        choices.insert(position, choice);
    }
}
