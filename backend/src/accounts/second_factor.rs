//! The second factor: a code of an authenticator app on the phone beside the password, or a word from
//! the phone whose WeChat is bound ([`super::confirmations`]).
//!
//! Whoever works in the console and has one is asked for it after the password; where the
//! installation requires one, whoever has neither sets one up before anything else.

pub(super) mod challenges;
pub mod entity;
mod factors;
mod page;
mod recovery;
mod signing_in;
mod totp;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::{PersonId, SignedInAnswer, second_factor::*},
    api::*,
    problem::Code,
};

pub(super) use factors::spend;
pub(super) use page::{carry, challenged, drawn, plain, welcome};
pub(super) use signing_in::asked;
use signing_in::confirm;

use super::{caller, confirmations, cookies, entity::person, people, sign_in, tries};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::Transaction,
    http::{Api, Ctx},
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

/// Forgets everything about somebody's second factor.
pub(super) async fn forget(tx: &Transaction, person: PersonId) -> Result<()> {
    factors::remove(tx, person).await?;
    recovery::forget(tx, person).await?;
    confirmations::forget(tx, person).await?;
    challenges::forget_all(tx, person).await
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
                let codes = factors::set_up(tx, &keys, person, &request.code, now).await?;
                if codes.is_some() {
                    tell_of_set_up(tx, actor, person, now).await?;
                }
                Ok(codes)
            })
        })
        .await?;
    match codes {
        Some(codes) => Ok(RecoveryCodes { codes }),
        None => Err(wrong(&ctx.app, actor, person).await),
    }
}

async fn tell_of_set_up(
    tx: &Transaction,
    actor: Actor,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    notifications::account_changed(tx, person, "设置了动态验证码", now).await?;
    audit::record(tx, &actor.did(Event::SecondFactorSetUp, person), now).await
}

async fn remove_second_factor(ctx: Ctx<SignedIn>, _: RemoveSecondFactor) -> Result<()> {
    if is_required(&ctx).await? {
        return Err(Code::NotAllowed.into());
    }
    remove(&ctx.app, ctx.actor(), ctx.caller.person).await
}

/// Takes the second factor away from somebody who lost everything it could be shown with: whoever
/// runs the server vouches for them.
///
/// # Errors
/// `not_found` where nobody has this 工号.
pub async fn remove_for(app: &App, staff_number: &str) -> Result<()> {
    let numbered = person::Column::StaffNumber.eq(staff_number);
    let found = person::Entity::find().filter(numbered).one(app.db.read()).await?;
    remove(app, Actor::SYSTEM, found.ok_or(Code::NotFound)?.id).await
}

async fn remove(app: &App, actor: Actor, person: PersonId) -> Result<()> {
    let clock = app.clock.clone();
    app.db
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
