//! Dates, times and numbers as the browser's fields write them; times are Asia/Shanghai.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use shared::time;

use crate::clock;

/// `2026-11-23T14:00`, as a `datetime-local` field shows an instant.
pub fn instant_text(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| time::local(at).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

/// The instant of `2026-11-23T14:00`; nothing where the field is empty or half filled.
pub fn instant_of(text: &str) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    Some(local.and_local_timezone(time::zone()).single()?.to_utc())
}

/// The date of `2026-11-23`.
pub fn date_of(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// The number written; 0, which every field with a lower bound refuses, where it is none.
pub fn number_of(text: &str) -> u32 {
    text.trim().parse().unwrap_or_default()
}

/// The number written where it may be left out: 0 where nothing is written; one that every field
/// with an upper bound refuses where something else is.
pub fn number_or_nothing(text: &str) -> u32 {
    let text = text.trim();
    if text.is_empty() { 0 } else { text.parse().unwrap_or(u32::MAX) }
}

/// Such a number as its field shows it: nothing for 0.
pub fn number_text(number: u32) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

/// The local date, by the server's clock.
pub fn today() -> NaiveDate {
    time::local_date(clock::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_and_read_in_shanghai_time() {
        let at: DateTime<Utc> = "2026-11-23T16:30:00Z".parse().expect("an instant");
        assert_eq!(instant_text(Some(at)), "2026-11-24T00:30");
        assert_eq!(instant_of("2026-11-24T00:30"), Some(at));
    }

    #[test]
    fn a_number_that_is_none_is_not_taken_for_one_that_is_left_out() {
        for (text, number) in [("", 0), (" 30 ", 30), ("1.5", u32::MAX), ("-2", u32::MAX)] {
            assert_eq!(number_or_nothing(text), number, "{text}");
        }
        assert_eq!((number_text(0), number_text(30)), (String::new(), "30".to_owned()));
    }

    #[test]
    fn a_half_filled_field_is_no_instant() {
        for text in ["", "2026-11-24", "2026-11-24T", "T09:00"] {
            assert_eq!(instant_of(text), None, "{text}");
        }
    }
}
