//! Writing what a lesson asks at its end.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};
use shared::{
    authoring::{LessonChecks, QuestionDraft, SaveLessonChecks},
    courses::{CheckId, CourseId, LessonId},
    problem::Code,
};
use uuid::Uuid;

use super::{
    as_written,
    entity::{CheckIds, check_question, lesson_check},
    keys,
};
use crate::{
    Result,
    courses::{
        entity::{lesson, revision_lesson},
        managed,
        outline::settle,
    },
    db::{Connection, Transaction},
    quizzes::{self, OptionTexts},
};

/// Questions of one lesson.
const MOST: usize = 5;

/// What a lesson asks in the draft, with the keys.
///
/// # Errors
/// `not_found`
pub(in crate::courses) async fn show(db: &Connection, id: LessonId) -> Result<LessonChecks> {
    let lesson = find(db, id).await?;
    let row = lesson_check::Entity::find_by_id(id).one(db).await?;
    let (version, checks) = row.map_or((0, CheckIds::default()), |it| (it.version, it.checks));
    let mut written = as_written(db, checks.0.clone()).await?;
    Ok(LessonChecks {
        lesson: id,
        course: lesson.course_id,
        title: lesson.title,
        version,
        questions: checks.0.iter().filter_map(|it| written.remove(it)).collect(),
    })
}

async fn find(db: &Connection, id: LessonId) -> Result<lesson::Model> {
    let find = lesson::Entity::find_by_id(id).filter(lesson::Column::RemovedAt.is_null());
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// Makes the questions of a lesson these, in this order. One that is unchanged stays the same, and with
/// it what was answered. Safe to repeat.
///
/// # Errors
/// `version_conflict` where somebody else saved them since; `invalid_request` naming every field that
/// cannot stay.
pub async fn save(tx: &Transaction, request: SaveLessonChecks, now: DateTime<Utc>) -> Result<()> {
    let course = put(tx, request).await?;
    settle(tx, course, now).await
}

/// The same for whoever settles the course afterwards; which course it is.
///
/// # Errors
/// As [`save`].
pub async fn put(tx: &Transaction, mut request: SaveLessonChecks) -> Result<CourseId> {
    quizzes::check_lesson(&mut request.questions, MOST)?;
    let id = request.lesson;
    managed::lock(tx, find(tx, id).await?.course_id).await?;
    // Again: whoever held the course until now may have removed it.
    let lesson = find(tx, id).await?;
    let row = lesson_check::Entity::find_by_id(id).one(tx).await?;
    let (version, had) = row.map_or((0, Vec::new()), |it| (it.version, it.checks.0));
    if version != request.version {
        // Whoever did not hear that they had arrived sends them again.
        let again = asks(tx, had, &request.questions).await?;
        return if again { Ok(lesson.course_id) } else { Err(Code::VersionConflict.into()) };
    }
    let checks = CheckIds(write(tx, id, had, request.questions).await?);
    keep(tx, id, request.version.saturating_add(1), checks).await?;
    Ok(lesson.course_id)
}

/// Whether these checks are these questions, in their order.
async fn asks(db: &Connection, checks: Vec<CheckId>, questions: &[QuestionDraft]) -> Result<bool> {
    let mut written = as_written(db, checks.clone()).await?;
    let kept: Vec<_> = checks.iter().filter_map(|it| written.remove(it)).collect();
    let said = questions.iter().map(|it| QuestionDraft { id: None, ..it.clone() });
    Ok(said.eq(kept))
}

/// Makes a lesson ask again what it asked in a revision.
pub(in crate::courses) async fn bring_back(
    tx: &Transaction,
    id: LessonId,
    checks: CheckIds,
) -> Result<()> {
    let row = lesson_check::Entity::find_by_id(id).one(tx).await?;
    let (version, had) = row.map_or((0, CheckIds::default()), |it| (it.version, it.checks));
    if had == checks {
        return Ok(());
    }
    keep(tx, id, version.saturating_add(1), checks).await
}

async fn keep(tx: &Transaction, id: LessonId, version: i32, checks: CheckIds) -> Result<()> {
    let row = lesson_check::Model { lesson_id: id, version, checks: checks.clone() };
    let replace = OnConflict::column(lesson_check::Column::LessonId)
        .update_columns([lesson_check::Column::Version, lesson_check::Column::Checks])
        .to_owned();
    let insert = lesson_check::Entity::insert(row.into_active_model());
    insert.on_conflict(replace).exec_without_returning(tx).await?;
    forget(tx, id, checks).await
}

async fn write(
    tx: &Transaction,
    lesson: LessonId,
    had: Vec<CheckId>,
    questions: Vec<QuestionDraft>,
) -> Result<Vec<CheckId>> {
    let mut before = as_written(tx, had).await?;
    let (mut checks, mut fresh) = (Vec::with_capacity(questions.len()), Vec::new());
    for question in questions {
        let question = QuestionDraft { id: None, ..question };
        let same = before.iter().find(|(_, it)| **it == question).map(|(id, _)| *id);
        if let Some(same) = same {
            before.remove(&same);
            checks.push(same);
            continue;
        }
        let id = CheckId(Uuid::now_v7());
        let right = (0..).zip(&question.options).filter(|(_, it)| it.correct).map(|it| it.0);
        fresh.push((id, right.collect(), question.explanation));
        let row = check_question::ActiveModel {
            id: Set(id),
            lesson_id: Set(lesson),
            kind: Set(question.kind),
            stem: Set(question.stem),
            options: Set(OptionTexts(question.options.into_iter().map(|it| it.text).collect())),
        };
        row.insert(tx).await?;
        checks.push(id);
    }
    if !fresh.is_empty() {
        keys::insert(tx, fresh).await?;
    }
    Ok(checks)
}

/// Lets go of what neither the draft nor any revision asks.
async fn forget(tx: &Transaction, lesson: LessonId, CheckIds(kept): CheckIds) -> Result<()> {
    let frozen = revision_lesson::Entity::find()
        .filter(revision_lesson::Column::LessonId.eq(lesson))
        .all(tx)
        .await?;
    let kept = frozen.into_iter().flat_map(|it| it.checks.0).chain(kept);
    check_question::Entity::delete_many()
        .filter(check_question::Column::LessonId.eq(lesson))
        .filter(check_question::Column::Id.is_not_in(kept))
        .exec(tx)
        .await?;
    Ok(())
}
