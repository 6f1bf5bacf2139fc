//! 随堂自测: up to five questions at the end of a lesson. A question never changes: what an officer
//! rewrites is another one, so that a revision lists what it asks, and an answer stays one to what was
//! asked.

mod drafting;
pub mod entity;
mod keys;

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    authoring::{OptionDraft, QuestionDraft},
    courses::{CheckId, LessonId},
};

pub(super) use self::drafting::{bring_back, show};
pub use self::drafting::{put, save};
use self::entity::{CheckIds, check_question, lesson_check};
pub use self::keys::of as keys;
use crate::{Result, db::Connection, quizzes::key::AnswerKey};

/// What the lessons ask in the draft; those that ask nothing are left out.
pub(super) async fn of_lessons(
    db: &Connection,
    lessons: Vec<LessonId>,
) -> Result<HashMap<LessonId, Vec<CheckId>>> {
    let mut found = HashMap::new();
    for some in lessons.chunks(500) {
        let find = lesson_check::Entity::find()
            .filter(lesson_check::Column::LessonId.is_in(some.iter().copied()));
        found.extend(find.all(db).await?.into_iter().map(|it| (it.lesson_id, it.checks.0)));
    }
    Ok(found)
}

/// The questions without their keys, in the order asked for.
pub async fn asked(
    db: &Connection,
    CheckIds(ids): &CheckIds,
) -> Result<Vec<check_question::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let find = check_question::Entity::find();
    let find = find.filter(check_question::Column::Id.is_in(ids.iter().copied()));
    let mut found = find.all(db).await?;
    found.sort_by_key(|question| ids.iter().position(|it| *it == question.id));
    Ok(found)
}

/// Questions with their keys, for those who write them.
pub(super) async fn as_written(
    db: &Connection,
    ids: Vec<CheckId>,
) -> Result<HashMap<CheckId, QuestionDraft>> {
    let mut written = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let some = CheckIds(some.to_vec());
        let keys = keys(db, &some).await?;
        for question in asked(db, &some).await? {
            if let Some(key) = keys.get(&question.id) {
                written.insert(question.id, draft_of(question, key));
            }
        }
    }
    Ok(written)
}

fn draft_of(question: check_question::Model, key: &AnswerKey) -> QuestionDraft {
    let option = |(index, text): (u8, String)| OptionDraft { text, correct: key.has(index) };
    QuestionDraft {
        id: None,
        kind: question.kind,
        stem: question.stem,
        options: (0..).zip(question.options.0).map(option).collect(),
        explanation: key.explanation().into(),
    }
}
