//! Taking in what a device reports while somebody studies: read, advanced, and written back on one
//! condition, that nothing else of the same person was written meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, SqlErr, sea_query::OnConflict,
};
use shared::{
    accounts::{PersonId, SignInId},
    courses::{CourseId, LessonId},
    learning::{LessonProgress, ReportProgress},
    problem::{Code, Problem},
    revisions::RevisionId,
};

use super::{
    advance::{Measure, advance, nothing_yet},
    checks,
    credit::Credit,
    entity::lesson_progress::{self, Column, Entity, Model},
};
use crate::{
    App, Error, Result,
    courses::checks::entity::CheckIds,
    db::{Connection, Transaction},
};

/// How often a report makes way for others of the same person. Nobody has that many devices.
const TRIES: usize = 20;

/// Whose report it is, and of what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Studying {
    pub person: PersonId,
    pub sign_in: SignInId,
    pub lesson: LessonId,
    pub course: CourseId,
    pub revision: RevisionId,
    pub measure: Measure,
}

/// Refuses what no device reports.
pub(super) fn check(request: &ReportProgress) -> Result<()> {
    let problem = Problem::from(Code::InvalidRequest);
    if request.watched.len() > 500 {
        return Err(problem.field("watched", "一次最多上报 500 段").into());
    }
    match request.watched.iter().position(|[from, to]| from > to) {
        Some(at) => Err(problem.field(format!("watched[{at}]"), "开始要在结束之前").into()),
        None => Ok(()),
    }
}

/// Takes a report in and answers what is known now. What nobody can have watched in the time is left
/// out without a word: a phone that is told off would only say it again.
pub(super) async fn take_in(
    app: &App,
    studying: Studying,
    asked: &CheckIds,
    request: &ReportProgress,
) -> Result<LessonProgress> {
    for _ in 0..TRIES {
        let now = app.clock.now(app.db.read()).await?;
        let (here, last) = known(app.db.read(), studying).await?;
        let before = here.as_ref().map(|it| it.turn);
        let here = here.unwrap_or_else(|| {
            nothing_yet((studying.person, studying.lesson, studying.course), now)
        });
        let credit = credit(last.as_ref(), studying.sign_in, now);
        let asks = !asked.0.is_empty();
        let mut after = advance(&here, (studying.measure, asks), request, credit, now);
        after.turn = last.map_or(0, |it| it.turn) + 1;
        after.revision_id = Some(studying.revision);
        let (row, asked) = (after.clone(), asked.clone());
        let write = app.db.write(move |tx| {
            Box::pin(async move {
                let of = (row.person_id, row.lesson_id);
                let answers_finish = row.ended_at.is_some() && row.finished_at.is_none();
                match before {
                    None => begin(tx, row).await?,
                    Some(turn) => go_on(tx, row, turn).await?,
                }
                Ok(answers_finish && checks::finish(tx, of, &asked, now).await?)
            })
        });
        match write.await {
            Err(error) if error.code() == Some(Code::VersionConflict) => {}
            Ok(finished) => {
                if finished {
                    (after.finished_at, after.percent) = (Some(now), 100);
                }
                return Ok(after.into());
            }
            Err(error) => return Err(error),
        }
    }
    Err(Code::Busy.into())
}

/// What is known of the lesson, and the last report of the person about any.
async fn known(
    db: &Connection,
    Studying { person, lesson, .. }: Studying,
) -> Result<(Option<Model>, Option<Model>)> {
    let last = Entity::find()
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::Turn)
        .one(db)
        .await?;
    let here = match &last {
        Some(last) if last.lesson_id == lesson => Some(last.clone()),
        Some(_) => Entity::find_by_id((person, lesson)).one(db).await?,
        None => None,
    };
    Ok((here, last))
}

/// The time there was since the last report; for a first one since the person signed in.
fn credit(last: Option<&Model>, sign_in: SignInId, now: DateTime<Utc>) -> Credit {
    match last {
        Some(last) if last.turn > 0 => Credit::after(last.credit_ms, now - last.updated_at),
        // Answering what a lesson asks is no report.
        _ => Credit::of_newcomer(since(sign_in, now)),
    }
}

/// How long ago a sign-in began, which its number tells.
fn since(sign_in: SignInId, now: DateTime<Utc>) -> TimeDelta {
    let began = sign_in.0.get_timestamp().and_then(|it| {
        let (seconds, nanoseconds) = it.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
    });
    began.map_or(TimeDelta::zero(), |began| now - began)
}

/// The first report on the lesson.
async fn begin(tx: &Transaction, row: Model) -> Result<()> {
    let key = [Column::PersonId, Column::LessonId];
    let written = Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await
        .map_err(interrupted)?;
    if written == 1 { Ok(()) } else { Err(Code::VersionConflict.into()) }
}

/// One more, unless another was written since this one was read.
async fn go_on(tx: &Transaction, row: Model, turn: i64) -> Result<()> {
    let (person, lesson) = (row.person_id, row.lesson_id);
    let changed = lesson_progress::ActiveModel {
        person_id: NotSet,
        lesson_id: NotSet,
        course_id: NotSet,
        started_at: NotSet,
        ..row.into_active_model().reset_all()
    };
    let written = Entity::update_many()
        .set(changed)
        .filter(Column::PersonId.eq(person))
        .filter(Column::LessonId.eq(lesson))
        .filter(Column::Turn.eq(turn))
        .exec(tx)
        .await
        .map_err(interrupted)?;
    if written.rows_affected == 1 { Ok(()) } else { Err(Code::VersionConflict.into()) }
}

fn interrupted(error: DbErr) -> Error {
    match error.sql_err() {
        // Another report of the same person has taken the turn.
        Some(SqlErr::UniqueConstraintViolation(_)) => Code::VersionConflict.into(),
        // An officer removed the lesson while the report was on its way.
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => Code::NotFound.into(),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use uuid::{NoContext, Timestamp, Uuid};

    use super::*;

    #[test]
    fn whoever_only_answered_what_a_lesson_asks_has_the_time_since_signing_in() {
        let began = Timestamp::from_unix(NoContext, 1_790_000_000, 0);
        let sign_in = SignInId(Uuid::new_v7(began));
        let now = DateTime::from_timestamp(1_790_000_600, 0).unwrap();
        let ids = (PersonId(Uuid::nil()), LessonId(Uuid::nil()), CourseId(Uuid::nil()));
        let answered = nothing_yet(ids, now);
        let newcomer = credit(None, sign_in, now);
        assert_eq!(newcomer, Credit::of_newcomer(TimeDelta::minutes(10)));
        assert_eq!(credit(Some(&answered), sign_in, now), newcomer);
        let reported = Model { turn: 1, ..answered };
        assert_eq!(credit(Some(&reported), sign_in, now), Credit::after(0, TimeDelta::zero()));
    }
}
