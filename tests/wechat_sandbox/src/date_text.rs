//! Dates and times in the ways a subscribe message may write them.

use chrono::{NaiveDate, NaiveTime};

/// A leap year, so that a date without a year may be 29 February.
const YEAR_LEFT_OUT: i32 = 2024;

/// `date` lines: a date with an optional time, or two of them joined by `~`.
pub fn is_date(value: &str) -> bool {
    is_range_of(value, |point| match point.split_once(' ') {
        Some((date, time)) => is_day(date) && is_clock_time(time),
        None => is_day(point),
    })
}

/// `time` lines: a time with an optional date before it, or two of them joined by `~`.
pub fn is_time(value: &str) -> bool {
    is_range_of(value, |point| match point.split_once(' ') {
        Some((date, time)) => is_day(date) && is_clock_time(time),
        None => is_clock_time(point),
    })
}

fn is_range_of(value: &str, is_point: impl Fn(&str) -> bool) -> bool {
    match value.split_once('~') {
        Some((from, to)) => is_point(from.trim()) && is_point(to.trim()),
        None => is_point(value),
    }
}

fn is_clock_time(text: &str) -> bool {
    ["%H:%M", "%H:%M:%S"].iter().any(|format| NaiveTime::parse_from_str(text, format).is_ok())
}

/// `y年m月d日`, `y年m月`, `m月d日`, or the same numbers joined by `-`, `/` or `.`.
fn is_day(text: &str) -> bool {
    if text.contains('月') {
        return written_parts(text).is_some_and(|parts| is_calendar_day(&parts));
    }
    ['-', '/', '.'].into_iter().any(|separator| {
        let parts: Option<Vec<u32>> = text.split(separator).map(number).collect();
        parts.is_some_and(|parts| parts.len() > 1 && is_calendar_day(&parts))
    })
}

/// The numbers of a date written with 年, 月 and 日.
fn written_parts(text: &str) -> Option<Vec<u32>> {
    let (year, rest) = match text.split_once('年') {
        Some((year, rest)) => (Some(number(year)?), rest),
        None => (None, text),
    };
    let (month, day) = rest.split_once('月')?;
    let day = match (day, year) {
        ("", Some(_)) => None,
        (day, _) => Some(number(day.strip_suffix('日')?)?),
    };
    Some(year.into_iter().chain([number(month)?]).chain(day).collect())
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Year, month and day; or year and month; or month and day.
fn is_calendar_day(parts: &[u32]) -> bool {
    let valid = |year: i32, month, day| NaiveDate::from_ymd_opt(year, month, day).is_some();
    let year_of = |number: u32| i32::try_from(number).unwrap_or_default();
    match *parts {
        [year, month, day] => year >= 1000 && valid(year_of(year), month, day),
        [year, month] if year >= 1000 => valid(year_of(year), month, 1),
        [month, day] => valid(YEAR_LEFT_OUT, month, day),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_taken_in_every_documented_form() {
        for text in [
            "2026年11月23日",
            "2026年11月",
            "11月23日",
            "2026-11-23",
            "2026/11/23 15:01",
            "2026.11.23 15:01:02",
            "2026年11月23日 15:01~2026年11月24日 16:00",
            "02-29",
        ] {
            assert!(is_date(text), "{text}");
        }
    }

    #[test]
    fn dates_that_no_calendar_has_are_refused() {
        for text in [
            "2026年13月1日",
            "2026-02-30",
            "2026",
            "11月",
            "2026-11-23 25:00",
            "15:01",
            "明天",
            "2026年11月23日~",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn times_are_taken_alone_with_a_date_and_as_a_range() {
        for text in ["15:01", "08:00:30", "2019年10月1日 15:01", "09:00~11:30"] {
            assert!(is_time(text), "{text}");
        }
        for text in ["24:01", "9点", "2019年10月1日"] {
            assert!(!is_time(text), "{text}");
        }
    }
}
