//! How people stand: what other domains ask about quizzes.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement},
};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    quizzes::{AttemptId, QuizCard},
    revisions::RevisionId,
};

use super::{
    entity::{attempt, question, quiz, quiz_revision, result},
    freezing,
    grading::GRADING_VERSION,
    quiz as finding, starting,
};
use crate::{Result, courses, db::Connection};

/// What an attempt was worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// 0 to 100.
    pub score: u32,
    pub passed: bool,
}

/// The quiz of a course on the learner's card; nothing where there is nothing to answer.
pub async fn card(db: &Connection, course: CourseId, person: PersonId) -> Result<Option<QuizCard>> {
    let learned = courses::learned_by(db, person, &[course]).await?.remove(&course);
    let Some(revision) = learned.map(|it| it.revision) else { return Ok(None) };
    let Some(rules) = freezing::find(db, revision).await? else { return Ok(None) };
    let questions = freezing::counts(db, [revision]).await?.remove(&revision).unwrap_or_default();
    let quiz = finding::by_id(db, rules.quiz_id).await?;
    let mine = starting::attempts(db, quiz.id, person).await?;
    let passed = has_passed(db, &mine).await?;
    Ok(Some(QuizCard { id: quiz.id, title: rules.title, questions, passed }))
}

/// Whether a person has passed the quiz of each course; courses without questions are left out.
pub async fn passed_by(
    db: &Connection,
    person: PersonId,
    ids: &[CourseId],
) -> Result<HashMap<CourseId, bool>> {
    let learned = courses::learned_by(db, person, ids).await?;
    let learned: Vec<_> = learned.into_iter().map(|(course, it)| (course, it.revision)).collect();
    passed_of(db, person, &learned).await
}

/// The same where it is known which revision the person learns of each course.
pub async fn passed_of(
    db: &Connection,
    person: PersonId,
    learned: &[(CourseId, RevisionId)],
) -> Result<HashMap<CourseId, bool>> {
    let mut passed = graded();
    passed
        .expr(Expr::val(1))
        .and_where(attempt::Column::PersonId.eq(person))
        .and_where(result::Column::Passed.eq(true))
        .and_where(
            Expr::col((quiz::Entity, quiz::Column::Id))
                .equals((quiz_revision::Entity, quiz_revision::Column::QuizId)),
        );
    let found: Vec<(RevisionId, bool)> = quiz_revision::Entity::find()
        .select_only()
        .column(quiz_revision::Column::RevisionId)
        .expr_as(Expr::exists(passed), "passed")
        .filter(quiz_revision::Column::RevisionId.is_in(learned.iter().map(|it| it.1)))
        .filter(freezing::asks_something())
        .into_tuple()
        .all(db)
        .await?;
    let passed: HashMap<_, _> = found.into_iter().collect();
    let of = |(course, revision)| Some((course, *passed.get(&revision)?));
    Ok(learned.iter().copied().filter_map(of).collect())
}

/// Of everybody who has submitted the quiz of a course: the best score, and whether they passed.
pub async fn best_scores(
    db: &Connection,
    course: CourseId,
) -> Result<HashMap<PersonId, (u32, bool)>> {
    best(db, graded(), course).await
}

/// The same of these people, given as a subquery.
pub async fn best_scores_among(
    db: &Connection,
    people: &SelectStatement,
    course: CourseId,
) -> Result<HashMap<PersonId, (u32, bool)>> {
    let mut theirs = graded();
    theirs.and_where(attempt::Column::PersonId.in_subquery(people.clone()));
    best(db, theirs, course).await
}

async fn best(
    db: &Connection,
    mut select: SelectStatement,
    course: CourseId,
) -> Result<HashMap<PersonId, (u32, bool)>> {
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

/// How many questions the officer's quiz of each course has; courses where it has none are left out.
pub async fn question_count(
    db: &Connection,
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
pub async fn has_passed(db: &Connection, attempts: &[attempt::Model]) -> Result<bool> {
    let scores = scores(db, attempts.iter().map(|it| it.id)).await?;
    Ok(scores.values().any(|it| it.passed))
}

/// What attempts at one quiz by one person were worth, which are few; those that are not submitted
/// are left out.
pub async fn scores(
    db: &Connection,
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
pub fn graded() -> SelectStatement {
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

/// The quiz of an attempt.
pub fn of_quiz() -> Expr {
    Expr::col((quiz::Entity, quiz::Column::Id)).equals((attempt::Entity, attempt::Column::QuizId))
}
