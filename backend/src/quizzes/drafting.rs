//! The officer's quiz: its settings, and its questions through [`revision`].

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    TryInsertResult,
};
use shared::{
    authoring::{QuestionDraft, QuizDraft, QuizSettings},
    courses::CourseId,
    problem::Code,
    quizzes::{QuestionId, QuizId},
};
use uuid::Uuid;

use super::{draft_rules, drawing, entity::quiz, quiz::of_course, revision};
use crate::{Result, db::Connection};

/// The quiz of a course as the officer left it; the defaults where there is none.
pub async fn show(db: &Connection, course: CourseId) -> Result<QuizDraft> {
    let Some(quiz) = of_course(db, course).await? else {
        let settings = QuizSettings::default();
        return Ok(QuizDraft { course, version: 0, settings, questions: Vec::new() });
    };
    let questions = revision::current(db, quiz.id).await?.into_iter().map(|it| it.draft).collect();
    Ok(QuizDraft { course, version: quiz.version, settings: settings_of(quiz), questions })
}

/// How many questions the quiz of a course has; nothing where the course has no quiz.
///
/// A quiz without questions is one that its officer has begun or emptied, and it holds up the
/// publishing of its course. It counts as none where its settings, too, are those that every quiz
/// begins with, as [`remove`] leaves them: nothing that somebody set on purpose is passed over.
pub async fn written(db: &Connection, course: CourseId) -> Result<Option<u32>> {
    let Some(quiz) = of_course(db, course).await? else { return Ok(None) };
    let questions = drawing::count(db, quiz.id).await?;
    let begun = questions > 0 || settings_of(quiz) != QuizSettings::default();
    Ok(begun.then_some(questions))
}

/// The questions of a course's quiz and what they ask, in the officer's order.
pub async fn written_questions(
    db: &Connection,
    course: CourseId,
) -> Result<Vec<(QuestionId, String)>> {
    let written = show(db, course).await?.questions;
    Ok(written.into_iter().filter_map(|it| Some((it.id?, it.stem))).collect())
}

/// Makes the quiz of a course that has none.
///
/// # Errors
/// `invalid_request` naming the fields, `version_conflict` where there is one.
pub async fn create(
    tx: &Connection,
    course: CourseId,
    settings: QuizSettings,
    questions: Vec<QuestionDraft>,
    now: DateTime<Utc>,
) -> Result<QuizId> {
    save(tx, QuizDraft { course, version: 0, settings, questions }, now).await
}

/// Replaces the quiz of a course, if it is still at the draft's version. Safe to repeat.
///
/// # Errors
/// `invalid_request` naming the fields, `version_conflict` where somebody was faster.
pub async fn save(tx: &Connection, mut draft: QuizDraft, now: DateTime<Utc>) -> Result<QuizId> {
    draft_rules::check(&mut draft.settings, &mut draft.questions, now)?;
    let quiz = match save_settings(tx, &draft, now).await {
        Err(error) if error.code() == Some(Code::VersionConflict) => {
            return repeated(tx, &draft).await?.ok_or(error);
        }
        saved => saved?,
    };
    revision::revise(tx, quiz, draft.questions, now).await?;
    Ok(quiz)
}

/// The quiz, where it holds already what the draft says, for whoever did not hear that it had arrived
/// sends it again; new questions have got their ids since.
async fn repeated(db: &Connection, draft: &QuizDraft) -> Result<Option<QuizId>> {
    let kept = show(db, draft.course).await?;
    let is = |(said, kept): (&QuestionDraft, &QuestionDraft)| {
        QuestionDraft { id: said.id.or(kept.id), ..said.clone() } == *kept
    };
    let again = draft.settings == kept.settings
        && draft.questions.len() == kept.questions.len()
        && draft.questions.iter().zip(&kept.questions).all(is);
    Ok(of_course(db, draft.course).await?.filter(|_| again).map(|it| it.id))
}

/// Takes the quiz of a course out of what is written, if there is one: what is left is as it would
/// begin, and counts as none.
pub async fn remove(tx: &Connection, course: CourseId, now: DateTime<Utc>) -> Result<()> {
    let Some(quiz) = of_course(tx, course).await? else { return Ok(()) };
    let (version, settings) = (quiz.version, QuizSettings::default());
    save(tx, QuizDraft { course, version, settings, questions: Vec::new() }, now).await.map(drop)
}

/// One statement decides who is first: the insertion of a quiz, or the step of its version.
pub(super) async fn save_settings(
    tx: &Connection,
    draft: &QuizDraft,
    now: DateTime<Utc>,
) -> Result<QuizId> {
    let row = row_of(draft, now).into_active_model();
    let saved = if draft.version == 0 {
        let insert = quiz::Entity::insert(row)
            .on_conflict_do_nothing_on([quiz::Column::CourseId])
            .exec_without_returning(tx)
            .await?;
        matches!(insert, TryInsertResult::Inserted(1))
    } else {
        let changed = quiz::ActiveModel { id: NotSet, course_id: NotSet, ..row.reset_all() };
        let update = quiz::Entity::update_many()
            .set(changed)
            .filter(quiz::Column::CourseId.eq(draft.course))
            .filter(quiz::Column::Version.eq(draft.version));
        update.exec(tx).await?.rows_affected == 1
    };
    match of_course(tx, draft.course).await? {
        Some(quiz) if saved => Ok(quiz.id),
        _ => Err(Code::VersionConflict.into()),
    }
}

fn row_of(draft: &QuizDraft, now: DateTime<Utc>) -> quiz::Model {
    let settings = &draft.settings;
    quiz::Model {
        id: QuizId(Uuid::now_v7()),
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

pub(super) fn settings_of(quiz: quiz::Model) -> QuizSettings {
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
