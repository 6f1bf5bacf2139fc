//! 随堂自测: what learners answered at the end of lessons. The first answer stays. It counts as no exam,
//! but a lesson that asks is finished only when all was answered.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::PersonId,
    courses::{CheckId, LessonId},
    problem::{Code, Problem},
    quizzes::QuestionKind,
};

use super::{
    advance::nothing_yet,
    entity::{
        check_answer::{self, Column, Entity, Model},
        lesson_progress,
    },
};
use crate::{
    Result,
    courses::{
        checks::{self, entity::CheckIds},
        entity::revision_lesson,
    },
    db::{Connection, Transaction},
    quizzes::OptionIndexes,
};

/// Options by their place, for each question that was answered.
pub(super) type Chosen = HashMap<CheckId, Vec<u8>>;

/// What somebody answered to these.
pub(super) async fn answers(
    db: &Connection,
    person: PersonId,
    CheckIds(asked): &CheckIds,
) -> Result<HashMap<CheckId, Model>> {
    let find = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::CheckId.is_in(asked.iter().copied()));
    Ok(find.all(db).await?.into_iter().map(|it| (it.check_id, it)).collect())
}

/// Keeps what was chosen, as far as it was not answered before, and finishes the lesson where nothing
/// is open any more.
///
/// # Errors
/// `invalid_request` where nothing was chosen that can be an answer.
pub(super) async fn answer(
    tx: &Transaction,
    person: PersonId,
    lesson: revision_lesson::Model,
    chosen: Chosen,
    now: DateTime<Utc>,
) -> Result<()> {
    hold(tx, person, &lesson, now).await?;
    let keys = checks::keys(tx, &lesson.checks).await?;
    let mut rows = Vec::new();
    for question in checks::asked(tx, &lesson.checks).await? {
        let (Some(chosen), Some(key)) = (chosen.get(&question.id), keys.get(&question.id)) else {
            continue;
        };
        if !is_answer(question.kind, question.options.0.len(), chosen) {
            continue;
        }
        rows.push(check_answer::ActiveModel {
            person_id: Set(person),
            check_id: Set(question.id),
            course_id: Set(lesson.course_id),
            lesson_id: Set(lesson.lesson_id),
            revision_id: Set(lesson.revision_id),
            chosen: Set(OptionIndexes(chosen.clone())),
            correct: Set(key.is_met_by(chosen)),
            answered_at: Set(now),
        });
    }
    if rows.is_empty() {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("answers", "还没有选，点一下您认为对的再交").into());
    }
    let once = OnConflict::columns([Column::PersonId, Column::CheckId]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx).await?;
    finish(tx, (person, lesson.lesson_id), &lesson.checks, now).await?;
    Ok(())
}

/// A report about the lesson waits until this is done, so that one of the two sees what the other
/// wrote.
async fn hold(
    tx: &Transaction,
    person: PersonId,
    lesson: &revision_lesson::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    let key = [lesson_progress::Column::PersonId, lesson_progress::Column::LessonId];
    let begun = nothing_yet((person, lesson.lesson_id, lesson.course_id), now);
    lesson_progress::Entity::insert(begun.into_active_model())
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let find = lesson_progress::Entity::find_by_id((person, lesson.lesson_id));
    find.lock_exclusive().one(tx).await?;
    Ok(())
}

fn is_answer(kind: QuestionKind, options: usize, chosen: &[u8]) -> bool {
    let one = chosen.len() == 1 || kind == QuestionKind::Multiple;
    one && !chosen.is_empty() && chosen.iter().all(|it| usize::from(*it) < options)
}

/// Finishes a lesson that was studied to its end, if nothing is open; whether it did.
pub(super) async fn finish(
    tx: &Transaction,
    (person, lesson): (PersonId, LessonId),
    checks: &CheckIds,
    now: DateTime<Utc>,
) -> Result<bool> {
    use lesson_progress::Column::{EndedAt, FinishedAt, LessonId, Percent, PersonId};
    let answered = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::CheckId.is_in(checks.0.iter().copied()))
        .count(tx)
        .await?;
    if usize::try_from(answered).is_ok_and(|it| it < checks.0.len()) {
        return Ok(false);
    }
    let finished = lesson_progress::Entity::update_many()
        .col_expr(FinishedAt, Expr::value(now))
        .col_expr(Percent, Expr::value(100))
        .filter(PersonId.eq(person))
        .filter(LessonId.eq(lesson))
        .filter(EndedAt.is_not_null())
        .filter(FinishedAt.is_null())
        .exec(tx)
        .await?;
    Ok(finished.rows_affected == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_option_is_chosen_or_of_several_right_ones_some_and_only_those_that_are_there() {
        use QuestionKind::{Multiple, Single, TrueFalse};
        for (kind, chosen, counts) in [
            (Single, &[0][..], true),
            (Single, &[0, 1], false),
            (Single, &[], false),
            (Single, &[3], false),
            (TrueFalse, &[1], true),
            (TrueFalse, &[0, 1], false),
            (Multiple, &[2], true),
            (Multiple, &[0, 1, 2], true),
            (Multiple, &[], false),
            (Multiple, &[0, 3], false),
        ] {
            assert_eq!(is_answer(kind, 3, chosen), counts, "{kind:?} {chosen:?}");
        }
    }
}
