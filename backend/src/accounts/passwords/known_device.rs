//! Browsers in which somebody's password was right before: they have tries of their own, so that
//! nobody is locked out of their own PC by those who guess at their name elsewhere.

use actix_web::cookie::{Cookie, time::Duration};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use shared::accounts::PersonId;
use subtle::ConstantTimeEq;

use crate::{
    App,
    accounts::cookies,
    http::{Authorize, Ctx},
    keys::{mac, random_token},
};

const COOKIE: &str = "known";

/// What tries from this browser at this person's password are counted under, if it is known for them.
pub(super) fn of<A: Authorize>(ctx: &Ctx<A>, person: Option<PersonId>) -> Option<String> {
    let cookie = ctx.cookie(&cookies::name(&ctx.app.config, COOKIE))?;
    let (device, proof) = cookie.split_once('.')?;
    let expected = proof_of(&ctx.app, device, person?);
    bool::from(expected.as_bytes().ct_eq(proof.as_bytes())).then(|| device.to_owned())
}

/// Marks a browser as known for somebody; it tells nobody whose it is.
pub(super) fn remember(app: &App, person: PersonId) -> Cookie<'static> {
    let device = random_token();
    let value = format!("{device}.{}", proof_of(app, &device, person));
    cookies::cookie(&app.config, COOKIE, value, Duration::days(180))
}

fn proof_of(app: &App, device: &str, person: PersonId) -> String {
    let key = app.keys.derive("known-device-v1");
    BASE64_URL_SAFE_NO_PAD.encode(mac(&key, &[device.as_bytes(), person.0.as_bytes()]))
}
