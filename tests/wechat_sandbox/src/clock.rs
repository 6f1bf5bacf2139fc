//! The sandbox's clock: the machine's, shifted by as many seconds as a test likes.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, FixedOffset, Utc};

const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;

/// Unix seconds that can be pushed forward (or back) while the server runs.
#[derive(Default)]
pub struct Clock {
    offset_seconds: AtomicI64,
}

impl Clock {
    /// Unix seconds.
    pub fn now(&self) -> i64 {
        Utc::now().timestamp() + self.offset_seconds()
    }

    pub fn offset_seconds(&self) -> i64 {
        self.offset_seconds.load(Ordering::SeqCst)
    }

    pub fn advance(&self, seconds: i64) {
        self.offset_seconds.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// The number of the day in China; WeChat's daily quotas start anew with it.
pub fn china_day(unix_seconds: i64) -> i64 {
    (unix_seconds + i64::from(CHINA_OFFSET_SECONDS)).div_euclid(86_400)
}

/// A moment as people in China write it.
pub fn china_time(unix_seconds: i64) -> String {
    let offset =
        FixedOffset::east_opt(CHINA_OFFSET_SECONDS).expect("eight hours is a valid offset");
    DateTime::from_timestamp(unix_seconds, 0)
        .map(|moment| moment.with_timezone(&offset).format("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}
