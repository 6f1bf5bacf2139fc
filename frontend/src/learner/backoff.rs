//! How long to wait before trying again.

use gloo_timers::future::TimeoutFuture;

/// Milliseconds before the first retry.
const FIRST: f64 = 1_000.0;
const LONGEST: f64 = 20_000.0;

/// Waits after a failed try: twice as long each time, and never all phones at the same moment.
pub async fn wait(tries: u32) {
    let longest = (FIRST * 2_f64.powi(tries.min(10).cast_signed())).min(LONGEST);
    let chance = 0.5 + js_sys::Math::random() / 2.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 20,000")]
    let milliseconds = (longest * chance) as u32;
    TimeoutFuture::new(milliseconds).await;
}
