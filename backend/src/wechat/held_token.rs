//! The access token that this process has in hand, and how long it is gone on with.

use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;

use super::stored_token::StoredToken;

/// A token that replaced one WeChat complained about is not asked about again so soon: the answer
/// would be the same.
const BELIEVED: Duration = Duration::from_secs(30);

/// A token as it is used.
#[derive(Clone)]
pub(super) struct Token {
    pub value: SecretString,
    pub version: i32,
}

/// A token in hand.
#[derive(Clone)]
pub(super) struct Held {
    pub token: Token,
    pub renew_at: Instant,
    pub expires_at: Instant,
    /// Set if it was got because WeChat complained about the one before.
    confirmed_at: Option<Instant>,
}

/// Why another token is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// There is none, or its time is nearly over.
    Due,
    Complaint,
}

impl Held {
    /// `in_advance`: whether it can be renewed before it is over.
    pub(super) fn new(stored: StoredToken, why: Why, in_advance: bool) -> Self {
        let now = Instant::now();
        let StoredToken { value, version, lives } = stored;
        Self {
            token: Token { value, version },
            renew_at: now + if in_advance { used_for(lives) } else { lives },
            expires_at: now + lives,
            confirmed_at: (why == Why::Complaint).then_some(now),
        }
    }

    /// Whether it can be used by somebody for whom this version is outdated.
    pub(super) fn serves(&self, outdated: Option<i32>, why: Why) -> bool {
        let now = Instant::now();
        let believed = self.confirmed_at.is_some_and(|at| now < at + BELIEVED);
        now < self.expires_at
            && (outdated != Some(self.token.version) || (why == Why::Complaint && believed))
    }
}

/// WeChat gives another token only in the last five minutes, so it is asked within those, and not by
/// all servers at once.
fn used_for(lives: Duration) -> Duration {
    let margin = Duration::from_secs(rand::random_range(60..=240));
    lives.checked_sub(margin).unwrap_or(lives / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_in_its_last_four_minutes_but_not_in_its_last() {
        for _ in 0..100 {
            let used = used_for(Duration::from_hours(2)).as_secs();
            assert!((7200 - 240..=7200 - 60).contains(&used), "{used}");
        }
    }

    #[test]
    fn a_token_that_is_nearly_over_is_not_asked_for_again_at_once() {
        let used = used_for(Duration::from_secs(50));
        assert_eq!(used, Duration::from_secs(25));
    }
}
