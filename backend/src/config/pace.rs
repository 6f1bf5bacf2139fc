//! How long the workers wait.

use std::time::Duration;

use chrono::TimeDelta;
use clap::Args;

#[derive(Debug, Clone, Copy, Args)]
pub struct PaceConfig {
    /// `JOB_RETRY_MS`: milliseconds from a job's first failure to its second try; each further wait
    /// is twice as long, up to 180 times this one.
    #[arg(long, env = "JOB_RETRY_MS", default_value_t = 5_000,
        value_parser = clap::value_parser!(u32).range(10..=60_000))]
    pub job_retry_ms: u32,
    /// `JOB_LEASE_SECONDS`: how long a job is left to a worker that gives no sign of life. A message
    /// to WeChat may take five.
    #[arg(long, env = "JOB_LEASE_SECONDS", default_value_t = 60,
        value_parser = clap::value_parser!(u32).range(7..=3_600))]
    pub job_lease_seconds: u32,
    /// `WECHAT_PAUSE_MS`: milliseconds for which WeChat is not asked after it did not answer five
    /// times in a row.
    #[arg(long, env = "WECHAT_PAUSE_MS", default_value_t = 30_000,
        value_parser = clap::value_parser!(u32).range(10..=600_000))]
    pub wechat_pause_ms: u32,
}

impl PaceConfig {
    pub fn job_lease(self) -> TimeDelta {
        TimeDelta::seconds(self.job_lease_seconds.into())
    }

    pub fn wechat_pause(self) -> Duration {
        Duration::from_millis(self.wechat_pause_ms.into())
    }

    /// Twice as long after each try, a quarter of an hour at most at the usual pace; give or take a
    /// fifth.
    pub fn back_off(self, tried: i32) -> TimeDelta {
        let first = i64::from(self.job_retry_ms);
        let exponent = u32::try_from(tried.max(1) - 1).unwrap_or_default().min(8);
        let millis = (first << exponent).min(first * 180);
        let spread = i64::from(rand::random_range(-200_i32..=200));
        TimeDelta::milliseconds(millis + millis * spread / 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_back_off_from_five_seconds_to_a_quarter_of_an_hour() {
        let pace =
            PaceConfig { job_retry_ms: 5_000, job_lease_seconds: 60, wechat_pause_ms: 30_000 };
        for (tried, seconds) in [(1, 5), (2, 10), (3, 20), (7, 320), (8, 640), (20, 900)] {
            let waits = pace.back_off(tried).num_milliseconds();
            assert!((seconds * 800..=seconds * 1200).contains(&waits), "{tried}: {waits}");
        }
    }
}
