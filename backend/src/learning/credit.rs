//! Time that somebody can have spent watching. It passes once, whichever lesson it is spent on, and
//! however often and on however many devices it is reported.

use chrono::TimeDelta;

/// Milliseconds that no report has claimed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Credit(i32);

/// How fast a lesson can be watched, with what clocks and networks blur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// 5 seconds in 4.
    Normal,
    /// 3 seconds in 2.
    Faster,
}

impl Pace {
    const fn seconds_per_time(self) -> (i64, i64) {
        match self {
            Self::Normal => (5, 4),
            Self::Faster => (3, 2),
        }
    }
}

impl Credit {
    /// For reports that travel unevenly.
    const START: TimeDelta = TimeDelta::seconds(10);

    /// Whoever was without a network for longer loses what they learnt before; a shift is shorter.
    const MOST: TimeDelta = TimeDelta::hours(12);

    /// Of somebody who reports for the first time, so long after they were heard of.
    pub fn of_newcomer(since: TimeDelta) -> Self {
        Self::of(Self::START + since.clamp(TimeDelta::zero(), Self::MOST))
    }

    /// What was left, and the time since.
    pub fn after(left: i32, since: TimeDelta) -> Self {
        let since = since.clamp(TimeDelta::zero(), Self::MOST);
        Self::of(TimeDelta::milliseconds(left.max(0).into()) + since)
    }

    fn of(time: TimeDelta) -> Self {
        let most = time.min(Self::MOST).num_milliseconds();
        Self(i32::try_from(most).unwrap_or_default())
    }

    pub const fn milliseconds(self) -> i32 {
        self.0
    }

    /// Seconds of a video that can have been watched in it.
    pub fn seconds_at(self, pace: Pace) -> u32 {
        let (seconds, time) = pace.seconds_per_time();
        u32::try_from(i64::from(self.0) * seconds / time / 1000).unwrap_or_default()
    }

    /// What is left after so many seconds of a video.
    #[must_use]
    pub fn spent(self, watched: u32, pace: Pace) -> Self {
        let (seconds, time) = pace.seconds_per_time();
        let spent = i64::from(watched) * 1000 * time / seconds;
        Self(i32::try_from((i64::from(self.0) - spent).max(0)).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_hour_is_good_for_an_hour_and_a_quarter_or_for_a_half_more_where_it_may_go_faster() {
        let hour = Credit::after(0, TimeDelta::hours(1));
        assert_eq!((hour.seconds_at(Pace::Normal), hour.seconds_at(Pace::Faster)), (4500, 5400));
        assert_eq!(hour.spent(4500, Pace::Normal).milliseconds(), 0);
        assert_eq!(Credit::of_newcomer(TimeDelta::zero()).seconds_at(Pace::Normal), 12);
    }

    #[test]
    fn a_clock_that_goes_back_gives_and_takes_nothing() {
        assert_eq!(Credit::after(700, TimeDelta::hours(-3)).milliseconds(), 700);
        assert_eq!(Credit::of_newcomer(TimeDelta::hours(-3)).milliseconds(), 10_000);
    }

    #[test]
    fn nobody_saves_up_more_than_a_shift() {
        let years = Credit::after(i32::MAX, TimeDelta::days(900));
        assert_eq!(years, Credit::after(0, Credit::MOST));
    }

    proptest! {
        /// However the time is cut into reports, at most the whole of it is watched.
        #[test]
        fn many_reports_gain_nothing(
            pauses in prop::collection::vec(0..600_000i64, 1..40), faster in any::<bool>(),
        ) {
            let pace = if faster { Pace::Faster } else { Pace::Normal };
            let whole: i64 = pauses.iter().sum();
            let (mut credit, mut watched) = (Credit::of_newcomer(TimeDelta::zero()), 0);
            for pause in pauses {
                credit = Credit::after(credit.milliseconds(), TimeDelta::milliseconds(pause));
                let taken = credit.seconds_at(pace);
                watched += i64::from(taken);
                credit = credit.spent(taken, pace);
            }
            let (seconds, time) = pace.seconds_per_time();
            // A thousandth of a second is lost at a report at most, never gained.
            prop_assert!(watched * 1000 * time <= (whole + 10_000) * seconds + 1000 * seconds);
        }

        /// A phone that plays without a break is believed to the last second.
        #[test]
        fn honest_watching_is_never_cut(
            stretches in prop::collection::vec(1..120u32, 1..60), faster in any::<bool>(),
        ) {
            let pace = if faster { Pace::Faster } else { Pace::Normal };
            let played = |seconds: u32| if faster { seconds * 3 / 2 } else { seconds };
            let mut credit = Credit::of_newcomer(TimeDelta::zero());
            for seconds in stretches {
                credit = Credit::after(credit.milliseconds(), TimeDelta::seconds(seconds.into()));
                prop_assert!(credit.seconds_at(pace) >= played(seconds));
                credit = credit.spent(played(seconds), pace);
            }
        }
    }
}
