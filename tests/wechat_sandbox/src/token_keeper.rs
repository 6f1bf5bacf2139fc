//! The access tokens of one account: two independent lines, one per token API.

use crate::{clock::china_day, random, reply::Failure};

pub const LIFETIME_SECONDS: i64 = 7200;
/// Renewal happens in this last stretch of a token's life, and the old token outlives it as long.
const OVERLAP_SECONDS: i64 = 300;
const FORCED_INTERVAL_SECONDS: i64 = 30;
const FORCED_PER_DAY: usize = 20;

#[derive(Clone)]
struct Token {
    value: String,
    valid_until: i64,
}

/// The newest token of a line, and the one before it while that still works.
#[derive(Default)]
struct TokenLine {
    current: Option<Token>,
    previous: Option<Token>,
}

impl TokenLine {
    fn renew(&mut self, now: i64) -> Token {
        let token = Token {
            value: format!("97_{}", random::alphanumeric(136)),
            valid_until: now + LIFETIME_SECONDS,
        };
        let retired = self.current.replace(token.clone());
        // Only one older token stays alive: a second forced renewal kills a leaked one at once.
        self.previous = retired
            .filter(|old| old.valid_until > now)
            .map(|old| Token { valid_until: now + OVERLAP_SECONDS, ..old });
        token
    }

    fn check(&self, value: &str, now: i64) -> Result<(), Failure> {
        let not_latest =
            || Failure::new(40001, "invalid credential, access_token is invalid or not latest");
        if let Some(current) = self.current.as_ref().filter(|token| token.value == value) {
            return if now < current.valid_until {
                Ok(())
            } else {
                Err(Failure::new(42001, "access_token expired"))
            };
        }
        self.previous
            .as_ref()
            .filter(|token| token.value == value && now < token.valid_until)
            .map(|_| ())
            .ok_or_else(not_latest)
    }
}

/// A token to hand out and the seconds it has left.
#[derive(Debug)]
pub struct IssuedToken {
    pub value: String,
    pub expires_in: i64,
}

/// Both lines of one account, and the forced renewals of the stable one.
#[derive(Default)]
pub struct TokenKeeper {
    plain: TokenLine,
    stable: TokenLine,
    forced_at: Vec<i64>,
}

impl TokenKeeper {
    /// `/cgi-bin/token`: every call makes a new token and retires the one before.
    pub fn issue_plain(&mut self, now: i64) -> IssuedToken {
        issued(self.plain.renew(now), now)
    }

    /// `/cgi-bin/stable_token` in normal mode: the same token until its last five minutes.
    pub fn issue_stable(&mut self, now: i64) -> IssuedToken {
        let token = match &self.stable.current {
            Some(token) if token.valid_until - now > OVERLAP_SECONDS => token.clone(),
            _ => self.stable.renew(now),
        };
        issued(token, now)
    }

    /// `/cgi-bin/stable_token` with `force_refresh`: 45009 after 20 renewals in a day; within 30
    /// seconds of the last one nothing is renewed.
    pub fn issue_forced(&mut self, now: i64) -> Result<IssuedToken, Failure> {
        if self.forced_at.last().is_some_and(|last| now - last < FORCED_INTERVAL_SECONDS) {
            return Ok(self.issue_stable(now));
        }
        self.forced_at.retain(|forced| china_day(*forced) == china_day(now));
        if self.forced_at.len() >= FORCED_PER_DAY {
            return Err(Failure::new(45009, "reach max api daily quota limit"));
        }
        self.forced_at.push(now);
        Ok(issued(self.stable.renew(now), now))
    }

    /// 40014 for what cannot be a token, 40001 unknown or outdated, 42001 expired.
    pub fn check(&self, token: &str, now: i64) -> Result<(), Failure> {
        if !token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
            return Err(Failure::new(40014, "invalid access_token"));
        }
        match self.stable.check(token, now) {
            Err(failure) if failure.errcode == 40001 => self.plain.check(token, now),
            decided => decided,
        }
    }
}

fn issued(token: Token, now: i64) -> IssuedToken {
    IssuedToken { value: token.value, expires_in: token.valid_until - now }
}
