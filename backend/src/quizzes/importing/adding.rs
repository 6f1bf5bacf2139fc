//! Questions that were chosen go into the quiz, each of them once.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    authoring::QuestionDraft,
    courses::CourseId,
    problem::{Code, Problem},
    quizzes::{QuestionId, QuizId},
};

use crate::{
    Result,
    db::{Connection, Transaction},
    quizzes::{
        draft_rules::{self, MAX_QUESTIONS},
        drafting,
        entity::question,
        quiz::of_course,
        revision,
    },
};

/// What was added to which quiz.
#[derive(Debug)]
pub struct Added {
    pub quiz: QuizId,
    pub questions: usize,
}

/// Adds to the quiz of a course what is not in it yet; the caller has locked the course. Nothing where
/// all of it was added before, whatever has become of it.
///
/// # Errors
/// `invalid_request` naming the fields, or saying that another quiz has them.
pub async fn add(
    tx: &Transaction,
    course: CourseId,
    questions: Vec<QuestionDraft>,
    now: DateTime<Utc>,
) -> Result<Option<Added>> {
    let mut questions = checked(questions)?;
    let known = quizzes_of(tx, questions.iter().filter_map(|it| it.id)).await?;
    let own = of_course(tx, course).await?.map(|it| it.id);
    if known.values().any(|quiz| Some(*quiz) != own) {
        return Err(revision::elsewhere().into());
    }
    questions.retain(|it| it.id.is_none_or(|id| !known.contains_key(&id)));
    if questions.is_empty() {
        return Ok(None);
    }
    let draft = drafting::show(tx, course).await?;
    let (has, added) = (draft.questions.len(), questions.len());
    if has + added > MAX_QUESTIONS {
        let room = MAX_QUESTIONS.saturating_sub(has);
        let message = format!(
            "一个测验最多 {MAX_QUESTIONS} 题，现在有 {has} 题，最多再加 {room} 题，请去掉几个勾"
        );
        return Err(Problem::from(Code::InvalidRequest).field("questions", message).into());
    }
    let quiz = drafting::save_settings(tx, &draft, now).await?;
    let first = i32::try_from(has).unwrap_or(i32::MAX).saturating_add(1);
    revision::append(tx, quiz, first, questions, now).await?;
    Ok(Some(Added { quiz, questions: added }))
}

/// The same rules as the editor's, and an id for each.
fn checked(mut questions: Vec<QuestionDraft>) -> Result<Vec<QuestionDraft>> {
    let mut problem = Problem::from(Code::InvalidRequest);
    if questions.is_empty() || questions.len() > MAX_QUESTIONS {
        problem = problem.field("questions", "请选 1 到 100 道题");
    }
    let mut ids = HashSet::new();
    for (index, question) in questions.iter_mut().enumerate() {
        if !question.id.is_some_and(|id| ids.insert(id)) {
            let field = format!("questions[{index}].id");
            problem = problem.field(field, "这道题没有编号，或者出现了两次，请重新选一次文件");
        }
        for (field, message) in draft_rules::wrong_with(question) {
            problem = problem.field(format!("questions[{index}].{field}"), message);
        }
    }
    if problem.fields.is_empty() { Ok(questions) } else { Err(problem.into()) }
}

/// Of those that exist, of which quiz they are.
async fn quizzes_of(
    db: &Connection,
    ids: impl Iterator<Item = QuestionId>,
) -> Result<HashMap<QuestionId, QuizId>> {
    let found = question::Entity::find().filter(question::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|it| (it.id, it.quiz_id)).collect())
}
