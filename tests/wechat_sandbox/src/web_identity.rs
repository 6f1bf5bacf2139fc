//! The server's half of web authorisation: `/sns/oauth2/…`, `/sns/auth` and `/sns/userinfo`.

use actix_web::web::Json;
use serde_json::{Value, json};

use crate::{
    call::Call,
    config::AccountKind,
    credentials::{require_account, require_grant_type},
    one_time_codes::{Purpose, Refused, Scope},
    people::SandboxPerson,
    reply::{Failure, Reply, ok},
    user_tokens::ACCESS_LIFETIME_SECONDS,
};

/// `GET /sns/oauth2/access_token`
pub async fn access_token(call: Call) -> Reply {
    require_account(&call, AccountKind::OfficialAccount)?;
    let code = call.query("code").ok_or_else(|| Failure::new(41008, "missing code"))?;
    require_grant_type(&call, "authorization_code")?;
    let now = call.now();
    let mut world = call.state.world();
    let (person, purpose) = world
        .codes
        .redeem(code, now, |purpose| matches!(purpose, Purpose::WebAuthorisation(_)))
        .map_err(|refused| match refused {
            Refused::Invalid => Failure::new(40029, "invalid code,"),
            Refused::Used => Failure::new(40163, "code been used,"),
        })?;
    let Purpose::WebAuthorisation(scope) = purpose else {
        return Err(Failure::new(40029, "invalid code,"));
    };
    let (access, refresh) = world.user_tokens.issue(&person, scope, now);
    Ok(answer(&person, scope, &access, &refresh))
}

/// `GET /sns/oauth2/refresh_token`: needs the app id, but not the secret.
pub async fn refresh_token(call: Call) -> Reply {
    let app_id = call.query("appid").ok_or_else(|| Failure::new(41002, "appid missing"))?;
    if call.state.config.official_account.app_id != app_id {
        return Err(Failure::new(40013, "invalid appid"));
    }
    require_grant_type(&call, "refresh_token")?;
    let refresh =
        call.query("refresh_token").ok_or_else(|| Failure::new(41003, "refresh_token missing"))?;
    let (access, grant) = call.state.world().user_tokens.renew(refresh, call.now())?;
    Ok(answer(&grant.person, grant.scope, &access, refresh))
}

/// `GET /sns/auth`: whether a user's token is still good.
pub async fn auth(call: Call) -> Reply {
    let (token, openid) = token_and_openid(&call)?;
    call.state.world().user_tokens.check(token, openid, call.now())?;
    Ok(ok())
}

/// `GET /sns/userinfo`: 48001 for a silent authorisation and for the virtual user of a snapshot page.
pub async fn user_info(call: Call) -> Reply {
    let (token, openid) = token_and_openid(&call)?;
    let world = call.state.world();
    let grant = world.user_tokens.check(token, openid, call.now())?;
    if grant.scope != Scope::UserInfo || grant.person.is_snapshot() {
        return Err(Failure::new(48001, "api unauthorized"));
    }
    Ok(Json(json!({
        "openid": grant.person.oa_openid,
        "nickname": grant.person.name,
        "sex": 0,
        "province": "",
        "city": "",
        "country": "",
        "headimgurl": "",
        "privilege": [],
        "unionid": grant.person.unionid,
    })))
}

fn token_and_openid(call: &Call) -> Result<(&str, &str), Failure> {
    let token =
        call.query("access_token").ok_or_else(|| Failure::new(41001, "access_token missing"))?;
    let openid = call.query("openid").ok_or_else(|| Failure::new(41009, "missing openid"))?;
    Ok((token, openid))
}

/// The unionid comes only with `snsapi_userinfo`, as WeChat's reference of this API says.
fn answer(person: &SandboxPerson, scope: Scope, access: &str, refresh: &str) -> Json<Value> {
    let mut answer = json!({
        "access_token": access,
        "expires_in": ACCESS_LIFETIME_SECONDS,
        "refresh_token": refresh,
        "openid": person.oa_openid,
        "scope": scope.name(),
    });
    if person.is_snapshot() {
        answer["is_snapshotuser"] = json!(1);
    } else if scope == Scope::UserInfo {
        answer["unionid"] = json!(person.unionid);
    }
    Json(answer)
}
