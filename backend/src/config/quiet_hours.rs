//! The hours in which nobody's phone is to ring.

use std::str::FromStr;

use chrono::{DateTime, Days, NaiveTime, Utc};
use shared::time;

/// From one local time of day to another, over midnight as a rule; or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours(Option<(NaiveTime, NaiveTime)>);

impl QuietHours {
    /// When they end; nothing outside of them.
    pub fn end(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (from, to) = self.0?;
        let (today, clock) = (time::local_date(now), time::local(now).time());
        let (before_end, after_beginning) = (clock < to, clock >= from);
        let inside =
            if from < to { before_end && after_beginning } else { before_end || after_beginning };
        let day = if before_end { today } else { today + Days::new(1) };
        let end = day.and_time(to).and_local_timezone(time::zone()).earliest();
        end.filter(|_| inside).map(|it| it.to_utc())
    }

    /// From when to when, as `21:00`.
    pub fn in_words(self) -> Option<(String, String)> {
        let word = |time: NaiveTime| time.format("%H:%M").to_string();
        self.0.map(|(from, to)| (word(from), word(to)))
    }
}

impl FromStr for QuietHours {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if matches!(text, "" | "off") {
            return Ok(Self(None));
        }
        let time = |part: &str| NaiveTime::parse_from_str(part.trim(), "%H:%M").ok();
        text.split_once('-')
            .and_then(|(from, to)| Some((time(from)?, time(to)?)))
            .filter(|(from, to)| from != to)
            .map(|hours| Self(Some(hours)))
            .ok_or("write two times of day, as 21:00-07:00, or off")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2026-11-25T{clock}:00+08:00").parse().unwrap()
    }

    fn end(hours: &str, now: &str) -> Option<String> {
        let end = hours.parse::<QuietHours>().unwrap().end(at(now));
        end.map(|it| time::local(it).format("%d %H:%M").to_string())
    }

    #[rstest]
    #[case::evening("21:00-07:00", "22:30", Some("26 07:00"))]
    #[case::begins("21:00-07:00", "21:00", Some("26 07:00"))]
    #[case::after_midnight("21:00-07:00", "00:10", Some("25 07:00"))]
    #[case::last_minute("21:00-07:00", "06:59", Some("25 07:00"))]
    #[case::ended("21:00-07:00", "07:00", None)]
    #[case::day("21:00-07:00", "20:59", None)]
    #[case::within_a_day("12:00-14:00", "13:00", Some("25 14:00"))]
    #[case::before_noon("12:00-14:00", "11:59", None)]
    #[case::afternoon("12:00-14:00", "14:00", None)]
    #[case::off("off", "23:00", None)]
    fn they_end_once_a_day(#[case] hours: &str, #[case] now: &str, #[case] expected: Option<&str>) {
        assert_eq!(end(hours, now).as_deref(), expected);
    }

    #[rstest]
    #[case("21:00")]
    #[case("21-7")]
    #[case("25:00-07:00")]
    #[case("07:00-07:00")]
    fn what_is_no_span_of_time_is_refused_in_words(#[case] text: &str) {
        assert!(text.parse::<QuietHours>().unwrap_err().contains("21:00-07:00"));
    }
}
