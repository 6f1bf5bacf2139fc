//! A cell of a workbook as somebody reads it.

use calamine::{DataRef, ExcelDateTime, Style};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{day::DayFormat, format::Percent};

/// From here on spreadsheet programs have lost the last digits of a number.
const ROUNDED: f64 = 1e15;
/// The days that spreadsheet programs know, from 1900 to 9999.
const DAYS: std::ops::Range<f64> = 0.0..2_958_466.0;
/// Digits that a number may be filled up to.
const MOST_ZEROS: usize = 32;

/// What the style of a cell says of how its value looks.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The digits up to which it fills a number with zeros: `00000` shows 7 as 00007.
    zeros: usize,
    percent: Option<Percent>,
    day: Option<DayFormat>,
}

impl Look {
    /// Percentages and days look as the sheet shows them only where that is what is read.
    pub fn of(style: &Style, as_shown: bool) -> Self {
        let format = style.number_format.as_ref();
        let code = format.map_or("", |it| it.format_code.as_str());
        let filled = code.bytes().all(|it| it == b'0');
        Self {
            zeros: if filled { code.len().min(MOST_ZEROS) } else { 0 },
            percent: Percent::of(code).filter(|_| as_shown),
            day: DayFormat::of(code, format.and_then(|it| it.format_id)).filter(|_| as_shown),
        }
    }
}

/// Numbers that were rounded are written so that whoever looks at them can tell.
pub fn text(value: &DataRef<'_>, look: &Look) -> String {
    let zeros = look.zeros;
    #[expect(clippy::cast_precision_loss, reason = "a percentage has not as many digits")]
    let number = match value {
        DataRef::Int(number) => Some(*number as f64),
        DataRef::Float(number) => Some(*number),
        _ => None,
    };
    if let Some((percent, number)) = look.percent.zip(number.filter(|it| it.abs() < ROUNDED)) {
        return percent.show(number);
    }
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
        DataRef::DateTime(moment) => moment_text(moment, look.day.as_ref()),
        DataRef::DateTimeIso(text) => {
            iso_text(text, look.day.as_ref()).unwrap_or_else(|| text.clone())
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A day as `2026-11-26`, a time as `08:30` and a span as `30:15`: spreadsheet programs make numbers of
/// what was typed so. With a format they are as that shows them.
fn moment_text(moment: &ExcelDateTime, format: Option<&DayFormat>) -> String {
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
        (_, Some(time)) if days < 1.0 => match format.filter(|it| !it.has_day()) {
            Some(format) => format.show(NaiveDate::default().and_time(time)),
            None => time_text(time),
        },
        (Some(date), Some(time)) => day_text(date.and_time(time), format),
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
fn iso_text(text: &str, format: Option<&DayFormat>) -> Option<String> {
    let text = text.trim().trim_end_matches('Z');
    if let Ok(moment) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f") {
        return Some(day_text(moment, format));
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day_text(date.and_time(NaiveTime::MIN), format));
    }
    let time = text.strip_prefix('T').unwrap_or(text);
    NaiveTime::parse_from_str(time, "%H:%M:%S%.f").ok().map(time_text)
}

fn day_text(moment: NaiveDateTime, format: Option<&DayFormat>) -> String {
    if let Some(format) = format {
        return format.show(moment);
    }
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
        text(&DataRef::DateTime(ExcelDateTime::new(days, kind, false)), &Look::default())
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
            assert_eq!(text(&DataRef::DateTimeIso(written.into()), &Look::default()), read);
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
            let look = Look { zeros, ..Look::default() };
            assert_eq!(text(&DataRef::Float(number), &look), read);
        }
    }

    #[test]
    fn a_percentage_and_a_day_are_read_as_their_style_shows_them() {
        let look = Look { percent: Percent::of("0%"), ..Look::default() };
        assert_eq!(text(&DataRef::Float(0.05), &look), "5%");
        assert_eq!(text(&DataRef::Int(1), &look), "100%");
        let look = Look { day: DayFormat::of("m月d日", None), ..Look::default() };
        let day = |days| DataRef::DateTime(ExcelDateTime::new(days, DateTime, false));
        assert_eq!(text(&day(46_082.0), &look), "3月1日");
        assert_eq!(text(&day(8.5 / 24.0), &look), "08:30", "there is no such day");
        assert_eq!(text(&DataRef::DateTimeIso("2026-03-01".into()), &look), "3月1日");
        let look = Look { day: DayFormat::of("h:mm", None), ..Look::default() };
        assert_eq!(text(&day(8.5 / 24.0), &look), "8:30");
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
