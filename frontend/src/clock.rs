//! The server's clock, as far as this device knows it. Phones' own clocks are often wrong.

use std::cell::Cell;

use chrono::{DateTime, TimeDelta, Utc};

thread_local! {
    /// Milliseconds that the server's clock is ahead of the device's.
    static AHEAD: Cell<i64> = const { Cell::new(0) };
}

/// A `Date` header tells whole seconds only, so smaller differences mean nothing.
const COARSE: i64 = 2_000;

/// Now, by the server's clock.
pub fn now() -> DateTime<Utc> {
    device_now() + TimeDelta::milliseconds(AHEAD.get())
}

/// The server just said what time it is.
pub fn learn(server_now: DateTime<Utc>) {
    AHEAD.set((server_now - device_now()).num_milliseconds());
}

/// The server said so in passing, in a `Date` header.
pub fn hear(date: &str) {
    let milliseconds = js_sys::Date::parse(date);
    if milliseconds.is_nan() {
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of our time fit")]
    let told = DateTime::from_timestamp_millis(milliseconds as i64 + 500);
    if let Some(told) = told
        && (told - now()).num_milliseconds().abs() > COARSE
    {
        learn(told);
    }
}

fn device_now() -> DateTime<Utc> {
    Utc::now()
}
