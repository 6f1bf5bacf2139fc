//! What 标准仓 asks of quizzes: questions that can be linked to a clause, and those without a link.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use shared::{courses::CourseId, problem::Code, quizzes::QuestionId};

use super::entity::{question, question_version, quiz, quiz_revision_question as frozen};
use crate::{Result, db::Connection};

/// A question as it is asked now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionHead {
    pub id: QuestionId,
    pub course: CourseId,
    pub stem: String,
}

/// Questions that are asked, each with its quiz and what it says now.
fn asked() -> Select<question::Entity> {
    let mut find = question::Entity::find()
        .select_only()
        .column(question::Column::Id)
        .column(quiz::Column::CourseId)
        .column(question_version::Column::Stem)
        .filter(question::Column::RemovedAt.is_null());
    let of_quiz = Expr::col((quiz::Entity, quiz::Column::Id))
        .equals((question::Entity, question::Column::QuizId));
    let current = Expr::col((question_version::Entity, question_version::Column::Id))
        .equals((question::Entity, question::Column::CurrentVersionId));
    QuerySelect::query(&mut find)
        .inner_join(quiz::Entity, of_quiz)
        .inner_join(question_version::Entity, current);
    find
}

fn head((id, course, stem): (QuestionId, CourseId, String)) -> QuestionHead {
    QuestionHead { id, course, stem }
}

/// A question that can be linked to.
///
/// # Errors
/// `not_found`, also where it is asked no more.
pub async fn question_head(db: &Connection, id: QuestionId) -> Result<QuestionHead> {
    let found = asked().filter(question::Column::Id.eq(id)).into_tuple().one(db).await?;
    Ok(found.map(head).ok_or(Code::NotFound)?)
}

/// What questions say, of those that are still asked.
pub async fn stems(db: &Connection, ids: &[QuestionId]) -> Result<HashMap<QuestionId, String>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let asked = asked().filter(question::Column::Id.is_in(some.iter().copied()));
        let rows: Vec<(QuestionId, CourseId, String)> = asked.into_tuple().all(db).await?;
        found.extend(rows.into_iter().map(|(id, _, stem)| (id, stem)));
    }
    Ok(found)
}

/// What questions say as these revisions ask them, of those that they ask.
pub async fn stems_in(
    db: &Connection,
    ids: &[QuestionId],
    revisions: SelectStatement,
) -> Result<HashMap<QuestionId, String>> {
    use question_version::Column::{QuestionId as Question, Stem};
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let frozen = frozen_in(revisions.clone()).columns([Question, Stem]);
        let these = frozen.filter(Question.is_in(some.iter().copied()));
        let rows: Vec<(QuestionId, String)> = these.into_tuple().all(db).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Ids of the questions that these revisions ask.
pub fn asked_in(revisions: SelectStatement) -> SelectStatement {
    frozen_in(revisions).column(question_version::Column::QuestionId).into_query()
}

/// The versions of questions that these revisions ask, with no column yet.
fn frozen_in(revisions: SelectStatement) -> Select<question_version::Entity> {
    let of_version = Expr::col((frozen::Entity, frozen::Column::QuestionVersionId))
        .equals((question_version::Entity, question_version::Column::Id));
    let mut find = question_version::Entity::find()
        .select_only()
        .filter(Expr::col((frozen::Entity, frozen::Column::RevisionId)).in_subquery(revisions));
    QuerySelect::query(&mut find).inner_join(frozen::Entity, of_version);
    find
}

/// Ids of the questions that are no longer written for the quiz of a course.
pub fn removed_questions(course: CourseId) -> SelectStatement {
    let of_quiz = Expr::col((quiz::Entity, quiz::Column::Id))
        .equals((question::Entity, question::Column::QuizId));
    let mut find = question::Entity::find()
        .select_only()
        .column(question::Column::Id)
        .filter(quiz::Column::CourseId.eq(course))
        .filter(question::Column::RemovedAt.is_not_null());
    QuerySelect::query(&mut find).inner_join(quiz::Entity, of_quiz);
    find.into_query()
}

/// Questions of these courses that learners are asked now and that are not among those: some of them,
/// and how many there are.
pub async fn questions_except(
    db: &Connection,
    (courses, revisions): (SelectStatement, SelectStatement),
    those: SelectStatement,
    (skip, most): (u64, u64),
) -> Result<(Vec<QuestionHead>, u64)> {
    let find = asked()
        .filter(quiz::Column::CourseId.in_subquery(courses))
        .filter(question::Column::Id.in_subquery(asked_in(revisions)))
        .filter(question::Column::Id.not_in_subquery(those));
    let total = find.clone().count(db).await?;
    let some: Vec<(QuestionId, CourseId, String)> = find
        .order_by_asc(quiz::Column::CourseId)
        .order_by_asc(question::Column::Position)
        .offset(skip)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    Ok((some.into_iter().map(head).collect(), total))
}
