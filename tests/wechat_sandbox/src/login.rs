//! Signing in to the mini-program: code2Session and the two calls about its session key.

use serde_json::json;

use actix_web::web::Json;

use crate::{
    call::Call,
    config::AccountKind,
    credentials::{require_account, require_grant_type},
    one_time_codes::{Purpose, Refused},
    reply::{Failure, Reply, ok, ok_with},
    session_keys::{SessionKey, session_key_signature},
};

/// `GET /sns/jscode2session`. A good answer has no `errcode` at all, as in WeChat.
pub async fn code2session(call: Call) -> Reply {
    require_account(&call, AccountKind::MiniProgram)?;
    let code = call.query("js_code").ok_or_else(|| Failure::new(41008, "missing code"))?;
    require_grant_type(&call, "authorization_code")?;
    let now = call.now();
    let mut world = call.state.world();
    let (person, _) = world
        .codes
        .redeem(code, now, |purpose| purpose == Purpose::MiniProgramLogin)
        .map_err(|refused| match refused {
            Refused::Invalid => Failure::new(40029, "invalid code,"),
            Refused::Used => Failure::new(40163, "code been used,"),
        })?;
    if world.blocked.contains(&person.key) {
        return Err(Failure::new(40226, "code blocked"));
    }
    let session_key = world.session_keys.sign_in(&person.mini_openid, now);
    Ok(Json(json!({
        "openid": person.mini_openid,
        "session_key": session_key,
        "unionid": person.unionid,
    })))
}

/// `GET /wxa/checksession`
pub async fn check_session(call: Call) -> Reply {
    signed_session(&call)?;
    Ok(ok())
}

/// `GET /wxa/resetusersessionkey`: the new key inherits the old one's age; the old one dies.
pub async fn reset_user_session_key(call: Call) -> Reply {
    let openid = signed_session(&call)?;
    let session_key = call
        .state
        .world()
        .session_keys
        .replace(&openid)
        .ok_or_else(|| Failure::new(87007, "session_key is not existed or expired"))?;
    Ok(ok_with(json!({ "openid": openid, "session_key": session_key })))
}

/// Checks token, parameters and signature, and tells whose session it is.
fn signed_session(call: &Call) -> Result<String, Failure> {
    call.require_token_of(AccountKind::MiniProgram)?;
    let (Some(openid), Some(signature), Some(method)) =
        (call.query("openid"), call.query("signature"), call.query("sig_method"))
    else {
        return Err(Failure::new(40097, "invalid args"));
    };
    if method != "hmac_sha256" {
        return Err(Failure::new(87008, "invalid sig_method"));
    }
    if call.state.config.person_with_mini_openid(openid).is_none() {
        return Err(Failure::new(40003, "invalid openid"));
    }
    let world = call.state.world();
    let SessionKey { value, .. } = world
        .session_keys
        .of(openid)
        .ok_or_else(|| Failure::new(87007, "session_key is not existed or expired"))?;
    if session_key_signature(value, b"") == signature {
        Ok(openid.to_owned())
    } else {
        Err(Failure::new(87009, "invalid signature"))
    }
}
