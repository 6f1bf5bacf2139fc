//! Tokens of web authorisation: per person, unrelated to the account's own token.

use std::collections::HashMap;

use crate::{one_time_codes::Scope, people::SandboxPerson, random, reply::Failure};

pub const ACCESS_LIFETIME_SECONDS: i64 = 7200;
const REFRESH_LIFETIME_SECONDS: i64 = 30 * 86_400;

/// Whose token it is and what it allows.
#[derive(Clone)]
pub struct Grant {
    pub person: SandboxPerson,
    pub scope: Scope,
    valid_until: i64,
}

#[derive(Default)]
pub struct UserTokens {
    access: HashMap<String, Grant>,
    refresh: HashMap<String, Grant>,
}

impl UserTokens {
    /// A new access token and a new refresh token.
    pub fn issue(&mut self, person: &SandboxPerson, scope: Scope, now: i64) -> (String, String) {
        let refresh = format!("97_{}", random::alphanumeric(85));
        let grant =
            Grant { person: person.clone(), scope, valid_until: now + REFRESH_LIFETIME_SECONDS };
        self.refresh.insert(refresh.clone(), grant.clone());
        (self.issue_access(grant, now), refresh)
    }

    /// A new access token for a refresh token: 40030 unknown, 42002 older than 30 days.
    pub fn renew(&mut self, refresh_token: &str, now: i64) -> Result<(String, Grant), Failure> {
        let grant = self
            .refresh
            .get(refresh_token)
            .cloned()
            .ok_or_else(|| Failure::new(40030, "invalid refresh_token"))?;
        if now >= grant.valid_until {
            return Err(Failure::new(42002, "refresh_token expired"));
        }
        Ok((self.issue_access(grant.clone(), now), grant))
    }

    /// The grant of an access token and openid: 40001 unknown, 42001 expired, 40003 another person's.
    pub fn check(&self, access_token: &str, openid: &str, now: i64) -> Result<&Grant, Failure> {
        let grant = self
            .access
            .get(access_token)
            .ok_or_else(|| Failure::new(40001, "invalid credential"))?;
        if now >= grant.valid_until {
            return Err(Failure::new(42001, "access_token expired"));
        }
        if grant.person.oa_openid != openid {
            return Err(Failure::new(40003, "invalid openid"));
        }
        Ok(grant)
    }

    fn issue_access(&mut self, grant: Grant, now: i64) -> String {
        let token = format!("97_{}", random::alphanumeric(85));
        self.access
            .insert(token.clone(), Grant { valid_until: now + ACCESS_LIFETIME_SECONDS, ..grant });
        token
    }
}
