//! The two APIs that hand out access tokens.

use actix_web::web::Json;
use serde::Deserialize;
use serde_json::json;

use crate::{
    call::Call,
    credentials::{account_of, require_grant_type},
    reply::{Failure, Reply},
    token_keeper::IssuedToken,
};

const GRANT_TYPE: &str = "client_credential";

#[derive(Deserialize)]
struct StableTokenRequest {
    grant_type: Option<String>,
    appid: Option<String>,
    secret: Option<String>,
    #[serde(default)]
    force_refresh: bool,
}

/// `GET /cgi-bin/token`
pub async fn token(call: Call) -> Reply {
    let kind = account_of(&call.state.config, call.query("appid"), call.query("secret"))?;
    require_grant_type(&call, GRANT_TYPE)?;
    let token = call.state.world().tokens(kind).issue_plain(call.now());
    Ok(answer(&token))
}

/// `POST /cgi-bin/stable_token`
pub async fn stable_token(call: Call) -> Reply {
    let request: StableTokenRequest = call.json()?;
    let kind = account_of(&call.state.config, request.appid.as_deref(), request.secret.as_deref())?;
    if request.grant_type.as_deref() != Some(GRANT_TYPE) {
        return Err(Failure::new(40002, "invalid grant_type"));
    }
    let now = call.now();
    let mut world = call.state.world();
    let keeper = world.tokens(kind);
    let token =
        if request.force_refresh { keeper.issue_forced(now)? } else { keeper.issue_stable(now) };
    Ok(answer(&token))
}

fn answer(token: &IssuedToken) -> Json<serde_json::Value> {
    Json(json!({ "access_token": token.value, "expires_in": token.expires_in }))
}
