//! Says the same thing once in a while only.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Counts on being asked before each saying.
pub(super) struct Seldom {
    every: Duration,
    last: Mutex<Option<Instant>>,
}

impl Seldom {
    pub fn every(every: Duration) -> Self {
        Self { every, last: Mutex::default() }
    }

    /// Whether it may be said now; whoever is told so says it.
    pub fn admits(&self, now: Instant) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let admitted = last.is_none_or(|last| now >= last + self.every);
        if admitted {
            *last = Some(now);
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_troubles_in_half_a_minute_one_is_told() {
        let (now, half_a_minute) = (Instant::now(), Duration::from_secs(30));
        let seldom = Seldom::every(half_a_minute);
        let told = (0..90).filter(|second| seldom.admits(now + Duration::from_secs(*second)));
        assert_eq!(told.collect::<Vec<_>>(), [0, 30, 60]);
    }
}
