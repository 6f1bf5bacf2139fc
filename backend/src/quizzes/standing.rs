//! How people stand: what other domains ask about quizzes.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    learning::{QuizRecord, RunningAttempt},
    quizzes::{AttemptId, QuizCard},
};

use super::{
    attempt::running,
    drawing,
    entity::{attempt, question, quiz, result},
    grading::GRADING_VERSION,
    quiz::of_course,
    starting,
};
use crate::{Result, courses};

/// What an attempt was worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// 0 to 100.
    pub score: u32,
    pub passed: bool,
}

/// The quiz of a course on the learner's card; nothing where there is nothing to answer.
pub async fn card(
    db: &impl ConnectionTrait,
    course: CourseId,
    person: PersonId,
) -> Result<Option<QuizCard>> {
    let Some(quiz) = of_course(db, course).await? else { return Ok(None) };
    let questions = drawing::count(db, quiz.id).await?;
    if questions == 0 {
        return Ok(None);
    }
    let mine = starting::attempts(db, quiz.id, person).await?;
    let passed = has_passed(db, &mine).await?;
    Ok(Some(QuizCard { id: quiz.id, title: quiz.title, questions, passed }))
}

/// Whether a person has passed the quiz of each course; courses without questions are left out.
pub async fn passed_by(
    db: &impl ConnectionTrait,
    person: PersonId,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, bool>> {
    let asking = question_count(db, courses).await?;
    if asking.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = graded();
    select
        .column((quiz::Entity, quiz::Column::CourseId))
        .distinct()
        .and_where(attempt::Column::PersonId.eq(person))
        .and_where(result::Column::Passed.eq(true));
    let mut passed = HashSet::new();
    for row in db.query_all(&select).await? {
        passed.insert(row.try_get_by_index::<CourseId>(0)?);
    }
    Ok(asking.into_keys().map(|course| (course, passed.contains(&course))).collect())
}

/// The attempt a person can go on with now; the one that ends first, if there are several.
pub async fn running_attempt(
    db: &impl ConnectionTrait,
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
        .column((quiz::Entity, quiz::Column::Title))
        .from(attempt::Entity)
        .join(JoinType::InnerJoin, quiz::Entity, of_quiz())
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
pub async fn records(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<QuizRecord>> {
    let mut select = graded();
    select
        .columns([
            (result::Entity, result::Column::AttemptId),
            (result::Entity, result::Column::Score),
            (result::Entity, result::Column::Passed),
        ])
        .columns([(quiz::Entity, quiz::Column::CourseId), (quiz::Entity, quiz::Column::Title)])
        .column((attempt::Entity, attempt::Column::SubmittedAt))
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

/// Quizzes are mostly called 课后测验; outside their course, people need its title too.
fn full_title(course: &str, quiz: &str) -> String {
    format!("{course} · {quiz}")
}

/// Of everybody who has submitted the quiz of a course: the best score, and whether they passed.
pub async fn best_scores(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<HashMap<PersonId, (u32, bool)>> {
    let mut select = graded();
    select
        .columns([(attempt::Entity, attempt::Column::PersonId)])
        .column((result::Entity, result::Column::Passed))
        .expr(Expr::col((result::Entity, result::Column::Score)).max())
        .and_where(quiz::Column::CourseId.eq(course))
        .group_by_col((attempt::Entity, attempt::Column::PersonId))
        .group_by_col((result::Entity, result::Column::Passed));
    let mut best = HashMap::<PersonId, (u32, bool)>::new();
    for row in db.query_all(&select).await? {
        let (passed, score): (bool, i32) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let of = best.entry(row.try_get_by_index(0)?).or_default();
        *of = (Ord::max(of.0, score.cast_unsigned()), of.1 || passed);
    }
    Ok(best)
}

/// How many questions the quiz of each course asks; courses where it asks none are left out.
pub async fn question_count(
    db: &impl ConnectionTrait,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, u32>> {
    let mut counts = HashMap::new();
    for some in courses.chunks(500) {
        let mut select = Query::select();
        select
            .column((quiz::Entity, quiz::Column::CourseId))
            .expr(Expr::col((question::Entity, question::Column::Id)).count())
            .from(question::Entity)
            .join(
                JoinType::InnerJoin,
                quiz::Entity,
                Expr::col((quiz::Entity, quiz::Column::Id))
                    .equals((question::Entity, question::Column::QuizId)),
            )
            .and_where(question::Column::RemovedAt.is_null())
            .and_where(quiz::Column::CourseId.is_in(some.iter().copied()))
            .group_by_col((quiz::Entity, quiz::Column::CourseId));
        for row in db.query_all(&select).await? {
            let count: i64 = row.try_get_by_index(1)?;
            counts.insert(row.try_get_by_index(0)?, u32::try_from(count).unwrap_or(u32::MAX));
        }
    }
    Ok(counts)
}

/// Whether one of these attempts has passed.
pub async fn has_passed(db: &impl ConnectionTrait, attempts: &[attempt::Model]) -> Result<bool> {
    let scores = scores(db, attempts.iter().map(|it| it.id)).await?;
    Ok(scores.values().any(|it| it.passed))
}

/// What attempts at one quiz by one person were worth, which are few; those that are not submitted
/// are left out.
pub async fn scores(
    db: &impl ConnectionTrait,
    attempts: impl IntoIterator<Item = AttemptId>,
) -> Result<HashMap<AttemptId, Score>> {
    let found = result::Entity::find()
        .filter(result::Column::AttemptId.is_in(attempts))
        .filter(result::Column::GradingVersion.eq(GRADING_VERSION))
        .all(db)
        .await?;
    let score = |it: result::Model| {
        (it.attempt_id, Score { score: it.score.cast_unsigned(), passed: it.passed })
    };
    Ok(found.into_iter().map(score).collect())
}

/// Results with their attempts and quizzes.
fn graded() -> SelectStatement {
    Query::select()
        .from(result::Entity)
        .join(
            JoinType::InnerJoin,
            attempt::Entity,
            Expr::col((attempt::Entity, attempt::Column::Id))
                .equals((result::Entity, result::Column::AttemptId)),
        )
        .join(JoinType::InnerJoin, quiz::Entity, of_quiz())
        .and_where(result::Column::GradingVersion.eq(GRADING_VERSION))
        .to_owned()
}

fn of_quiz() -> Expr {
    Expr::col((quiz::Entity, quiz::Column::Id)).equals((attempt::Entity, attempt::Column::QuizId))
}
