//! The app id and secret that calls without a token carry.

use crate::{
    call::Call,
    config::{AccountKind, SandboxConfig},
    reply::Failure,
};

/// Finds the account: 41002 and 41004 for a missing part, 40013 and 40125 for a wrong one.
pub fn account_of(
    config: &SandboxConfig,
    app_id: Option<&str>,
    secret: Option<&str>,
) -> Result<AccountKind, Failure> {
    let app_id = app_id.ok_or_else(|| Failure::new(41002, "appid missing"))?;
    let secret = secret.ok_or_else(|| Failure::new(41004, "appsecret missing"))?;
    let kind = config.kind_of(app_id).ok_or_else(|| Failure::new(40013, "invalid appid"))?;
    if config.account(kind).secret == secret {
        Ok(kind)
    } else {
        Err(Failure::new(40125, "invalid appsecret"))
    }
}

/// The same for credentials in the query of an API that only one kind of account has.
pub fn require_account(call: &Call, kind: AccountKind) -> Result<(), Failure> {
    if account_of(&call.state.config, call.query("appid"), call.query("secret"))? == kind {
        Ok(())
    } else {
        Err(Failure::new(40013, "invalid appid"))
    }
}

/// 40002 unless the query names this grant type.
pub fn require_grant_type(call: &Call, grant_type: &str) -> Result<(), Failure> {
    if call.query("grant_type") == Some(grant_type) {
        Ok(())
    } else {
        Err(Failure::new(40002, "invalid grant_type"))
    }
}
