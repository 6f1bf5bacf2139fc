//! What a device reports while somebody studies. Progress never goes back, and nobody finishes a
//! video faster than they can have watched it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, QuerySelect, SqlErr,
    sea_query::OnConflict,
};
use shared::{
    accounts::PersonId,
    content::LessonContent,
    courses::{CourseId, LessonId},
    learning::{LessonProgress, ReportProgress},
    problem::{Code, Problem},
};

use super::{
    entity::lesson_progress,
    watched::{Watched, plausible},
};
use crate::{Error, Result};

/// What progress is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Per cent read.
    Article,
    /// Seconds of its length.
    Video { seconds: u32 },
    /// How many cards there are.
    Steps { cards: u32 },
}

impl Measure {
    pub fn of(content: &LessonContent) -> Self {
        match content {
            LessonContent::Article { .. } => Self::Article,
            LessonContent::Video(video) => Self::Video { seconds: video.seconds },
            LessonContent::Steps(steps) => {
                Self::Steps { cards: u32::try_from(steps.cards.len()).unwrap_or(u32::MAX) }
            }
        }
    }

    /// The position furthest on.
    const fn end(self) -> u32 {
        match self {
            Self::Article => 100,
            Self::Video { seconds } => seconds,
            Self::Steps { cards } => cards.saturating_sub(1),
        }
    }

    /// Per cent done at a position, with so many seconds watched.
    fn percent(self, position: u32, watched: u32) -> u32 {
        let (done, all) = match self {
            Self::Article => (position, 100),
            Self::Video { seconds } => (watched, seconds),
            Self::Steps { cards } => (position.saturating_add(1), cards),
        };
        u32::try_from(u64::from(done) * 100 / u64::from(all.max(1))).unwrap_or(100).min(100)
    }

    /// A video is finished by being watched, everything else by coming to its end.
    fn is_finished(self, reached_end: bool, watched: u32) -> bool {
        match self {
            Self::Video { seconds } => u64::from(watched) * 10 >= u64::from(seconds) * 9,
            Self::Article | Self::Steps { .. } => reached_end,
        }
    }
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

/// Takes a report in and answers what is known now.
pub(super) async fn take_in(
    tx: &DatabaseTransaction,
    person: PersonId,
    (course, measure): (CourseId, Measure),
    request: ReportProgress,
    now: DateTime<Utc>,
) -> Result<LessonProgress> {
    begin(tx, person, request.lesson, course, now).await?;
    let before = lesson_progress::Entity::find_by_id((person, request.lesson))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(Code::NotFound)?;
    let after = advance(&before, measure, &request, now);
    let row = lesson_progress::ActiveModel {
        person_id: Set(person),
        lesson_id: Set(request.lesson),
        position: Set(after.position),
        percent: Set(after.percent),
        watched: Set(after.watched.clone()),
        updated_at: Set(after.updated_at),
        finished_at: Set(after.finished_at),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(after.into())
}

/// Makes the row of somebody's first report.
async fn begin(
    tx: &DatabaseTransaction,
    person: PersonId,
    lesson: LessonId,
    course: CourseId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = lesson_progress::ActiveModel {
        person_id: Set(person),
        lesson_id: Set(lesson),
        course_id: Set(course),
        position: Set(0),
        percent: Set(0),
        watched: Set(Watched::default()),
        started_at: Set(now),
        updated_at: Set(now),
        finished_at: Set(None),
    };
    let key = [lesson_progress::Column::PersonId, lesson_progress::Column::LessonId];
    lesson_progress::Entity::insert(row)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await
        .map_err(|error| match error.sql_err() {
            // An officer removed the lesson while the report was on its way.
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Code::NotFound.into(),
            _ => Error::from(error),
        })?;
    Ok(())
}

/// The progress after a report.
fn advance(
    before: &lesson_progress::Model,
    measure: Measure,
    request: &ReportProgress,
    now: DateTime<Utc>,
) -> lesson_progress::Model {
    let mut after = before.clone();
    if let Measure::Video { seconds } = measure {
        let (last, first) = (now - before.updated_at, now - before.started_at);
        let allowance = plausible(last, first, before.watched.seconds());
        after.watched = before.watched.with(&request.watched, seconds, allowance);
    }
    let watched = after.watched.seconds();
    if measure.is_finished(request.reached_end, watched) {
        after.finished_at = before.finished_at.or(Some(now));
    }
    let small = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let position = request.position.min(measure.end());
    after.position = before.position.max(small(position));
    after.percent = match after.finished_at {
        Some(_) => 100,
        None => before.percent.max(small(measure.percent(position, watched).min(99))),
    };
    after.updated_at = before.updated_at.max(now);
    after
}

impl From<lesson_progress::Model> for LessonProgress {
    fn from(row: lesson_progress::Model) -> Self {
        Self {
            position: u32::try_from(row.position).unwrap_or_default(),
            percent: u32::try_from(row.percent).unwrap_or_default(),
            finished_at: row.finished_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;

    fn begun(now: DateTime<Utc>) -> lesson_progress::Model {
        lesson_progress::Model {
            person_id: PersonId(Uuid::now_v7()),
            lesson_id: LessonId(Uuid::now_v7()),
            course_id: CourseId(Uuid::now_v7()),
            position: 0,
            percent: 0,
            watched: Watched::default(),
            started_at: now,
            updated_at: now,
            finished_at: None,
        }
    }

    fn report(position: u32, watched: &[[u32; 2]], reached_end: bool) -> ReportProgress {
        let lesson = LessonId(Uuid::now_v7());
        ReportProgress { lesson, position, watched: watched.to_vec(), reached_end }
    }

    fn start() -> DateTime<Utc> {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn an_article_and_steps_are_finished_at_their_end_and_once() {
        for measure in [Measure::Article, Measure::Steps { cards: 5 }] {
            let first = advance(&begun(start()), measure, &report(100, &[], false), start());
            assert_eq!((first.percent, first.finished_at), (99, None));
            let second = advance(&first, measure, &report(0, &[], true), start());
            assert_eq!((second.percent, second.finished_at), (100, Some(start())));
            let later = start() + TimeDelta::hours(1);
            let again = advance(&second, measure, &report(0, &[], true), later);
            assert_eq!((again.percent, again.finished_at), (100, Some(start())));
            assert_eq!(again.position, second.position);
        }
    }

    #[test]
    fn a_video_is_finished_when_nine_tenths_were_watched_in_plausible_time() {
        let measure = Measure::Video { seconds: 40 };
        let opened = advance(&begun(start()), measure, &report(0, &[], true), start());
        assert_eq!((opened.percent, opened.finished_at), (0, None));
        let at_once = advance(&opened, measure, &report(40, &[[0, 40]], true), start());
        assert_eq!((at_once.percent, at_once.finished_at), (37, None));
        let after = |seconds| start() + TimeDelta::seconds(seconds);
        let most = advance(&opened, measure, &report(35, &[[0, 35]], true), after(35));
        assert_eq!((most.percent, most.finished_at), (87, None));
        let all = advance(&most, measure, &report(36, &[[35, 36]], false), after(36));
        assert_eq!((all.percent, all.finished_at), (100, Some(after(36))));
    }

    #[test]
    fn progress_never_goes_back_and_never_past_the_end() {
        let measure = Measure::Steps { cards: 4 };
        let far = advance(&begun(start()), measure, &report(2, &[], false), start());
        assert_eq!((far.position, far.percent), (2, 75));
        let late = advance(&far, measure, &report(0, &[], false), start());
        assert_eq!((late.position, late.percent), (2, 75));
        let wild = advance(&far, measure, &report(u32::MAX, &[], false), start());
        assert_eq!((wild.position, wild.percent), (3, 99));
    }
}
