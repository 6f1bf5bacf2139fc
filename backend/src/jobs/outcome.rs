//! What a try of a job leads to.

use chrono::{DateTime, Utc};
use sea_orm::ActiveEnum;
use shared::deliveries::SkipReason;

use super::entity::job::State;
use crate::config::PaceConfig;

/// Tries before a job is given up.
const TRIES: i32 = 8;

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// There was nothing to do, and why.
    Skipped(SkipReason),
    /// Not to be tried again, and why.
    Dead(String),
    /// To be tried again after the back-off, and why.
    Again(String),
    /// To be tried again at this time, and why; does not count as a try.
    Later(DateTime<Utc>, String),
}

/// A job's row after a try.
#[derive(Debug)]
pub(super) struct Next {
    pub state: State,
    pub run_at: DateTime<Utc>,
    pub attempts: i32,
    /// Why it waits, was skipped or is dead.
    pub error: Option<String>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl Next {
    pub(super) fn after(
        outcome: Outcome,
        tried: i32,
        now: DateTime<Utc>,
        pace: PaceConfig,
    ) -> Self {
        let waiting = |run_at, attempts, error| Self {
            state: State::Pending,
            run_at,
            attempts,
            error: Some(error),
            finished_at: None,
        };
        let finished = |state, error| Self {
            state,
            run_at: now,
            attempts: tried,
            error,
            finished_at: Some(now),
        };
        match outcome {
            Outcome::Done => finished(State::Done, None),
            Outcome::Skipped(why) => finished(State::Skipped, Some(why.to_value())),
            Outcome::Dead(why) => finished(State::Dead, Some(why)),
            Outcome::Again(why) if tried >= TRIES => finished(State::Dead, Some(why)),
            Outcome::Again(why) => waiting(now + pace.back_off(tried), tried, why),
            Outcome::Later(at, why) => waiting(at, tried - 1, why),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const PACE: PaceConfig =
        PaceConfig { job_retry_ms: 5_000, job_lease_seconds: 60, wechat_pause_ms: 30_000 };

    #[test]
    fn a_job_is_given_up_after_its_last_try_only() {
        let now = Utc::now();
        let next = |outcome, tried| Next::after(outcome, tried, now, PACE);
        assert_eq!(next(Outcome::Again("busy".into()), TRIES - 1).state, State::Pending);
        assert_eq!(next(Outcome::Again("busy".into()), TRIES).state, State::Dead);
        let parked = next(Outcome::Later(now + TimeDelta::hours(1), "quota".into()), TRIES);
        assert_eq!((parked.state, parked.attempts), (State::Pending, TRIES - 1));
    }

    #[test]
    fn what_was_skipped_has_ended_and_says_why() {
        let next = Next::after(Outcome::Skipped(SkipReason::NoConsent), 1, Utc::now(), PACE);
        assert_eq!((next.state, next.error.as_deref()), (State::Skipped, Some("no_consent")));
        assert!(next.finished_at.is_some());
    }
}
