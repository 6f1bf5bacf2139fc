//! Something that is done once a day.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use shared::time;

/// What could not be done for so long after its time is left out for the day.
const WORTH_FOR: TimeDelta = TimeDelta::hours(4);

/// At a local time of day, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Daily(Option<NaiveTime>);

impl Daily {
    /// The local day for which it is due now.
    pub fn due(self, now: DateTime<Utc>) -> Option<NaiveDate> {
        self.due_all_day(now).filter(|_| self.late(now).is_some_and(|it| it < WORTH_FOR))
    }

    /// The same of what is worth doing until the day ends.
    pub fn due_all_day(self, now: DateTime<Utc>) -> Option<NaiveDate> {
        (self.late(now)? >= TimeDelta::zero()).then(|| time::local_date(now))
    }

    fn late(self, now: DateTime<Utc>) -> Option<TimeDelta> {
        Some(time::local(now).time().signed_duration_since(self.0?))
    }
}

impl FromStr for Daily {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if matches!(text, "" | "off") {
            return Ok(Self(None));
        }
        let time = NaiveTime::parse_from_str(text, "%H:%M");
        time.map(|it| Self(Some(it))).map_err(|_| "write a time of day, as 08:00, or off")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_from_its_time_on_and_not_all_day() {
        let daily: Daily = "08:00".parse().unwrap();
        for (clock, due) in
            [("07:59", false), ("08:00", true), ("11:59", true), ("12:00", false), ("23:00", false)]
        {
            let now = format!("2026-11-25T{clock}:00+08:00").parse().unwrap();
            let day = NaiveDate::from_ymd_opt(2026, 11, 25);
            assert_eq!(daily.due(now), day.filter(|_| due), "{clock}");
            assert_eq!(daily.due_all_day(now), day.filter(|_| clock >= "08:00"), "{clock}");
            assert_eq!("off".parse::<Daily>().unwrap().due(now), None);
        }
        assert!("8 o'clock".parse::<Daily>().is_err());
    }
}
