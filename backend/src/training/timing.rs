//! What a session's times mean.

use chrono::{DateTime, TimeDelta, Utc};
use shared::{
    problem::{Code, Problem},
    time,
    training::SessionState,
};

use super::entity::session;
use crate::Result;

/// Check-in opens this long before a session starts; it closes when the session ends.
pub const OPENS_BEFORE: TimeDelta = TimeDelta::minutes(30);

impl session::Model {
    /// When check-in opens.
    pub fn opens_at(&self) -> DateTime<Utc> {
        self.starts_at - OPENS_BEFORE
    }

    /// Ended or cancelled: nobody enrols or checks in any more.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.cancelled_at.is_some() || now >= self.ends_at
    }

    pub fn state(&self, now: DateTime<Utc>) -> SessionState {
        if self.cancelled_at.is_some() {
            SessionState::Cancelled
        } else if now >= self.ends_at {
            SessionState::Ended
        } else if now >= self.opens_at() {
            SessionState::Open
        } else {
            SessionState::Planned
        }
    }

    /// Refuses what needs check-in to have opened.
    ///
    /// # Errors
    /// `check_in_not_open`, saying when it will be.
    pub fn refuse_early(&self, now: DateTime<Utc>) -> Result<()> {
        if now >= self.opens_at() {
            return Ok(());
        }
        Err(Problem::from(Code::CheckInNotOpen).detail(opening(self.opens_at(), now)).into())
    }

    /// Refuses what cannot be done once the session is over.
    ///
    /// # Errors
    /// `session_over`
    pub fn refuse_over(&self, now: DateTime<Utc>) -> Result<()> {
        if self.is_over(now) { Err(Code::SessionOver.into()) } else { Ok(()) }
    }
}

/// `13:30 开始签到`, with the day where it is not today.
fn opening(opens_at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let is_today = time::local_date(opens_at) == time::local_date(now);
    let when = if is_today { time::clock_time(opens_at) } else { time::moment(opens_at, now) };
    format!("{when} 开始签到")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use shared::{accounts::PersonId, training::TrainingSessionId};
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// 14:00 to 16:00 in Shanghai.
    fn session() -> session::Model {
        session::Model {
            id: TrainingSessionId(Uuid::now_v7()),
            title: String::new(),
            course_id: None,
            base_id: None,
            place: String::new(),
            notes: String::new(),
            starts_at: at("2026-11-23T06:00:00Z"),
            ends_at: at("2026-11-23T08:00:00Z"),
            instructor_id: PersonId(Uuid::now_v7()),
            seats: 1,
            taken: 0,
            organization_id: None,
            created_by: None,
            created_at: at("2026-11-01T00:00:00Z"),
            cancelled_at: None,
        }
    }

    #[rstest]
    #[case("2026-11-23T05:29:59.999Z", SessionState::Planned)]
    #[case("2026-11-23T05:30:00Z", SessionState::Open)]
    #[case("2026-11-23T07:59:59.999Z", SessionState::Open)]
    #[case("2026-11-23T08:00:00Z", SessionState::Ended)]
    fn a_session_is_open_from_half_an_hour_before_it_starts_until_it_ends(
        #[case] now: &str,
        #[case] state: SessionState,
    ) {
        assert_eq!(session().state(at(now)), state);
        assert_eq!(session().refuse_early(at(now)).is_ok(), state != SessionState::Planned);
        assert_eq!(session().refuse_over(at(now)).is_ok(), state != SessionState::Ended);
    }

    #[test]
    fn a_cancelled_session_is_over_at_any_time() {
        let cancelled =
            session::Model { cancelled_at: Some(at("2026-11-02T00:00:00Z")), ..session() };
        let now = at("2026-11-23T06:30:00Z");
        assert_eq!(cancelled.state(now), SessionState::Cancelled);
        assert_eq!(cancelled.refuse_over(now).unwrap_err().code(), Some(Code::SessionOver));
    }

    #[rstest]
    #[case("2026-11-23T05:00:00Z", "13:30 开始签到")]
    #[case("2026-11-22T05:00:00Z", "明天 13:30 开始签到")]
    #[case("2026-11-01T05:00:00Z", "11月23日 周一 13:30 开始签到")]
    fn whoever_is_early_is_told_when_to_come_back(#[case] now: &str, #[case] told: &str) {
        assert_eq!(opening(session().opens_at(), at(now)), told);
    }
}
