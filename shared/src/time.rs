//! How people read time here: the business zone is Asia/Shanghai, which has no summer time.

use std::cmp::Ordering;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc};

/// UTC+8, the one zone of the business.
///
/// # Panics
/// Never: eight hours is a valid offset.
pub const fn zone() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours is a valid offset")
}

/// The instant as local wall-clock time.
pub fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&zone())
}

/// The local date of an instant.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    local(at).date_naive()
}

/// `今天 14:00`, `明天 09:30`, `6月3日 周三 14:00`, with the year where it is not this one.
pub fn moment(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    format!("{} {}", day(local_date(at), local_date(now)), clock_time(at))
}

/// `14:05`
pub fn clock_time(at: DateTime<Utc>) -> String {
    // chrono's own formatting would bring a table of upper and lower case to every phone.
    let at = local(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `30 秒`, `1 分 20 秒`, `2 分钟`
pub fn span(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} 秒"),
        (minutes, 0) => format!("{minutes} 分钟"),
        (minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
    }
}

/// `今天`, `明天`, `昨天`, `6月3日 周三`, with the year where it is not this one.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => return "今天".into(),
        1 => return "明天".into(),
        -1 => return "昨天".into(),
        _ => {}
    }
    let week =
        ["一", "二", "三", "四", "五", "六", "日"][date.weekday().num_days_from_monday() as usize];
    let day = format!("{}月{}日 周{week}", date.month(), date.day());
    if date.year() == today.year() { day } else { format!("{}年{day}", date.year()) }
}

/// Until when something is to be learnt, the day itself included: `今天学完`, `明天之前学完`,
/// `6月3日 周三之前学完`; of a day that is over `昨天就该学完`.
pub fn learn_by(due_on: NaiveDate, today: NaiveDate) -> String {
    let due = day(due_on, today);
    match due_on.cmp(&today) {
        Ordering::Less => format!("{due}就该学完"),
        Ordering::Equal => format!("{due}学完"),
        Ordering::Greater => format!("{due}之前学完"),
    }
}

/// `2026-11-23 14:05:09`, for tables and exports.
pub fn stamp(at: DateTime<Utc>) -> String {
    local(at).format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_span_is_told_in_minutes_and_seconds() {
        for (seconds, told) in
            [(30, "30 秒"), (60, "1 分钟"), (80, "1 分 20 秒"), (7200, "120 分钟")]
        {
            assert_eq!(span(seconds), told);
        }
    }

    #[test]
    fn what_is_to_be_learnt_is_never_asked_for_by_a_day_that_is_over() {
        let today = "2026-11-23".parse().expect("a day");
        for (due_on, told) in [
            ("2026-11-22", "昨天就该学完"),
            ("2026-11-23", "今天学完"),
            ("2026-11-24", "明天之前学完"),
            ("2026-12-01", "12月1日 周二之前学完"),
        ] {
            assert_eq!(learn_by(due_on.parse().expect("a day"), today), told);
        }
    }

    #[test]
    fn a_moment_is_told_relative_to_the_local_day() {
        let now = at("2026-11-23T15:59:00Z"); // 23:59 in Shanghai
        for (instant, told) in [
            ("2026-11-23T15:00:00Z", "今天 23:00"),
            ("2026-11-23T16:00:00Z", "明天 00:00"),
            ("2026-11-22T15:59:00Z", "昨天 23:59"),
            ("2026-06-03T06:00:00Z", "6月3日 周三 14:00"),
            ("2025-12-31T06:00:00Z", "2025年12月31日 周三 14:00"),
        ] {
            assert_eq!(moment(at(instant), now), told);
        }
    }
}
