//! Stops asking somebody who does not answer.

use std::{sync::Mutex, time::Duration};

use tokio::time::Instant;

/// Calls in a row that go unanswered before no more are made.
const FAILURES: u32 = 5;

/// A circuit breaker. It counts missing answers; a refusal is an answer.
pub(super) struct Breaker {
    /// How long no calls are made then. Afterwards one tries; the others wait for how it goes.
    pause: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    failures: u32,
    open_until: Option<Instant>,
}

impl Breaker {
    pub(super) fn new(pause: Duration) -> Self {
        Self { pause, state: Mutex::default() }
    }

    /// Whether a call may be made; whoever is told so reports how it went.
    pub(super) fn admits(&self, now: Instant) -> bool {
        let mut state = self.state();
        match state.open_until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                state.open_until = Some(now + self.pause);
                true
            }
        }
    }

    pub(super) fn succeeded(&self) {
        *self.state() = State::default();
    }

    pub(super) fn failed(&self, now: Instant) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.open_until = Some(now + self.pause);
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // Nothing panics while it is held, and any state of it is a sound one.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_secs(30);

    fn opened(now: Instant) -> Breaker {
        let breaker = Breaker::new(PAUSE);
        for _ in 0..FAILURES {
            assert!(breaker.admits(now));
            breaker.failed(now);
        }
        breaker
    }

    #[test]
    fn five_failures_in_a_row_stop_the_calls_for_half_a_minute() {
        let now = Instant::now();
        let breaker = opened(now);
        assert!(!breaker.admits(now));
        assert!(!breaker.admits(now + PAUSE - Duration::from_millis(1)));
    }

    #[test]
    fn afterwards_one_call_tries_and_its_success_lets_everybody_through() {
        let now = Instant::now();
        let breaker = opened(now);
        let later = now + PAUSE;
        assert!(breaker.admits(later));
        assert!(!breaker.admits(later), "one at a time");
        breaker.succeeded();
        assert!(breaker.admits(later));
        breaker.failed(later);
        assert!(breaker.admits(later), "the count began anew");
    }

    #[test]
    fn a_failed_try_begins_another_pause() {
        let now = Instant::now();
        let breaker = opened(now);
        let later = now + PAUSE;
        assert!(breaker.admits(later));
        breaker.failed(later);
        assert!(!breaker.admits(later + PAUSE - Duration::from_millis(1)));
        assert!(breaker.admits(later + PAUSE));
    }

    #[test]
    fn failures_with_answers_between_them_stop_nothing() {
        let now = Instant::now();
        let breaker = Breaker::new(PAUSE);
        for _ in 0..3 * FAILURES {
            breaker.failed(now);
            breaker.succeeded();
        }
        assert!(breaker.admits(now));
    }
}
