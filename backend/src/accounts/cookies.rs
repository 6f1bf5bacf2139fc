//! Tokens in browsers: HttpOnly cookies of this host only.

use actix_web::cookie::{Cookie, SameSite, time::Duration};

use super::sign_in::SignedInTokens;
use crate::config::Config;

/// Hands both tokens to the browser, and tells its pages whose they are.
pub(crate) fn give(config: &Config, tokens: &SignedInTokens, set: impl Fn(Cookie<'static>)) {
    let days = Duration::days(30);
    set(cookie(config, "access", tokens.access_token.clone(), days));
    set(cookie(config, "refresh", tokens.refresh_token.clone(), days));
    set(person(config, tokens.person.to_string(), days));
}

/// Removes them from the browser.
pub(super) fn take_back(config: &Config, set: impl Fn(Cookie<'static>)) {
    for kind in ["access", "refresh"] {
        set(cookie(config, kind, String::new(), Duration::ZERO));
    }
    set(person(config, String::new(), Duration::ZERO));
}

/// The one cookie that scripts can read: the id of the person whom the tokens beside it belong to.
/// The app files what it keeps on the phone under it, so that two people who share a phone never see
/// or send each other's. It proves nothing to the server, which never reads it.
fn person(config: &Config, id: String, lives: Duration) -> Cookie<'static> {
    let mut cookie = cookie(config, "person", id, lives);
    cookie.set_http_only(false);
    cookie
}

/// A cookie that scripts cannot read and other sites' pages cannot send along with a write.
pub(crate) fn cookie(
    config: &Config,
    kind: &str,
    value: String,
    lives: Duration,
) -> Cookie<'static> {
    Cookie::build(name(config, kind), value)
        .path("/")
        .http_only(true)
        .secure(config.secure())
        .same_site(SameSite::Lax)
        .max_age(lives)
        .finish()
}

pub(super) fn access_token<V: Value>(
    config: &Config,
    get: impl Fn(&str) -> Option<V>,
) -> Option<String> {
    get(&name(config, "access")).map(V::text).filter(|it| !it.is_empty())
}

pub(crate) fn refresh_token<V: Value>(
    config: &Config,
    get: impl Fn(&str) -> Option<V>,
) -> Option<String> {
    get(&name(config, "refresh")).map(V::text).filter(|it| !it.is_empty())
}

/// The name; with https the browser itself binds it to the host.
pub(crate) fn name(config: &Config, kind: &str) -> String {
    let prefix = if config.secure() { "__Host-" } else { "" };
    format!("{prefix}fingertip_{kind}")
}

/// What a jar gives for a name: a cookie, or its value.
pub(crate) trait Value {
    fn text(self) -> String;
}

impl Value for Cookie<'_> {
    fn text(self) -> String {
        self.value().to_owned()
    }
}

impl Value for &str {
    fn text(self) -> String {
        self.to_owned()
    }
}
