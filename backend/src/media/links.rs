//! Links to files that work for a while without a cookie: for players of others, and for handing a
//! file to another program on the same phone.
//!
//! A link of ours names the sign-in it was made for and is checked as that person's request, so that
//! it ends with the sign-in, and with the person's right to see the file. A store that speaks S3
//! signs links of its own.

use std::time::Duration;

use actix_web::HttpRequest;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use shared::{
    accounts::SignInId,
    api::SignedIn,
    content::{MakeMediaLink, MediaId, MediaLink, media_url},
    problem::Code,
};
use subtle::ConstantTimeEq;

use super::serve;
use crate::{
    App, Result,
    accounts::{self, Caller, authenticate_fetch},
    http::Ctx,
    keys::{Keys, mac},
};

/// Long enough to watch a lesson.
const LASTS: Duration = Duration::from_mins(30);

/// What a link of ours carries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    /// The sign-in.
    s: SignInId,
    /// Until when, in seconds since 1970.
    e: i64,
    /// The signature.
    k: String,
}

pub async fn make_link(ctx: Ctx<SignedIn>, request: MakeMediaLink) -> Result<MediaLink> {
    let MakeMediaLink { media, name } = request;
    let found = serve::visible(&ctx.app, &ctx.caller, media, name.as_deref()).await?;
    let now = ctx.app.clock.process_now();
    let expires_at = now + TimeDelta::from_std(LASTS).map_err(anyhow::Error::from)?;
    if let Some(url) = ctx.app.media.storage().link(&found.key, LASTS).await? {
        return Ok(MediaLink { url, expires_at });
    }
    let (sign_in, until) = (ctx.caller.sign_in, expires_at.timestamp());
    let key = sign(&ctx.app.keys, (media, name.as_deref()), sign_in, until);
    let place = name.map_or_else(|| media_url(media), |it| format!("{}/{it}", media_url(media)));
    let key = BASE64_URL_SAFE_NO_PAD.encode(key);
    Ok(MediaLink { url: format!("{place}?s={sign_in}&e={until}&k={key}"), expires_at })
}

/// Who asks for a file: whom a link was made for, else who is signed in.
///
/// # Errors
/// `not_found` where a link is forged or over, `not_signed_in` where its sign-in is.
pub(super) async fn caller(
    app: &App,
    http: &HttpRequest,
    file: (MediaId, Option<&str>),
) -> Result<Caller> {
    if !http.query_string().split('&').any(|it| it.starts_with("k=")) {
        return authenticate_fetch(app, http).await;
    }
    let signed = actix_web::web::Query::<Signed>::from_query(http.query_string());
    let Signed { s, e, k } = signed.map_err(|_| Code::NotFound)?.into_inner();
    let key = BASE64_URL_SAFE_NO_PAD.decode(k).map_err(|_| Code::NotFound)?;
    let fits: bool = key.ct_eq(&sign(&app.keys, file, s, e)).into();
    if !fits || is_over(e, app.clock.process_now()) {
        return Err(Code::NotFound.into());
    }
    accounts::of_sign_in(app, s).await
}

fn is_over(until: i64, now: DateTime<Utc>) -> bool {
    now.timestamp() >= until
}

fn sign(
    keys: &Keys,
    (media, name): (MediaId, Option<&str>),
    sign_in: SignInId,
    until: i64,
) -> [u8; 32] {
    // Fixed lengths first, so that no two links have the same bytes.
    let name = name.unwrap_or_default().as_bytes();
    let parts: [&[u8]; 4] = [media.0.as_bytes(), sign_in.0.as_bytes(), &until.to_be_bytes(), name];
    mac(&keys.derive("media links"), &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_over_in_the_second_it_names() {
        let now = DateTime::from_timestamp(1_000, 0).unwrap();
        assert!(!is_over(1_001, now));
        assert!(is_over(1_000, now));
    }
}
