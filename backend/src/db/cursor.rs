//! Where a page of a list ended, as whoever asks for the following one brings it back: the sort key
//! of the last row, in a text that nobody needs to read but anybody can make up.

use std::{str::FromStr, vec};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, Value};
use shared::problem::{Code, Problem};

use crate::Result;

/// The last microsecond of the year 9999: later ones are no longer written with four digits, so
/// that SQLite would not sort them.
const LATEST: i64 = 253_402_300_799_999_999;

/// The text of a sort key whose parts are these, none with a space in it.
pub fn write(parts: &[String]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(parts.join(" "))
}

/// How an instant is a part of a sort key.
pub fn instant(at: DateTime<Utc>) -> String {
    at.timestamp_micros().to_string()
}

/// Reads a sort key; `place` takes its parts in their order.
///
/// # Errors
/// `invalid_request` where it is none that [`write`] could have made.
pub fn read<T>(cursor: &str, place: impl FnOnce(&mut Parts) -> Option<T>) -> Result<T> {
    let text = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok();
    let found = text.and_then(|text| {
        let parts: Vec<_> = str::from_utf8(&text).ok()?.split(' ').map(str::to_owned).collect();
        let mut parts = Parts(parts.into_iter());
        let place = place(&mut parts)?;
        parts.0.next().is_none().then_some(place)
    });
    let refusal = || Problem::from(Code::InvalidRequest).field("cursor", "请从第一页重新开始看");
    Ok(found.ok_or_else(refusal)?)
}

/// What comes after a place in a list whose last changed rows are first, and of those of the same
/// moment the greatest ids.
pub fn changed_before<C: ColumnTrait>(
    (changed, at): (C, DateTime<Utc>),
    (id, last): (C, impl Into<Value>),
) -> Condition {
    let same_moment = Condition::all().add(changed.eq(at)).add(id.lt(last));
    Condition::all().add(changed.lte(at)).add(Condition::any().add(changed.lt(at)).add(same_moment))
}

/// The parts of a sort key that are still to be read.
pub struct Parts(vec::IntoIter<String>);

impl Parts {
    pub fn part<T: FromStr>(&mut self) -> Option<T> {
        self.0.next()?.parse().ok()
    }

    /// An instant that both databases can compare with: chrono knows earlier ones than PostgreSQL.
    pub fn instant(&mut self) -> Option<DateTime<Utc>> {
        let micros = self.part::<i64>().filter(|it| (0..=LATEST).contains(it))?;
        DateTime::from_timestamp_micros(micros)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(cursor: &str) -> Result<(i32, DateTime<Utc>)> {
        read(cursor, |parts| Some((parts.part()?, parts.instant()?)))
    }

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let at = DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap();
        assert_eq!(place(&write(&["1".into(), instant(at)])).unwrap(), (1, at));
    }

    #[test]
    fn a_made_up_cursor_is_refused() {
        let made_up = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        for cursor in [
            String::new(),
            "%%%".into(),
            BASE64_URL_SAFE_NO_PAD.encode(b"\xff"),
            made_up("1"),
            made_up("1 x"),
            made_up("1 2 3"),
            made_up("1 -1"),
            made_up("1 -210866803200000001"),
            made_up("1 253402300800000000"),
            made_up("1 9223372036854775808"),
        ] {
            let refused = place(&cursor).unwrap_err();
            assert_eq!(refused.code(), Some(Code::InvalidRequest), "{cursor}");
        }
    }
}
