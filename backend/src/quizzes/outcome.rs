//! The result of an attempt, with its review once that is released.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    problem::Code,
    quizzes::{AttemptId, QuizId, QuizResult, ReleasePolicy, ReviewedItem, ReviewedOption},
};

use super::{
    attempt::{own, running},
    closing,
    entity::{
        attempt::{self, Column, Entity},
        quiz as quiz_row, result,
    },
    key::Keys,
    overdue, quiz,
    release::{self, Circumstances},
    sheet::{self, SheetItem},
    standing, starting,
};
use crate::{App, Result, courses, db::Connection};

/// A person's own result.
///
/// # Errors
/// `attempt_unfinished` while the attempt is running.
pub async fn show(app: &App, id: AttemptId, person: PersonId) -> Result<QuizResult> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let quiz = quiz::ruled(db, own(db, id, person).await?.quiz_id, person).await?;
    let mut mine = starting::attempts(db, quiz.id, person).await?;
    if overdue::settle(app, &mine, now).await? {
        mine = starting::attempts(db, quiz.id, person).await?;
    }
    let attempt = mine.iter().find(|it| it.id == id).ok_or(Code::NotFound)?;
    let (Some(submitted_at), Some(reason)) = (attempt.submitted_at, attempt.submit_reason) else {
        let unfinished = attempt.is_running();
        return Err(if unfinished { Code::AttemptUnfinished } else { Code::NotFound }.into());
    };
    let graded = closing::result(db, id).await?;
    let used = starting::used(&mine);
    let attempts_left = u32::try_from(quiz.attempts - used).unwrap_or_default();
    let circumstances = circumstances(db, &quiz, &mine, attempts_left, now).await?;
    let release_note = release::note(&circumstances);
    let review = match release_note {
        None => review(db, id, &graded).await?,
        Some(_) => Vec::new(),
    };
    Ok(QuizResult {
        attempt: id,
        quiz: quiz.id,
        course: quiz.course_id,
        title: quiz.title,
        score: graded.score.cast_unsigned(),
        pass_mark: attempt.pass_mark.cast_unsigned(),
        passed: graded.passed,
        correct: graded.correct.cast_unsigned(),
        questions: graded.questions.cast_unsigned(),
        submitted_at,
        reason,
        attempts_left,
        revision: match attempt.revision_id {
            Some(revision) => Some(courses::revision_number(db, revision).await?),
            None => None,
        },
        release_note,
        review,
    })
}

async fn circumstances(
    db: &Connection,
    quiz: &quiz_row::Model,
    mine: &[attempt::Model],
    attempts_left: u32,
    now: DateTime<Utc>,
) -> Result<Circumstances> {
    let policy = quiz.release_policy;
    Ok(Circumstances {
        policy,
        closes_at: quiz.closes_at,
        passed: policy == ReleasePolicy::AfterLastAttempt && standing::has_passed(db, mine).await?,
        attempts_left,
        running: mine.iter().any(attempt::Model::is_running),
        anybody_running: policy == ReleasePolicy::AfterClose
            && anybody_running(db, quiz.id).await?,
        now,
    })
}

async fn anybody_running(db: &Connection, quiz: QuizId) -> Result<bool> {
    let find = Entity::find().filter(Column::QuizId.eq(quiz)).filter(running());
    Ok(find.count(db).await? > 0)
}

async fn review(
    db: &Connection,
    attempt: AttemptId,
    graded: &result::Model,
) -> Result<Vec<ReviewedItem>> {
    let items = sheet::items(db, attempt).await?;
    let keys = Keys::load(db, items.iter().map(|it| it.question_version_id)).await?;
    items.iter().map(|item| reviewed(item, &keys, &graded.right_positions.0)).collect()
}

fn reviewed(item: &SheetItem, keys: &Keys, right: &[i32]) -> Result<ReviewedItem> {
    let key = keys.of(item.question_version_id)?;
    let option = |(index, text): (u8, &str)| ReviewedOption {
        text: text.into(),
        chosen: item.chosen().contains(&index),
        correct: key.has(index),
    };
    Ok(ReviewedItem {
        position: item.position,
        kind: item.kind,
        stem: item.stem.clone(),
        options: item.shown_options().map(option).collect(),
        right: right.contains(&item.position),
        explanation: key.explanation().into(),
    })
}
