//! Replacing the questions of a quiz: a changed question becomes a new version where a revision asks
//! it, so that attempts keep the one they were drawn with.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use shared::{
    authoring::{OptionDraft, QuestionDraft},
    problem::{Code, Problem},
    quizzes::{QuestionId, QuizId},
};
use uuid::Uuid;

use super::{
    drawing,
    entity::{OptionTexts, question, question_version},
    key::{AnswerKey, Keys},
    versions::{self, Keyed},
};
use crate::{Result, db::Connection, error::OnUnique};

/// A question as it is asked now.
pub struct Current {
    version: Uuid,
    pub draft: QuestionDraft,
}

/// What a quiz asks now, with its keys.
pub async fn current(db: &Connection, quiz: QuizId) -> Result<Vec<Current>> {
    let versions = drawing::current_questions(db, quiz).await?;
    let keys = Keys::load(db, versions.iter().map(|it| it.id)).await?;
    let current = |version: question_version::Model| {
        let key = keys.of(version.id)?;
        Ok(Current { version: version.id, draft: question_draft(key, version) })
    };
    versions.into_iter().map(current).collect()
}

/// Question versions with their keys.
pub async fn as_written(
    db: &Connection,
    mut ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, QuestionDraft>> {
    ids.sort_unstable();
    ids.dedup();
    let keys = Keys::load(db, ids.iter().copied()).await?;
    let mut written = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let find = question_version::Entity::find()
            .filter(question_version::Column::Id.is_in(some.iter().copied()));
        for version in find.all(db).await? {
            let id = version.id;
            written.insert(id, question_draft(keys.of(id)?, version));
        }
    }
    Ok(written)
}

fn question_draft(key: &AnswerKey, version: question_version::Model) -> QuestionDraft {
    let option = |(index, text): (u8, String)| OptionDraft { text, correct: key.has(index) };
    QuestionDraft {
        id: Some(version.question_id),
        kind: version.kind,
        stem: version.stem,
        options: (0..).zip(version.options.0).map(option).collect(),
        explanation: key.explanation().into(),
    }
}

/// Makes the questions of a quiz these, in this order. The caller has locked the course, so that no
/// revision begins to ask meanwhile what is written over here.
///
/// # Errors
/// `invalid_request` naming a question that is not one of the quiz's.
pub async fn revise(
    tx: &Connection,
    quiz: QuizId,
    questions: Vec<QuestionDraft>,
    now: DateTime<Utc>,
) -> Result<()> {
    let current = current(tx, quiz).await?;
    let frozen = versions::frozen(tx, current.iter().map(|it| it.version)).await?;
    let current = current.into_iter().filter_map(|it| Some((it.draft.id?, it))).collect();
    Plan { frozen, ..Plan::default() }.of(quiz, questions, current, now)?.carry_out(tx, now).await
}

/// Adds questions that have ids of their own to a quiz, the first of them at this place. The caller has
/// locked the course.
///
/// # Errors
/// [`elsewhere`] where another quiz got one of them meanwhile.
pub async fn append(
    tx: &Connection,
    quiz: QuizId,
    first: i32,
    questions: Vec<QuestionDraft>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut plan = Plan::default();
    for (position, question) in (first..).zip(questions) {
        let id = question.id.unwrap_or_else(|| QuestionId(Uuid::now_v7()));
        plan.add(quiz, id, position, question, now);
    }
    plan.carry_out(tx, now).await
}

/// What saving the questions comes to.
#[derive(Default)]
struct Plan {
    frozen: HashSet<Uuid>,
    added: Vec<question::Model>,
    versions: Vec<Keyed>,
    rewritten: Vec<Keyed>,
    /// Questions that stay, with their place and version.
    kept: Vec<(QuestionId, i32, Uuid)>,
    removed: Vec<QuestionId>,
}

impl Plan {
    fn of(
        mut self,
        quiz: QuizId,
        questions: Vec<QuestionDraft>,
        mut current: HashMap<QuestionId, Current>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        for (position, question) in (1..).zip(questions) {
            let Some(id) = question.id else {
                self.add(quiz, QuestionId(Uuid::now_v7()), position, question, now);
                continue;
            };
            let known = current.remove(&id).ok_or_else(|| foreign(position))?;
            let version = if known.draft == question {
                known.version
            } else if self.frozen.contains(&known.version) {
                self.new_version(id, question, now)
            } else {
                self.rewritten.push(keyed(known.version, id, question, now));
                known.version
            };
            self.kept.push((id, position, version));
        }
        self.removed = current.into_keys().collect();
        Ok(self)
    }

    fn add(
        &mut self,
        quiz_id: QuizId,
        id: QuestionId,
        position: i32,
        question: QuestionDraft,
        now: DateTime<Utc>,
    ) {
        let current_version_id = self.new_version(id, question, now);
        let row = question::Model { id, quiz_id, position, current_version_id, removed_at: None };
        self.added.push(row);
    }

    fn new_version(
        &mut self,
        question_id: QuestionId,
        question: QuestionDraft,
        now: DateTime<Utc>,
    ) -> Uuid {
        let id = Uuid::now_v7();
        self.versions.push(keyed(id, question_id, question, now));
        id
    }

    async fn carry_out(mut self, tx: &Connection, now: DateTime<Utc>) -> Result<()> {
        if !self.added.is_empty() {
            // In one order, so that two who bring the same questions do not wait for each other.
            self.added.sort_by_key(|it| it.id);
            let added = self.added.into_iter().map(IntoActiveModel::into_active_model);
            let insert = question::Entity::insert_many(added).exec_without_returning(tx);
            insert.await.on_unique(elsewhere())?;
        }
        versions::insert(tx, self.versions).await?;
        versions::rewrite(tx, self.rewritten).await?;
        for (id, position, version) in self.kept {
            question::Entity::update_many()
                .col_expr(question::Column::Position, Expr::val(position))
                .col_expr(question::Column::CurrentVersionId, Expr::val(version))
                .filter(question::Column::Id.eq(id))
                .filter(
                    question::Column::Position
                        .ne(position)
                        .or(question::Column::CurrentVersionId.ne(version)),
                )
                .exec(tx)
                .await?;
        }
        question::Entity::update_many()
            .col_expr(question::Column::RemovedAt, Expr::val(now))
            .filter(question::Column::Id.is_in(self.removed))
            .exec(tx)
            .await?;
        Ok(())
    }
}

fn keyed(id: Uuid, question_id: QuestionId, question: QuestionDraft, now: DateTime<Utc>) -> Keyed {
    let correct = (0..).zip(&question.options).filter(|(_, it)| it.correct).map(|it| it.0);
    let key = AnswerKey::new(correct.collect(), question.explanation);
    let version = question_version::Model {
        id,
        question_id,
        kind: question.kind,
        stem: question.stem,
        options: OptionTexts(question.options.into_iter().map(|it| it.text).collect()),
        created_at: now,
    };
    (version, key)
}

/// Why questions that another quiz has are not taken.
pub fn elsewhere() -> Problem {
    let message = "这些题已经加进别的测验了，请重新选一次文件";
    Problem::from(Code::InvalidRequest).field("questions", message)
}

fn foreign(position: i32) -> Problem {
    let field = format!("questions[{}].id", position - 1);
    Problem::from(Code::InvalidRequest).field(field, "这道题已经不在测验里，请刷新后再改")
}
