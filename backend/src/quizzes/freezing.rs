//! The quiz of a revision: its rules and the versions of its questions, which learners are asked
//! whatever the officer writes meanwhile.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, JoinType},
};
use shared::{
    authoring::{QuestionDraft, QuizSettings},
    courses::CourseId,
    problem::Code,
    quizzes::QuestionId,
    revisions::{QuestionDocument, QuizDocument, RevisionId},
};
use uuid::Uuid;

use super::{
    drafting, drawing,
    entity::{question_version, quiz_revision, quiz_revision_question as asked},
    quiz::of_course,
    revision,
};
use crate::{
    Result,
    db::{Connection, Transaction},
};

/// The quiz that would be frozen now; nothing where it asks nothing.
pub async fn draft_document(db: &Connection, course: CourseId) -> Result<Option<QuizDocument>> {
    let Some(quiz) = of_course(db, course).await? else { return Ok(None) };
    let questions = drawing::current_questions(db, quiz.id).await?;
    let document =
        |it: question_version::Model| QuestionDocument { question: it.question_id, version: it.id };
    let questions: Vec<_> = questions.into_iter().map(document).collect();
    let settings = drafting::settings_of(quiz);
    Ok((!questions.is_empty()).then_some(QuizDocument { settings, questions }))
}

/// The quiz of a revision, if it has one.
pub async fn frozen_document(
    db: &Connection,
    revision: RevisionId,
) -> Result<Option<QuizDocument>> {
    let Some(rules) = find(db, revision).await? else { return Ok(None) };
    let mut find = asked::Entity::find()
        .select_only()
        .column_as(question_version::Column::QuestionId, "question")
        .column(asked::Column::QuestionVersionId)
        .filter(asked::Column::RevisionId.eq(revision))
        .order_by_asc(asked::Column::Position);
    let version = Expr::col((question_version::Entity, question_version::Column::Id))
        .equals((asked::Entity, asked::Column::QuestionVersionId));
    QuerySelect::query(&mut find).join(JoinType::InnerJoin, question_version::Entity, version);
    let questions: Vec<(QuestionId, Uuid)> = find.into_tuple().all(db).await?;
    let document = |(question, version)| QuestionDocument { question, version };
    Ok(Some(QuizDocument {
        settings: settings_of(rules),
        questions: questions.into_iter().map(document).collect(),
    }))
}

/// Freezes a quiz for a revision of its course.
pub async fn freeze(
    tx: &Transaction,
    course: CourseId,
    revision: RevisionId,
    document: &QuizDocument,
) -> Result<()> {
    let quiz = of_course(tx, course).await?.ok_or(Code::NotFound)?;
    let QuizSettings { title, pass_mark, minutes, attempts, .. } = document.settings.clone();
    let row = quiz_revision::ActiveModel {
        revision_id: Set(revision),
        quiz_id: Set(quiz.id),
        title: Set(title),
        pass_mark: Set(pass_mark.cast_signed()),
        minutes: Set(minutes.cast_signed()),
        attempts: Set(attempts.cast_signed()),
        release_policy: Set(document.settings.release),
        opens_at: Set(document.settings.opens_at),
        closes_at: Set(document.settings.closes_at),
    };
    row.insert(tx).await?;
    let rows = (1..).zip(&document.questions).map(|(position, it)| asked::ActiveModel {
        revision_id: Set(revision),
        position: Set(position),
        question_version_id: Set(it.version),
    });
    asked::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Question versions with their keys, for officers to compare.
pub async fn questions_as_written(
    db: &Connection,
    versions: Vec<Uuid>,
) -> Result<HashMap<Uuid, QuestionDraft>> {
    revision::as_written(db, versions).await
}

/// The rules of a revision's quiz.
pub(super) async fn find(
    db: &Connection,
    revision: RevisionId,
) -> Result<Option<quiz_revision::Model>> {
    Ok(quiz_revision::Entity::find_by_id(revision).one(db).await?)
}

/// What a revision asks, in the officer's order.
pub(super) async fn questions(
    db: &Connection,
    revision: RevisionId,
) -> Result<Vec<question_version::Model>> {
    let mut find = question_version::Entity::find()
        .filter(asked::Column::RevisionId.eq(revision))
        .order_by_asc(asked::Column::Position);
    let version = Expr::col((question_version::Entity, question_version::Column::Id))
        .equals((asked::Entity, asked::Column::QuestionVersionId));
    QuerySelect::query(&mut find).join(JoinType::InnerJoin, asked::Entity, version);
    Ok(find.all(db).await?)
}

/// On the quizzes of revisions: those that ask something.
pub(super) fn asks_something() -> Expr {
    let of = Expr::col((asked::Entity, asked::Column::RevisionId))
        .equals((quiz_revision::Entity, quiz_revision::Column::RevisionId));
    let questions = asked::Entity::find().select_only().expr(Expr::val(1)).filter(of);
    Expr::exists(questions.into_query())
}

/// How many questions each revision asks; those that ask none are left out.
pub async fn counts(
    db: &Connection,
    revisions: impl IntoIterator<Item = RevisionId>,
) -> Result<HashMap<RevisionId, u32>> {
    let counts: Vec<(RevisionId, i64)> = asked::Entity::find()
        .select_only()
        .column(asked::Column::RevisionId)
        .column_as(asked::Column::Position.count(), "questions")
        .filter(asked::Column::RevisionId.is_in(revisions))
        .group_by(asked::Column::RevisionId)
        .into_tuple()
        .all(db)
        .await?;
    let small = |(revision, count)| (revision, u32::try_from(count).unwrap_or(u32::MAX));
    Ok(counts.into_iter().map(small).collect())
}

fn settings_of(rules: quiz_revision::Model) -> QuizSettings {
    QuizSettings {
        title: rules.title,
        pass_mark: rules.pass_mark.cast_unsigned(),
        minutes: rules.minutes.cast_unsigned(),
        attempts: rules.attempts.cast_unsigned(),
        release: rules.release_policy,
        opens_at: rules.opens_at,
        closes_at: rules.closes_at,
    }
}
