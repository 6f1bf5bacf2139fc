//! The officer's quiz: a changed question becomes a new version, so that attempts keep the one
//! they were drawn with.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    TryInsertResult,
    sea_query::{Expr, ExprTrait},
};
use shared::{
    authoring::{OptionDraft, QuestionDraft, QuizDraft, QuizSettings},
    courses::CourseId,
    problem::{Code, Problem},
    quizzes::{QuestionId, QuizId},
};
use uuid::Uuid;

use super::{
    draft_rules, drawing,
    entity::{OptionTexts, question, question_version, quiz},
    key::{self, AnswerKey, Keys},
    quiz::of_course,
};
use crate::Result;

/// The quiz of a course as the officer left it; the defaults where there is none.
pub async fn show(db: &impl ConnectionTrait, course: CourseId) -> Result<QuizDraft> {
    let Some(quiz) = of_course(db, course).await? else {
        let settings = QuizSettings::default();
        return Ok(QuizDraft { course, version: 0, settings, questions: Vec::new() });
    };
    let questions = current(db, quiz.id).await?.into_iter().map(|(_, draft)| draft).collect();
    Ok(QuizDraft { course, version: quiz.version, settings: settings_of(quiz), questions })
}

/// Makes the quiz of a course that has none.
///
/// # Errors
/// `invalid_request` naming the fields, `version_conflict` where there is one.
pub async fn create(
    tx: &impl ConnectionTrait,
    course: CourseId,
    settings: QuizSettings,
    questions: Vec<QuestionDraft>,
    now: DateTime<Utc>,
) -> Result<QuizId> {
    save(tx, QuizDraft { course, version: 0, settings, questions }, now).await
}

/// Replaces the quiz of a course, if it is still at the draft's version.
///
/// # Errors
/// `invalid_request` naming the fields, `version_conflict` where somebody was faster.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut draft: QuizDraft,
    now: DateTime<Utc>,
) -> Result<QuizId> {
    draft_rules::check(&mut draft.settings, &mut draft.questions)?;
    let quiz = save_settings(tx, &draft, now).await?;
    let current: HashMap<QuestionId, Current> = current(tx, quiz)
        .await?
        .into_iter()
        .filter_map(|(version, draft)| Some((draft.id?, Current { version, draft })))
        .collect();
    let plan = Plan::of(quiz, draft.questions, current, now)?;
    plan.carry_out(tx, now).await?;
    Ok(quiz)
}

async fn save_settings(
    tx: &impl ConnectionTrait,
    draft: &QuizDraft,
    now: DateTime<Utc>,
) -> Result<QuizId> {
    let known = of_course(tx, draft.course).await?.map(|it| it.id);
    let row = row_of(known.unwrap_or_else(|| QuizId(Uuid::now_v7())), draft, now);
    let id = row.id;
    let saved = if draft.version == 0 {
        let insert = quiz::Entity::insert(row.into_active_model())
            .on_conflict_do_nothing_on([quiz::Column::CourseId])
            .exec_without_returning(tx)
            .await?;
        matches!(insert, TryInsertResult::Inserted(1))
    } else {
        let changed = quiz::ActiveModel {
            id: sea_orm::ActiveValue::NotSet,
            course_id: sea_orm::ActiveValue::NotSet,
            ..row.into_active_model().reset_all()
        };
        quiz::Entity::update_many()
            .set(changed)
            .filter(quiz::Column::Id.eq(id))
            .filter(quiz::Column::Version.eq(draft.version))
            .exec(tx)
            .await?
            .rows_affected
            == 1
    };
    if saved { Ok(id) } else { Err(Code::VersionConflict.into()) }
}

fn row_of(id: QuizId, draft: &QuizDraft, now: DateTime<Utc>) -> quiz::Model {
    let settings = &draft.settings;
    quiz::Model {
        id,
        course_id: draft.course,
        title: settings.title.clone(),
        pass_mark: settings.pass_mark.cast_signed(),
        minutes: settings.minutes.cast_signed(),
        attempts: settings.attempts.cast_signed(),
        release_policy: settings.release,
        opens_at: settings.opens_at,
        closes_at: settings.closes_at,
        version: draft.version.saturating_add(1),
        updated_at: now,
    }
}

fn settings_of(quiz: quiz::Model) -> QuizSettings {
    QuizSettings {
        title: quiz.title,
        pass_mark: quiz.pass_mark.cast_unsigned(),
        minutes: quiz.minutes.cast_unsigned(),
        attempts: quiz.attempts.cast_unsigned(),
        release: quiz.release_policy,
        opens_at: quiz.opens_at,
        closes_at: quiz.closes_at,
    }
}

/// What a quiz asks now, with its keys, beside the ids of the versions.
async fn current(db: &impl ConnectionTrait, quiz: QuizId) -> Result<Vec<(Uuid, QuestionDraft)>> {
    let versions = drawing::current_questions(db, quiz).await?;
    let keys = Keys::load(db, versions.iter().map(|it| it.id)).await?;
    versions.into_iter().map(|it| Ok((it.id, question_draft(keys.of(it.id)?, it)))).collect()
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

/// A question as it is asked now.
struct Current {
    version: Uuid,
    draft: QuestionDraft,
}

/// What saving the questions comes to.
#[derive(Default)]
struct Plan {
    added: Vec<question::Model>,
    versions: Vec<question_version::Model>,
    keys: Vec<(Uuid, AnswerKey)>,
    /// Questions that stay, with their place and version.
    kept: Vec<(QuestionId, i32, Uuid)>,
    removed: Vec<QuestionId>,
}

impl Plan {
    fn of(
        quiz: QuizId,
        questions: Vec<QuestionDraft>,
        mut current: HashMap<QuestionId, Current>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let mut plan = Self::default();
        for (position, mut question) in (1..).zip(questions) {
            match question.id {
                None => {
                    let id = QuestionId(Uuid::now_v7());
                    let version = plan.new_version(id, question, now);
                    let row = question::Model {
                        id,
                        quiz_id: quiz,
                        position,
                        current_version_id: version,
                        removed_at: None,
                    };
                    plan.added.push(row);
                }
                Some(id) => {
                    let Some(known) = current.remove(&id) else {
                        let field = format!("questions[{}].id", position - 1);
                        let problem = Problem::from(Code::InvalidRequest);
                        let message = "这道题已经不在测验里，请刷新后再改";
                        return Err(problem.field(field, message).into());
                    };
                    question.id = Some(id);
                    let version = if known.draft == question {
                        known.version
                    } else {
                        plan.new_version(id, question, now)
                    };
                    plan.kept.push((id, position, version));
                }
            }
        }
        plan.removed = current.into_keys().collect();
        Ok(plan)
    }

    fn new_version(
        &mut self,
        question_id: QuestionId,
        question: QuestionDraft,
        now: DateTime<Utc>,
    ) -> Uuid {
        let id = Uuid::now_v7();
        let correct = (0..).zip(&question.options).filter(|(_, it)| it.correct).map(|it| it.0);
        self.keys.push((id, AnswerKey::new(correct.collect(), question.explanation)));
        self.versions.push(question_version::Model {
            id,
            question_id,
            kind: question.kind,
            stem: question.stem,
            options: OptionTexts(question.options.into_iter().map(|it| it.text).collect()),
            created_at: now,
        });
        id
    }

    async fn carry_out(self, tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
        if !self.added.is_empty() {
            let added = self.added.into_iter().map(IntoActiveModel::into_active_model);
            question::Entity::insert_many(added).exec_without_returning(tx).await?;
        }
        if !self.versions.is_empty() {
            let versions = self.versions.into_iter().map(IntoActiveModel::into_active_model);
            question_version::Entity::insert_many(versions).exec_without_returning(tx).await?;
            key::insert(tx, self.keys).await?;
        }
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
