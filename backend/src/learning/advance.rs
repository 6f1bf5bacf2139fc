//! What a report changes. Progress never goes back, and nobody finishes a video faster than they can
//! have watched it.

use chrono::{DateTime, TimeDelta, Utc};
use shared::{
    accounts::PersonId,
    content::LessonContent,
    courses::{CourseId, LessonId},
    learning::{LessonProgress, ReportProgress},
};

use super::{
    credit::{Credit, Pace},
    entity::lesson_progress::Model,
    watched::{LEAP, Watched, in_order},
};

/// What progress is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Per cent read.
    Article,
    /// Seconds of its length, and how it is to be watched.
    Video { seconds: u32, pace: Pace, in_order: bool },
    /// How many cards there are.
    Steps { cards: u32 },
}

impl Measure {
    pub fn of(content: &LessonContent) -> Self {
        match content {
            LessonContent::Article { .. } | LessonContent::Slides(_) => Self::Article,
            LessonContent::Video(video) | LessonContent::Recording(video) => Self::Video {
                seconds: video.seconds,
                pace: if video.normal_speed { Pace::Normal } else { Pace::Faster },
                in_order: video.in_order,
            },
            LessonContent::Steps(steps) => {
                Self::Steps { cards: u32::try_from(steps.cards.len()).unwrap_or(u32::MAX) }
            }
        }
    }

    /// The position furthest on, with so much watched.
    fn end(self, watched: &Watched) -> u32 {
        match self {
            Self::Article => 100,
            Self::Video { seconds, in_order: false, .. } => seconds,
            Self::Video { seconds, .. } => seconds.min(watched.furthest() + LEAP),
            Self::Steps { cards } => cards.saturating_sub(1),
        }
    }

    /// Per cent done at a position, with so many seconds watched.
    fn percent(self, position: u32, watched: u32) -> u32 {
        let (done, all) = match self {
            Self::Article => (position, 100),
            Self::Video { seconds, .. } => (watched, seconds),
            Self::Steps { cards } => (position.saturating_add(1), cards),
        };
        u32::try_from(u64::from(done) * 100 / u64::from(all.max(1))).unwrap_or(100).min(100)
    }

    /// A video is finished by being watched, everything else by coming to its end.
    fn is_finished(self, reached_end: bool, watched: u32) -> bool {
        match self {
            Self::Video { seconds, .. } => u64::from(watched) * 10 >= u64::from(seconds) * 9,
            Self::Article | Self::Steps { .. } => reached_end,
        }
    }
}

/// Progress before the first report.
pub(super) fn nothing_yet(
    (person_id, lesson_id, course_id): (PersonId, LessonId, CourseId),
    now: DateTime<Utc>,
) -> Model {
    Model {
        person_id,
        lesson_id,
        course_id,
        position: 0,
        percent: 0,
        watched: Watched::default(),
        started_at: now,
        updated_at: now,
        finished_at: None,
        ended_at: None,
        positioned_at: None,
        turn: 0,
        credit_ms: 0,
        revision_id: None,
    }
}

/// The progress after a report, for which there was so much time. A lesson that asks something at its
/// end is not finished by it.
pub(super) fn advance(
    before: &Model,
    (measure, asks): (Measure, bool),
    request: &ReportProgress,
    credit: Credit,
    now: DateTime<Utc>,
) -> Model {
    let mut after = before.clone();
    after.credit_ms = credit.milliseconds();
    if let Measure::Video { seconds, pace, in_order: ordered } = measure {
        let claimed =
            if ordered { in_order(&before.watched, &request.watched) } else { Vec::new() };
        let claimed = if ordered { &claimed } else { &request.watched };
        after.watched = before.watched.with(claimed, seconds, credit.seconds_at(pace));
        let fresh = after.watched.seconds() - before.watched.seconds();
        after.credit_ms = credit.spent(fresh, pace).milliseconds();
    }
    let watched = after.watched.seconds();
    if measure.is_finished(request.reached_end, watched) {
        after.ended_at = before.ended_at.or(Some(now));
    }
    if after.ended_at.is_some() && !asks {
        after.finished_at = before.finished_at.or(Some(now));
    }
    let position = request.position.min(measure.end(&after.watched));
    after.percent = match after.finished_at {
        Some(_) => 100,
        None => before.percent.max(small(measure.percent(position, watched).min(99))),
    };
    // What was learnt without a network arrives after what another device told since.
    let at = now - TimeDelta::seconds(request.ago.into());
    if before.positioned_at.is_none_or(|earlier| earlier <= at) {
        (after.position, after.positioned_at) = (small(position), Some(at));
    }
    after.updated_at = before.updated_at.max(now);
    after
}

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl From<Model> for LessonProgress {
    fn from(row: Model) -> Self {
        Self {
            position: u32::try_from(row.position).unwrap_or_default(),
            percent: u32::try_from(row.percent).unwrap_or_default(),
            furthest: row.watched.furthest(),
            finished_at: row.finished_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const VIDEO: Measure = Measure::Video { seconds: 40, pace: Pace::Normal, in_order: false };

    fn begun() -> Model {
        let [person, lesson, course] = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
        nothing_yet((PersonId(person), LessonId(lesson), CourseId(course)), start())
    }

    fn start() -> DateTime<Utc> {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    fn report(position: u32, watched: &[[u32; 2]], reached_end: bool) -> ReportProgress {
        let lesson = LessonId(Uuid::now_v7());
        ReportProgress { lesson, position, watched: watched.to_vec(), reached_end, ago: 0 }
    }

    /// After a report that comes so many seconds after the one before.
    fn then(before: &Model, measure: Measure, request: &ReportProgress, seconds: i64) -> Model {
        let since = TimeDelta::seconds(seconds);
        let credit = match before.turn {
            0 => Credit::of_newcomer(since),
            _ => Credit::after(before.credit_ms, since),
        };
        let now = before.updated_at + since;
        let after = advance(before, (measure, false), request, credit, now);
        Model { turn: 1, ..after }
    }

    #[test]
    fn an_article_and_steps_are_finished_at_their_end_and_once() {
        for measure in [Measure::Article, Measure::Steps { cards: 5 }] {
            let first = then(&begun(), measure, &report(100, &[], false), 0);
            assert_eq!((first.percent, first.finished_at), (99, None));
            let second = then(&first, measure, &report(0, &[], true), 0);
            assert_eq!((second.percent, second.finished_at), (100, Some(start())));
            let again = then(&second, measure, &report(0, &[], true), 3600);
            assert_eq!((again.percent, again.finished_at), (100, Some(start())));
        }
    }

    #[test]
    fn what_asks_at_its_end_comes_to_it_and_is_not_finished_by_it() {
        let (report, credit) = (report(100, &[], true), Credit::after(0, TimeDelta::zero()));
        let after = advance(&begun(), (Measure::Article, true), &report, credit, start());
        assert_eq!((after.percent, after.ended_at), (99, Some(start())));
        assert_eq!(after.finished_at, None);
        let later = advance(&after, (Measure::Article, false), &report, credit, start());
        assert_eq!(later.finished_at, Some(start()), "nothing is asked any more");
    }

    #[test]
    fn a_video_is_finished_when_nine_tenths_were_watched_in_plausible_time() {
        let at_once = then(&begun(), VIDEO, &report(40, &[[0, 40]], true), 0);
        assert_eq!((at_once.percent, at_once.finished_at), (30, None));
        let most = then(&at_once, VIDEO, &report(35, &[[0, 35]], true), 20);
        assert_eq!((most.percent, most.finished_at), (87, None));
        let all = then(&most, VIDEO, &report(36, &[[35, 36]], false), 1);
        assert_eq!((all.percent, all.finished_at), (100, Some(all.updated_at)));
    }

    #[test]
    fn progress_never_goes_back_and_never_past_the_end() {
        let measure = Measure::Steps { cards: 4 };
        let far = then(&begun(), measure, &report(2, &[], false), 0);
        assert_eq!((far.position, far.percent), (2, 75));
        let back = then(&far, measure, &report(0, &[], false), 0);
        assert_eq!((back.position, back.percent), (0, 75));
        let wild = then(&far, measure, &report(u32::MAX, &[], false), 0);
        assert_eq!((wild.position, wild.percent), (3, 99));
    }

    #[test]
    fn the_position_is_where_she_was_last_whatever_arrives_last() {
        let here = then(&begun(), VIDEO, &report(20, &[[0, 10]], false), 60);
        let late = ReportProgress { ago: 30, ..report(10, &[[20, 30]], false) };
        let late = then(&here, VIDEO, &late, 20);
        assert_eq!((late.position, late.watched.seconds()), (20, 20));
        let later = ReportProgress { ago: 5, ..report(12, &[], false) };
        assert_eq!(then(&late, VIDEO, &later, 20).position, 12);
    }

    #[test]
    fn nobody_skips_ahead_where_that_is_not_allowed() {
        let measure = Measure::Video { seconds: 600, pace: Pace::Normal, in_order: true };
        let end = then(&begun(), measure, &report(600, &[[560, 600]], true), 3600);
        assert_eq!((end.position, end.watched.seconds()), (5, 0));
        let begun = then(&end, measure, &report(30, &[[0, 30], [300, 330]], false), 3600);
        assert_eq!((begun.position, begun.watched.seconds()), (30, 30));
    }
}
