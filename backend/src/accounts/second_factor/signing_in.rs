//! From the right password to the sign-in.

use shared::{
    accounts::{PersonId, second_factor::SecondFactorAsked},
    problem::Code,
};

use super::{
    challenges,
    factors::{self, spend},
    is_set_up, tell_of_set_up, totp, wrong,
};
use crate::{
    App, Result,
    accounts::{
        caller, confirmations,
        sign_in::{self, NewSignIn, SignedInTokens},
        tries,
    },
    audit::Actor,
    keys::{hash, mac},
};

/// What somebody whose password was right still has to show; nothing where that is enough.
pub(in crate::accounts) async fn asked(
    app: &App,
    person: PersonId,
) -> Result<Option<SecondFactorAsked>> {
    let db = app.db.read();
    let by_code = is_set_up(app, person).await?;
    let console = sign_in::is_console(&caller::roles(db, person).await?);
    if !(by_code || console && app.config.second_factor_required()) {
        return Ok(None);
    }
    let by_phone = confirmations::is_bound(db, person).await?;
    let set_up = !by_code && !by_phone;
    let lives = if set_up { challenges::LIVES_TO_SET_UP } else { challenges::LIVES };
    let challenge = challenges::give(app, person, lives).await?;
    let expires_in = u32::try_from(lives.num_seconds()).unwrap_or_default();
    Ok(Some(SecondFactorAsked { challenge, expires_in, set_up, by_code, by_phone }))
}

/// Signs in whoever has the challenge and a code that was not used before.
///
/// # Errors
/// `sign_in_over` for a challenge that is used, forged or expired, `second_factor_wrong`,
/// `too_many_tries`.
pub(super) async fn confirm(
    app: &App,
    actor: Actor,
    challenge: &str,
    code: String,
) -> Result<SignedInTokens> {
    let challenge = hash(challenge.as_bytes());
    let now = app.clock.now(app.db.read()).await?;
    let person = challenges::person(app.db.read(), &challenge, now).await?;
    let actor = actor.being(person);
    tries::count_proof(app, actor, person).await?;
    let new = NewSignIn::by_password(app, person).await?;
    let (row, keys, clock) = (new.row(person, true), app.keys.clone(), app.clock.clone());
    let right = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                if !spend(tx, &keys, person, &code, now).await? {
                    return Ok(false);
                }
                challenges::spend(tx, challenge, now).await?;
                sign_in::insert(tx, row, actor, now).await?;
                Ok(true)
            })
        })
        .await?;
    if right { new.tokens(app, person) } else { Err(wrong(app, actor, person).await) }
}

/// The secret for somebody who sets the second factor up on the way: it follows from the challenge, so
/// that a page that is loaded again shows the same, and nobody else's page does.
pub(super) fn secret_of(app: &App, challenge: &str, person: PersonId) -> Vec<u8> {
    let key = app.keys.derive("second-factor-set-up-v1");
    let mut secret = mac(&key, &[person.0.as_bytes(), challenge.as_bytes()]).to_vec();
    secret.truncate(totp::LENGTH);
    secret
}

/// The same as [`confirm`] for whoever sets the second factor up on the way; with the recovery codes.
///
/// # Errors
/// Also `not_allowed` where a phone is bound: the password alone would be enough to set up another
/// second factor than the person's.
pub(super) async fn set_up_and_sign_in(
    app: &App,
    actor: Actor,
    challenge: &str,
    code: String,
) -> Result<(SignedInTokens, Vec<String>)> {
    let hashed = hash(challenge.as_bytes());
    let now = app.clock.now(app.db.read()).await?;
    let person = challenges::person(app.db.read(), &hashed, now).await?;
    if confirmations::is_bound(app.db.read(), person).await? {
        return Err(Code::NotAllowed.into());
    }
    let secret = secret_of(app, challenge, person);
    let actor = actor.being(person);
    tries::count_proof(app, actor, person).await?;
    let new = NewSignIn::by_password(app, person).await?;
    let (row, keys, clock) = (new.row(person, true), app.keys.clone(), app.clock.clone());
    let codes = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let codes = factors::adopt(tx, &keys, (person, &secret), &code, now).await?;
                if codes.is_some() {
                    tell_of_set_up(tx, actor, person, now).await?;
                    challenges::spend(tx, hashed, now).await?;
                    sign_in::insert(tx, row, actor, now).await?;
                }
                Ok(codes)
            })
        })
        .await?;
    match codes {
        Some(codes) => Ok((new.tokens(app, person)?, codes)),
        None => Err(wrong(app, actor, person).await),
    }
}
