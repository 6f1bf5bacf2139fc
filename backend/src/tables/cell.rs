//! A cell of a workbook as somebody reads it.

use calamine::{DataRef, ExcelDateTime, Style};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// From here on spreadsheet programs have lost the last digits of a number.
const ROUNDED: f64 = 1e15;
/// The days that spreadsheet programs know, from 1900 to 9999.
const DAYS: std::ops::Range<f64> = 0.0..2_958_466.0;
/// Digits that a number may be filled up to.
const MOST_ZEROS: usize = 32;

/// The digits up to which a style fills a number with zeros: `00000` shows 7 as 00007.
pub fn zeros(style: &Style) -> usize {
    let code = style.number_format.as_ref().map_or("", |it| it.format_code.as_str());
    if code.bytes().all(|it| it == b'0') { code.len().min(MOST_ZEROS) } else { 0 }
}

/// Numbers that were rounded are written so that whoever looks at them can tell.
pub fn text(value: &DataRef<'_>, zeros: usize) -> String {
    match value {
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => format!("{number:0zeros$}"),
        DataRef::Float(number) if number.abs() >= ROUNDED => {
            format!("{number:E}").replace('E', "E+")
        }
        DataRef::Float(number) if number.fract() == 0.0 => format!("{number:0zeros$}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "是".into(),
        DataRef::Bool(false) => "否".into(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) => iso_text(text).unwrap_or_else(|| text.clone()),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A day as `2026-11-26`, a time as `08:30` and a span as `30:15`: spreadsheet programs make numbers of
/// what was typed so.
fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if !DAYS.contains(&days) {
        return days.to_string();
    }
    if moment.is_duration() {
        return span_text(days);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let time = NaiveTime::from_hms_opt(hour.into(), minute.into(), second.into());
    match (date, time) {
        (_, Some(time)) if days < 1.0 => time_text(time),
        (Some(date), Some(time)) => day_text(date.and_time(time)),
        // The 29th of February 1900, which never was.
        _ => days.to_string(),
    }
}

fn span_text(days: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "the caller has looked at the bounds")]
    let seconds = (days * 86_400.0).round() as i64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{hours}:{minutes:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// Some programs write a day as `2026-11-26T00:00:00`.
fn iso_text(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('Z');
    if let Ok(moment) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f") {
        return Some(day_text(moment));
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date.to_string());
    }
    let time = text.strip_prefix('T').unwrap_or(text);
    NaiveTime::parse_from_str(time, "%H:%M:%S%.f").ok().map(time_text)
}

fn day_text(moment: NaiveDateTime) -> String {
    let (date, time) = (moment.date(), moment.time());
    if time == NaiveTime::MIN { date.to_string() } else { format!("{date} {}", time_text(time)) }
}

fn time_text(time: NaiveTime) -> String {
    let short = chrono::Timelike::second(&time) == 0;
    time.format(if short { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// Whether a spreadsheet program took what was typed for a day, as it does with 3-1 and 1/2.
pub fn became_a_day(text: &str) -> bool {
    let day = text.split(' ').next().unwrap_or_default();
    day.len() == 10 && NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok()
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{self, DateTime, TimeDelta};

    use super::*;

    fn moment(days: f64, kind: ExcelDateTimeType) -> String {
        text(&DataRef::DateTime(ExcelDateTime::new(days, kind, false)), 0)
    }

    #[test]
    fn a_day_and_a_time_are_read_as_they_were_typed() {
        for (days, read) in [
            (46_352.0, "2026-11-26"),
            (46_352.0 + 8.5 / 24.0, "2026-11-26 08:30"),
            (8.5 / 24.0, "08:30"),
            (32_874.0, "1990-01-01"),
            (-3.0, "-3"),
            (1e12, "1000000000000"),
        ] {
            assert_eq!(moment(days, DateTime), read);
        }
        assert_eq!(moment(30.25 / 24.0, TimeDelta), "30:15");
        assert_eq!(moment(90.0 / 86_400.0, TimeDelta), "0:01:30");
        for (written, read) in [
            ("2026-11-26T00:00:00", "2026-11-26"),
            ("2026-11-26T00:00:00.000Z", "2026-11-26"),
            ("2026-11-26T08:30:00", "2026-11-26 08:30"),
            ("2026-11-26", "2026-11-26"),
            ("T08:30:00", "08:30"),
            ("某天", "某天"),
        ] {
            assert_eq!(text(&DataRef::DateTimeIso(written.into()), 0), read);
        }
    }

    #[test]
    fn a_number_is_read_as_its_style_shows_it_and_tells_where_its_end_is_lost() {
        for (number, zeros, read) in [
            (7.0, 5, "00007"),
            (7.0, 0, "7"),
            (123_456.0, 5, "123456"),
            (7.5, 5, "7.5"),
            (13_812_345_678.0, 0, "13812345678"),
            (110_105_194_912_310_000.0, 0, "1.1010519491231E+17"),
        ] {
            assert_eq!(text(&DataRef::Float(number), zeros), read);
        }
    }

    #[test]
    fn what_became_a_day_is_told_from_what_looks_a_little_like_one() {
        for text in ["2026-03-01", "2026-03-01 08:30"] {
            assert!(became_a_day(text), "{text}");
        }
        for text in ["", "3-1", "2026-3-1", "2026-13-01", "A2026-03-01", "保洁 2026-03-01"] {
            assert!(!became_a_day(text), "{text}");
        }
    }
}
