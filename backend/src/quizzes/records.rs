//! A person's attempts, running and past, outside their course.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Func, JoinType, Order, Query},
};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    learning::{QuizRecord, RunningAttempt},
    quizzes::AttemptId,
    revisions::RevisionId,
};

use super::{
    attempt::running,
    entity::{attempt, quiz, quiz_revision, result},
    standing::{graded, of_quiz},
};
use crate::{Result, courses, db::Connection};

/// The attempt a person can go on with now; the one that ends first, if there are several.
pub async fn running_attempt(
    db: &Connection,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<RunningAttempt>> {
    let mut select = Query::select();
    select
        .columns([
            (attempt::Entity, attempt::Column::Id),
            (attempt::Entity, attempt::Column::DeadlineAt),
        ])
        .columns([(quiz::Entity, quiz::Column::Id), (quiz::Entity, quiz::Column::CourseId)])
        .expr_as(title_then(), "title")
        .from(attempt::Entity)
        .join(JoinType::InnerJoin, quiz::Entity, of_quiz())
        .join(JoinType::LeftJoin, quiz_revision::Entity, rules_of_attempt())
        .and_where(attempt::Column::PersonId.eq(person))
        .and_where(running())
        .and_where(attempt::Column::DeadlineAt.gt(now))
        .order_by((attempt::Entity, attempt::Column::DeadlineAt), Order::Asc)
        .limit(1);
    let Some(row) = db.query_one(&select).await? else { return Ok(None) };
    let course = courses::title(db, row.try_get_by_index(3)?).await?;
    Ok(Some(RunningAttempt {
        attempt: row.try_get_by_index(0)?,
        deadline_at: row.try_get_by_index(1)?,
        quiz: row.try_get_by_index(2)?,
        title: full_title(&course, &row.try_get_by_index::<String>(4)?),
    }))
}

#[derive(FromQueryResult)]
struct Record {
    attempt_id: AttemptId,
    course_id: CourseId,
    title: String,
    score: i32,
    passed: bool,
    submitted_at: DateTime<Utc>,
}

/// Every submitted attempt of a person, the newest first.
pub async fn records(db: &Connection, person: PersonId) -> Result<Vec<QuizRecord>> {
    let mut select = graded();
    select
        .columns([
            (result::Entity, result::Column::AttemptId),
            (result::Entity, result::Column::Score),
            (result::Entity, result::Column::Passed),
        ])
        .column((quiz::Entity, quiz::Column::CourseId))
        .expr_as(title_then(), "title")
        .column((attempt::Entity, attempt::Column::SubmittedAt))
        .join(JoinType::LeftJoin, quiz_revision::Entity, rules_of_attempt())
        .and_where(attempt::Column::PersonId.eq(person))
        .order_by((attempt::Entity, attempt::Column::SubmittedAt), Order::Desc)
        .order_by((attempt::Entity, attempt::Column::Id), Order::Desc);
    let build = db.get_database_backend().build(&select);
    let found = Record::find_by_statement(build).all(db).await?;
    let of: HashSet<CourseId> = found.iter().map(|it| it.course_id).collect();
    let titles = courses::titles(db, &Vec::from_iter(of)).await?;
    let title = |it: &Record| titles.get(&it.course_id).map_or("", String::as_str);
    let record = |it: Record| QuizRecord {
        attempt: it.attempt_id,
        title: full_title(title(&it), &it.title),
        score: it.score.cast_unsigned(),
        passed: it.passed,
        submitted_at: it.submitted_at,
    };
    Ok(found.into_iter().map(record).collect())
}

/// Of everybody who has submitted the quiz of a course: the number of the revision that their best paper
/// was drawn from, of equal ones the newest; `number` says the number of each revision of the course.
pub async fn best_drawn_from(
    db: &Connection,
    course: CourseId,
    number: impl Fn(RevisionId) -> Option<u32>,
) -> Result<HashMap<PersonId, u32>> {
    let revision = (attempt::Entity, attempt::Column::RevisionId);
    let mut select = graded();
    select
        .columns([(attempt::Entity, attempt::Column::PersonId), revision])
        .expr(Expr::col((result::Entity, result::Column::Score)).max())
        .and_where(quiz::Column::CourseId.eq(course))
        .and_where(attempt::Column::RevisionId.is_not_null())
        .group_by_columns([(attempt::Entity, attempt::Column::PersonId), revision]);
    let mut best = HashMap::<PersonId, (i32, u32)>::new();
    for row in db.query_all(&select).await? {
        let (revision, score): (RevisionId, i32) =
            (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let Some(number) = number(revision) else { continue };
        let of = best.entry(row.try_get_by_index(0)?).or_default();
        *of = (*of).max((score, number));
    }
    Ok(best.into_iter().map(|(person, (_, number))| (person, number)).collect())
}

/// The rules that an attempt was drawn by.
fn rules_of_attempt() -> Expr {
    Expr::col((quiz_revision::Entity, quiz_revision::Column::RevisionId))
        .equals((attempt::Entity, attempt::Column::RevisionId))
}

/// What the quiz was called when the attempt was drawn.
fn title_then() -> Expr {
    let then = Expr::col((quiz_revision::Entity, quiz_revision::Column::Title));
    Func::coalesce([then, Expr::col((quiz::Entity, quiz::Column::Title))]).into()
}

/// Quizzes are mostly called 课后测验; outside their course, people need its title too.
fn full_title(course: &str, quiz: &str) -> String {
    format!("{course} · {quiz}")
}
