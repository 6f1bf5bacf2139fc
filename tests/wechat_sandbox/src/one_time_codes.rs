//! Codes that a phone hands to a server: good for five minutes and for one exchange.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{people::SandboxPerson, random};

const LIFETIME_SECONDS: i64 = 300;

/// What a web authorisation asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// Silent; tells the openid and nothing else.
    #[default]
    #[serde(rename = "snsapi_base")]
    Base,
    /// Asks the person; also tells unionid, name and picture.
    #[serde(rename = "snsapi_userinfo")]
    UserInfo,
}

impl Scope {
    pub fn name(self) -> &'static str {
        match self {
            Self::Base => "snsapi_base",
            Self::UserInfo => "snsapi_userinfo",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Base, Self::UserInfo].into_iter().find(|scope| scope.name() == name)
    }
}

/// The API a code can be exchanged at. A code of one kind is unknown to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    MiniProgramLogin,
    PhoneNumber,
    WebAuthorisation(Scope),
    Wecom,
}

/// Why a code was refused.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// Unknown, too old, or meant for another API.
    Invalid,
    Used,
}

struct OneTimeCode {
    purpose: Purpose,
    person: SandboxPerson,
    issued_at: i64,
    used: bool,
}

/// All codes ever issued.
#[derive(Default)]
pub struct OneTimeCodes {
    codes: HashMap<String, OneTimeCode>,
}

impl OneTimeCodes {
    pub fn issue(&mut self, purpose: Purpose, person: SandboxPerson, now: i64) -> String {
        let code = match purpose {
            Purpose::PhoneNumber => random::hex(64),
            Purpose::MiniProgramLogin | Purpose::WebAuthorisation(_) | Purpose::Wecom => {
                format!("0{}", random::alphanumeric(31))
            }
        };
        self.codes
            .insert(code.clone(), OneTimeCode { purpose, person, issued_at: now, used: false });
        code
    }

    /// Uses a code up if `wanted` accepts its purpose, and tells whose it is.
    pub fn redeem(
        &mut self,
        code: &str,
        now: i64,
        wanted: impl Fn(Purpose) -> bool,
    ) -> Result<(SandboxPerson, Purpose), Refused> {
        let code = self.codes.get_mut(code).ok_or(Refused::Invalid)?;
        if !wanted(code.purpose) || now - code.issued_at > LIFETIME_SECONDS {
            return Err(Refused::Invalid);
        }
        if code.used {
            return Err(Refused::Used);
        }
        code.used = true;
        Ok((code.person.clone(), code.purpose))
    }
}
