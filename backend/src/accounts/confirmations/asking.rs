//! The browser's side: asking for a confirmation, and signing in once it is there.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use shared::{
    accounts::{PersonId, confirmations::ConfirmationAsked},
    problem::Code,
};
use uuid::Uuid;

use super::{HERE, entity::confirmation, is_bound, origin, waiting};
use crate::{
    App, Result,
    accounts::{
        second_factor::challenges,
        sign_in::{self, NewSignIn, SignedInTokens},
        tries,
    },
    audit::Actor,
    keys::{hash, random_token},
};

/// A browser that asks, and for what.
pub(super) struct Asking<'a> {
    pub challenge: &'a str,
    /// What it calls itself.
    pub agent: &'a str,
    pub address: IpAddr,
}

/// Asks the phone; with what binds the answer to the browser.
///
/// # Errors
/// `sign_in_over` for a challenge that is used, forged or expired, and where no phone is bound;
/// `too_many_tries`.
pub(super) async fn ask(app: &App, asking: &Asking<'_>) -> Result<(ConfirmationAsked, String)> {
    let db = app.db.read();
    let challenge_hash = hash(asking.challenge.as_bytes());
    let person = challenges::person(db, &challenge_hash, app.clock.now(db).await?).await?;
    if !is_bound(db, person).await? {
        return Err(Code::SignInOver.into());
    }
    tries::count_proof(app, Actor::at(asking.address), person).await?;
    let browser = random_token();
    let (new, clock) = (row(asking, person, challenge_hash, &browser), app.clock.clone());
    let (id, number) = (new.id, new.number);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                waiting::insert(tx, dated(new, now), now).await
            })
        })
        .await?;
    let asked = ConfirmationAsked {
        address: address(app, id),
        number: u8::try_from(number).unwrap_or_default(),
        expires_in: u32::try_from(waiting::LIVES.num_seconds()).unwrap_or_default(),
    };
    Ok((asked, browser))
}

/// The page to open on the phone.
pub(super) fn address(app: &App, id: Uuid) -> String {
    format!("{}{HERE}/{id}", app.config.public_base)
}

fn row(
    asking: &Asking<'_>,
    person: PersonId,
    challenge_hash: Vec<u8>,
    browser: &str,
) -> confirmation::Model {
    confirmation::Model {
        id: Uuid::new_v4(),
        person_id: person,
        challenge_hash,
        browser_hash: hash(browser.as_bytes()),
        number: rand::random_range(10..=99),
        device: origin::device(asking.agent),
        network: origin::network(asking.address),
        created_at: DateTime::UNIX_EPOCH,
        expires_at: DateTime::UNIX_EPOCH,
        confirmed_at: None,
    }
}

fn dated(row: confirmation::Model, now: DateTime<Utc>) -> confirmation::Model {
    confirmation::Model { created_at: now, expires_at: now + waiting::LIVES, ..row }
}

/// Signs in where the phone has confirmed; nothing while it has not answered.
///
/// # Errors
/// `sign_in_over` where it was declined, used, is too old, or began in another browser.
pub(super) async fn finish(
    app: &App,
    actor: Actor,
    challenge: &str,
    browser: &str,
) -> Result<Option<SignedInTokens>> {
    let db = app.db.read();
    let challenge = hash(challenge.as_bytes());
    let now = app.clock.now(db).await?;
    let person = challenges::person(db, &challenge, now).await?;
    let found = waiting::of_browser(db, &challenge, &hash(browser.as_bytes()), now).await?;
    if found.confirmed_at.is_none() {
        return Ok(None);
    }
    let new = NewSignIn::by_password(app, person).await?;
    let (row, clock) = (new.row(person, true), app.clock.clone());
    let actor = actor.being(person);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                waiting::redeem(tx, found.id, now).await?;
                challenges::spend(tx, challenge, now).await?;
                sign_in::insert(tx, row, actor, now).await
            })
        })
        .await?;
    new.tokens(app, person).map(Some)
}
