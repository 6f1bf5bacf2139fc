//! Links that open the mini-program: `POST /wxa/generate_urllink` and `POST /wxa/generatescheme`.

use serde::Deserialize;
use serde_json::json;

use crate::{
    call::Call,
    config::AccountKind,
    mini_program_codes::is_scene_character,
    random,
    reply::{Failure, Reply, ok_with},
};

const LONGEST_LIFE_SECONDS: i64 = 30 * 86_400;
const LONGEST_QUERY: usize = 1024;

#[derive(Default, Deserialize)]
struct Target {
    path: Option<String>,
    query: Option<String>,
    env_version: Option<String>,
}

#[derive(Deserialize)]
struct Expiry {
    /// 0: at a time; 1: after days.
    #[serde(default, rename = "expire_type")]
    kind: u8,
    #[serde(rename = "expire_time")]
    time: Option<i64>,
    #[serde(rename = "expire_interval")]
    days: Option<i64>,
}

#[derive(Deserialize)]
struct UrlLinkRequest {
    #[serde(flatten)]
    target: Target,
    #[serde(flatten)]
    expiry: Expiry,
}

#[derive(Deserialize)]
struct SchemeRequest {
    #[serde(default)]
    jump_wxa: Target,
    #[serde(flatten)]
    expiry: Expiry,
}

/// An `https://wxaurl.cn/…` link.
pub async fn generate_url_link(call: Call) -> Reply {
    call.require_token_of(AccountKind::MiniProgram)?;
    let request: UrlLinkRequest = call.json()?;
    check(&call, &request.target, &request.expiry)?;
    Ok(ok_with(json!({ "url_link": format!("https://wxaurl.cn/{}", random::alphanumeric(11)) })))
}

/// A `weixin://dl/business/…` link.
pub async fn generate_scheme(call: Call) -> Reply {
    call.require_token_of(AccountKind::MiniProgram)?;
    let request: SchemeRequest = call.json()?;
    // An ampersand that a JSON library escaped arrives as six characters and spoils the query.
    if call.raw_body().windows(6).any(|window| window == b"\\u0026") {
        return Err(Failure::new(40212, "invalid query"));
    }
    check(&call, &request.jump_wxa, &request.expiry)?;
    Ok(ok_with(
        json!({ "openlink": format!("weixin://dl/business/?t={}", random::alphanumeric(11)) }),
    ))
}

fn check(call: &Call, target: &Target, expiry: &Expiry) -> Result<(), Failure> {
    if let Some(path) = target.path.as_deref().filter(|path| !path.is_empty())
        && (path.contains('?') || !call.state.config.has_page(path))
    {
        return Err(Failure::new(40165, "invalid weapp pagepath"));
    }
    if !target.query.as_deref().is_none_or(is_query) {
        return Err(Failure::new(40212, "invalid query"));
    }
    let version = target.env_version.as_deref().unwrap_or("release");
    if !["release", "trial", "develop"].contains(&version) {
        return Err(Failure::new(85402, "invalid env_version"));
    }
    if lives_a_month_at_most(expiry, call.now()) {
        Ok(())
    } else {
        Err(Failure::new(85401, "time limit between 1min and 30day"))
    }
}

fn is_query(query: &str) -> bool {
    query.is_empty()
        || query.len() <= LONGEST_QUERY
            && query.chars().all(|c| is_scene_character(c) || c == '%')
            && query.split('&').all(|pair| pair.contains('='))
}

fn lives_a_month_at_most(expiry: &Expiry, now: i64) -> bool {
    match (expiry.kind, expiry.time, expiry.days) {
        (0, Some(time), _) => (60..=LONGEST_LIFE_SECONDS).contains(&(time - now)),
        (1, _, Some(days)) => (1..=30).contains(&days),
        _ => false,
    }
}
