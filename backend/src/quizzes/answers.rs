//! Saving answers: acknowledged after the commit, the highest `client_seq` of each question wins.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
    quizzes::{Answer, AttemptId, SaveAnswers, SavedAnswer, SavedAnswers},
};

use super::{
    attempt::why_not,
    entity::answer::{Column, Entity, Model},
    writing::{self, Choices},
};
use crate::{Result, db::Connection};

/// Answers in one call.
const AT_ONCE: usize = 50;

/// Keeps what is newer than what was saved before.
pub async fn save(
    tx: &Connection,
    request: &SaveAnswers,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<SavedAnswers> {
    count_up_to(AT_ONCE, &request.answers)?;
    if request.answers.is_empty() {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("answers", "至少要有一题的答案").into());
    }
    let open = writing::open(tx, request.attempt, person, &request.answers, now).await?;
    let Some(open) = open else {
        return Err(why_not(tx, request.attempt, person).await?);
    };
    open.written_by(request.writer_epoch)?;
    let choices = open.choices(&request.answers)?;
    let held = keep(tx, request.attempt, &choices, now).await?;
    let saved = held.into_iter().map(|(position, client_seq)| SavedAnswer { position, client_seq });
    Ok(SavedAnswers { saved: saved.collect(), deadline_at: open.deadline_at, now })
}

/// # Errors
/// `invalid_request` where there are more.
pub fn count_up_to(most: usize, answers: &[Answer]) -> Result<()> {
    if answers.len() <= most {
        return Ok(());
    }
    let problem = Problem::from(Code::InvalidRequest);
    Err(problem.field("answers", format!("一次最多 {most} 题的答案")).into())
}

/// Stores each choice that is newer than what is stored; answers the `client_seq` that is stored
/// now, by position.
pub async fn keep(
    tx: &Connection,
    attempt: AttemptId,
    choices: &Choices,
    now: DateTime<Utc>,
) -> Result<BTreeMap<i32, i64>> {
    if choices.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = choices.iter().map(|(position, choice)| {
        let (chosen, client_seq) = (choice.chosen.clone(), choice.client_seq);
        Model { attempt_id: attempt, position: *position, chosen, client_seq, saved_at: now }
            .into_active_model()
    });
    let newer =
        Expr::col(("excluded", Column::ClientSeq)).gt(Expr::col((Entity, Column::ClientSeq)));
    let mut upsert = Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::AttemptId, Column::Position])
                .update_columns([Column::Chosen, Column::ClientSeq, Column::SavedAt])
                .action_and_where(newer)
                .to_owned(),
        )
        .into_query();
    upsert.returning(
        sea_orm::sea_query::Query::returning().columns([Column::Position, Column::ClientSeq]),
    );
    let mut held = BTreeMap::new();
    for row in tx.query_all(&upsert).await? {
        held.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    }
    let older = choices.keys().copied().filter(|it| !held.contains_key(it)).collect::<Vec<_>>();
    if !older.is_empty() {
        held.extend(stored(tx, attempt, older).await?);
    }
    Ok(held)
}

/// The `client_seq` of what is stored at these positions.
pub async fn stored(
    db: &Connection,
    attempt: AttemptId,
    positions: Vec<i32>,
) -> Result<BTreeMap<i32, i64>> {
    let rows: Vec<(i32, i64)> = Entity::find()
        .select_only()
        .columns([Column::Position, Column::ClientSeq])
        .filter(Column::AttemptId.eq(attempt))
        .filter(Column::Position.is_in(positions))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
