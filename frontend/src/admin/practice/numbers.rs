//! Numbers as they are typed: what is none stays in its field, and with the draft, until it is mended.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::problem::{Code, Problem};

use crate::client::Trouble;

/// What stands where a number belongs, and is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The path of the field in the request.
    field: String,
    text: String,
    whole: bool,
}

impl Unread {
    fn message(&self) -> &'static str {
        if self.text.is_empty() {
            "写上要量到多少，例如 45"
        } else if self.whole {
            "写整数，例如 30"
        } else {
            "写数字，例如 45 或 0.5"
        }
    }
}

/// Nothing of it goes to the server: a number that was left out would say something else.
pub fn refusal(unread: Vec<Unread>) -> Trouble {
    let problem = Problem::from(Code::InvalidRequest);
    unread.into_iter().fold(problem, |problem, it| problem.field(&it.field, it.message())).into()
}

/// Reads the fields of a form one after the other.
#[derive(Default)]
pub struct Reading {
    pub unread: Vec<Unread>,
}

impl Reading {
    /// A whole number; 0 where nobody has written one.
    pub fn whole(&mut self, field: String, typed: RwSignal<String>) -> u32 {
        let text = plain(&typed.get());
        if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) {
            // What is too large for any field is for the server to refuse.
            return text.parse().unwrap_or(u32::MAX);
        }
        self.without(field, typed, true)
    }

    /// A number; 0 where nobody has written one.
    pub fn number(&mut self, field: String, typed: RwSignal<String>) -> f64 {
        decimal(&typed.get()).unwrap_or_else(|| f64::from(self.without(field, typed, false)))
    }

    /// A number that must be there.
    pub fn needed(&mut self, field: String, typed: RwSignal<String>) -> f64 {
        decimal(&typed.get()).unwrap_or_else(|| {
            self.unread.push(Unread { field, text: typed.get(), whole: false });
            0.0
        })
    }

    fn without(&mut self, field: String, typed: RwSignal<String>, whole: bool) -> u32 {
        let text = typed.get();
        if !text.trim().is_empty() {
            self.unread.push(Unread { field, text, whole });
        }
        0
    }
}

/// Puts numbers into fields, and what was typed instead of one.
#[derive(Clone, Copy)]
pub struct Typing<'a>(pub &'a [Unread]);

impl Typing<'_> {
    /// Nothing for 0.
    pub fn whole(self, field: &str, number: u32) -> String {
        self.number(field, f64::from(number))
    }

    /// Nothing for 0.
    pub fn number(self, field: &str, number: f64) -> String {
        if number == 0.0 { self.typed(field).unwrap_or_default() } else { number.to_string() }
    }

    /// 0 as well.
    pub fn needed(self, field: &str, number: f64) -> String {
        self.typed(field).unwrap_or_else(|| number.to_string())
    }

    fn typed(self, field: &str) -> Option<String> {
        self.0.iter().find(|it| it.field == field).map(|it| it.text.clone())
    }
}

/// The number of `0.5`, also of `０．５`.
fn decimal(text: &str) -> Option<f64> {
    let text = plain(text);
    // Words such as `inf` are numbers to the parser.
    let written = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    text.parse().ok().filter(|_| written)
}

/// As an input method for Chinese may not write it.
fn plain(text: &str) -> String {
    let narrow = |it| match it {
        '０'..='９' => char::from_u32(it as u32 - '０' as u32 + '0' as u32).unwrap_or(it),
        '．' | '。' => '.',
        it => it,
    };
    text.trim().chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(text: &str, how: impl Fn(&mut Reading, RwSignal<String>) -> T) -> (T, Vec<Unread>) {
        let mut reading = Reading::default();
        let number = Owner::new().with(|| how(&mut reading, RwSignal::new(text.to_owned())));
        (number, reading.unread)
    }

    #[test]
    fn what_is_no_number_is_kept_and_never_taken_for_one() {
        for (text, number) in [("", 0.0), (" 0.5 ", 0.5), ("４５", 45.0), ("2。5", 2.5)] {
            let (read, unread) = read(text, |it, typed| it.number("at".into(), typed));
            assert!((read - number).abs() < f64::EPSILON && unread.is_empty(), "{text}");
        }
        for wrong in ["一", "-5", "inf", "1.2.3", ".", "5 度"] {
            let (read, unread) = read(wrong, |it, typed| it.number("at".into(), typed));
            assert!(read == 0.0 && Typing(&unread).number("at", 0.0) == wrong, "{wrong}");
        }
    }

    #[test]
    fn a_whole_number_has_no_fraction_and_may_be_left_out() {
        let whole = |text| read(text, |it, typed| it.whole("at".into(), typed));
        assert_eq!(whole(""), (0, Vec::new()));
        assert_eq!(whole("30"), (30, Vec::new()));
        assert_eq!(whole("99999999999"), (u32::MAX, Vec::new()));
        let (_, unread) = whole("1.5");
        assert_eq!(unread[0].message(), "写整数，例如 30");
        assert_eq!(refusal(unread).fields()[0].field, "at");
    }

    #[test]
    fn a_value_that_is_needed_is_missed_where_the_field_is_empty() {
        let (_, unread) = read("", |it, typed| it.needed("at".into(), typed));
        assert_eq!(unread[0].message(), "写上要量到多少，例如 45");
        assert_eq!(Typing(&unread).needed("at", 0.0), "");
        assert_eq!(Typing(&[]).needed("at", 0.0), "0");
    }
}
