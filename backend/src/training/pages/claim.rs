//! The claim: a ticket kept in the browser that scanned, so that it survives signing in and cannot be
//! passed on with a link.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, time::Duration},
};

use crate::{accounts::cookies, config::Config};

const NAME: &str = "claim";

/// Longer than any ticket lives, so that a page opened again can say what became of it.
const LIVES: Duration = Duration::minutes(10);

/// A ticket's secret.
pub(super) struct Claim(pub String);

impl Claim {
    /// The claim that came with a request.
    pub(super) fn of(http: &HttpRequest, config: &Config) -> Option<Self> {
        let cookie = http.cookie(&cookies::name(config, NAME))?;
        Some(Self(cookie.value().to_owned()))
    }

    pub(super) fn cookie(self, config: &Config) -> Cookie<'static> {
        cookies::cookie(config, NAME, self.0, LIVES)
    }
}
