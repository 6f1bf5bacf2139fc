//! The second factor: a code of an authenticator app on the phone beside the password.
//!
//! Whoever works in the console and has one is asked for it after the password; where the
//! installation requires one, whoever has none sets it up before anything else.

mod challenges;
pub mod entity;
mod factors;
mod page;
mod recovery;
mod totp;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, EntityTrait};
use shared::{
    accounts::{PersonId, SignedInAnswer, second_factor::*},
    api::*,
    problem::Code,
};

pub(super) use factors::spend;
pub(super) use page::{carry, plain};

use super::{
    caller, cookies,
    entity::person,
    people,
    sign_in::{self, NewSignIn, SignedInTokens},
    tries,
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    http::{Api, Ctx},
    keys::{Keys, hash},
    notifications,
};

pub(super) fn routes(api: &mut Api) {
    api.on(confirm_second_factor)
        .on(show_second_factor)
        .on(prepare_second_factor)
        .on(set_up_second_factor)
        .on(remove_second_factor)
        .on(renew_recovery_codes);
}

/// What somebody whose password was right still has to show; nothing where that is enough.
pub(super) async fn asked(app: &App, person: PersonId) -> Result<Option<SecondFactorAsked>> {
    let set_up = !is_set_up(app, person).await?;
    let console = sign_in::is_console(&caller::roles(app.db.read(), person).await?);
    if set_up && !(console && app.config.second_factor_required()) {
        return Ok(None);
    }
    let challenge = challenges::give(app, person).await?;
    let expires_in = u32::try_from(challenges::LIVES.num_seconds()).unwrap_or_default();
    Ok(Some(SecondFactorAsked { challenge, expires_in, set_up }))
}

pub(super) async fn is_set_up(app: &App, person: PersonId) -> Result<bool> {
    Ok(factors::since(app.db.read(), person).await?.is_some())
}

async fn confirm_second_factor(
    ctx: Ctx<Public>,
    request: ConfirmSecondFactor,
) -> Result<SignedInAnswer> {
    let tokens = confirm(&ctx.app, ctx.actor(), &request.challenge, request.code).await?;
    cookies::give(&ctx.app.config, &tokens, |cookie| ctx.set_cookie(cookie));
    Ok(SignedInAnswer { me: people::me(&ctx.app, tokens.person).await?, tokens: None })
}

/// Signs in whoever has the challenge and a code that was not used before.
///
/// # Errors
/// `sign_in_over` for a challenge that is used, forged or expired, `second_factor_wrong`,
/// `too_many_tries`.
async fn confirm(app: &App, actor: Actor, challenge: &str, code: String) -> Result<SignedInTokens> {
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

/// The same for whoever sets the second factor up on the way; with the recovery codes.
async fn set_up_and_sign_in(
    app: &App,
    actor: Actor,
    challenge: &str,
    code: String,
) -> Result<(SignedInTokens, Vec<String>)> {
    let challenge = hash(challenge.as_bytes());
    let now = app.clock.now(app.db.read()).await?;
    let person = challenges::person(app.db.read(), &challenge, now).await?;
    let actor = actor.being(person);
    tries::count_proof(app, actor, person).await?;
    let new = NewSignIn::by_password(app, person).await?;
    let (row, keys, clock) = (new.row(person, true), app.keys.clone(), app.clock.clone());
    let codes = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let codes = set_up(tx, &keys, actor, person, &code, now).await?;
                if codes.is_some() {
                    challenges::spend(tx, challenge, now).await?;
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

/// The refusal of a code, which leaves a trace.
async fn wrong(app: &App, actor: Actor, person: PersonId) -> crate::Error {
    audit::refused(app, actor.was_refused(Event::SecondFactorFailed, person)).await;
    Code::SecondFactorWrong.into()
}

async fn show_second_factor(ctx: Ctx<SignedIn>, _: ShowSecondFactor) -> Result<SecondFactorState> {
    let (db, id) = (ctx.app.db.read(), ctx.caller.person);
    let person = person::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    Ok(SecondFactorState {
        since: factors::since(db, id).await?,
        recovery_codes: recovery::left(db, id).await?,
        required: is_required(&ctx).await?,
        has_password: person.password_hash.is_some(),
    })
}

async fn is_required(ctx: &Ctx<SignedIn>) -> Result<bool> {
    let roles = caller::roles(ctx.app.db.read(), ctx.caller.person).await?;
    Ok(ctx.app.config.second_factor_required() && sign_in::is_console(&roles))
}

async fn prepare_second_factor(
    ctx: Ctx<SignedIn>,
    _: PrepareSecondFactor,
) -> Result<NewSecondFactor> {
    let person = ctx.caller.person;
    let (keys, clock) = (ctx.app.keys.clone(), ctx.app.clock.clone());
    let secret = ctx
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                factors::prepare(tx, &keys, person, now).await
            })
        })
        .await?;
    let account = people::staff_number(ctx.app.db.read(), person).await?;
    let (address, secret) = totp::shown(&secret, &account)?;
    Ok(NewSecondFactor { secret, address })
}

async fn set_up_second_factor(
    ctx: Ctx<SignedIn>,
    request: SetUpSecondFactor,
) -> Result<RecoveryCodes> {
    let (actor, person) = (ctx.actor(), ctx.caller.person);
    tries::count_proof(&ctx.app, actor, person).await?;
    let (keys, clock) = (ctx.app.keys.clone(), ctx.app.clock.clone());
    let codes = ctx
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                set_up(tx, &keys, actor, person, &request.code, now).await
            })
        })
        .await?;
    match codes {
        Some(codes) => Ok(RecoveryCodes { codes }),
        None => Err(wrong(&ctx.app, actor, person).await),
    }
}

/// Puts the prepared one into use and tells its person.
async fn set_up(
    tx: &DatabaseTransaction,
    keys: &Keys,
    actor: Actor,
    person: PersonId,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<Vec<String>>> {
    let codes = factors::set_up(tx, keys, person, code, now).await?;
    if codes.is_some() {
        notifications::account_changed(tx, person, "设置了动态验证码", now).await?;
        audit::record(tx, &actor.did(Event::SecondFactorSetUp, person), now).await?;
    }
    Ok(codes)
}

async fn remove_second_factor(ctx: Ctx<SignedIn>, _: RemoveSecondFactor) -> Result<()> {
    if is_required(&ctx).await? {
        return Err(Code::NotAllowed.into());
    }
    let (actor, person) = (ctx.actor(), ctx.caller.person);
    let clock = ctx.app.clock.clone();
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                factors::remove(tx, person).await?;
                notifications::account_changed(tx, person, "取消了动态验证码", now).await?;
                audit::record(tx, &actor.did(Event::SecondFactorRemoved, person), now).await
            })
        })
        .await
}

async fn renew_recovery_codes(ctx: Ctx<SignedIn>, _: RenewRecoveryCodes) -> Result<RecoveryCodes> {
    let (actor, person) = (ctx.actor(), ctx.caller.person);
    if !is_set_up(&ctx.app, person).await? {
        return Err(Code::NotFound.into());
    }
    let (keys, clock) = (ctx.app.keys.clone(), ctx.app.clock.clone());
    let codes = ctx
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let act = actor.did(Event::SecondFactorSetUp, person).with("recovery_codes", true);
                audit::record(tx, &act, now).await?;
                recovery::renew(tx, &keys, person, now).await
            })
        })
        .await?;
    Ok(RecoveryCodes { codes })
}
