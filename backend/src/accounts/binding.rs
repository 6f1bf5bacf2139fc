//! Joining a WeChat that nobody knows yet with somebody on the roster.
//!
//! WeChat vouches for the openid, a claim carries it from there to the form, and an invitation of the
//! team leader says whose it is. What is wrong with a try is never told apart: neither staff numbers
//! nor names nor codes can be guessed one by one.

pub mod claims;
mod identities;
mod pages;
mod phones;
mod team;
mod typed;

use std::time::Duration;

use shared::{
    accounts::{PersonId, SignedInAnswer, binding::*},
    api::*,
    page::Page,
    problem::{Code, Problem},
};

pub(super) use claims::forget_old as forget_old_claims;
pub(super) use identities::by_unionid;
pub(super) use pages::{offer, plain};
pub(super) use team::one as helped;
use typed::{Typed, dense};

use super::{
    ClientKind,
    entity::person,
    fingerprint,
    one_time_codes::{self, Purpose},
    people, sign_in,
};
use crate::{
    App, Result,
    audit::{self, Act, Actor, Event, Object, ObjectKind},
    http::{Api, Ctx},
    keys::hash,
    notifications,
    wechat::{self, WeChatIdentity},
};

pub(super) fn routes(api: &mut Api) {
    api.on(claim_mini_program)
        .on(bind_with_invitation)
        .on(bind_with_phone)
        .on(list_team)
        .on(make_invitation);
}

async fn claim_mini_program(ctx: Ctx<Public>, request: ClaimMiniProgram) -> Result<BindingClaim> {
    count(&ctx.app, format!("claim:address:{}", ctx.address), 300).await?;
    let identity = ctx.app.wechat.mini_program_person(&request.code).await?;
    claims::give(&ctx.app, identity).await
}

async fn bind_with_invitation(
    ctx: Ctx<Public>,
    request: BindWithInvitation,
) -> Result<SignedInAnswer> {
    let typed =
        Typed { name: request.name, staff_number: request.staff_number, code: request.code };
    let app_id = &ctx.app.config.wechat.mini_app_id;
    let person = bind(&ctx.app, ctx.actor(), app_id, &request.claim, &typed).await?;
    let_in(&ctx.app, ctx.actor(), person).await
}

async fn bind_with_phone(ctx: Ctx<Public>, request: BindWithPhone) -> Result<SignedInAnswer> {
    let answer = bind_phone(&ctx.app, ctx.actor(), &request).await;
    let person = audit::watched(&ctx.app, refused(ctx.actor()), answer).await?;
    let_in(&ctx.app, ctx.actor(), person).await
}

async fn bind_phone(app: &App, actor: Actor, request: &BindWithPhone) -> Result<PersonId> {
    count_address(app, actor).await?;
    let claim = hash(request.claim.as_bytes());
    let identity = claimed(app, &claim, &app.config.wechat.mini_app_id).await?;
    let person = phones::person(app, &request.code, &identity.openid).await?;
    join(app, actor, claim, (Proof::Phone, identity, person)).await
}

fn refused(actor: Actor) -> Act {
    actor.was_refused(Event::BindingRefused, Object::unknown(ObjectKind::Person))
}

/// Signs the mini-program in.
async fn let_in(app: &App, actor: Actor, person: PersonId) -> Result<SignedInAnswer> {
    let tokens = sign_in::begin(app, actor, person, ClientKind::MiniProgram).await?;
    Ok(SignedInAnswer { me: people::me(app, person).await?, tokens: Some(tokens.into()) })
}

async fn list_team(ctx: Ctx<TeamLeader>, request: ListTeam) -> Result<Page<TeamMember>> {
    team::list(ctx.app.db.read(), &ctx.caller, request).await
}

async fn make_invitation(ctx: Ctx<TeamLeader>, request: MakeInvitation) -> Result<Invitation> {
    let person = team::one(ctx.app.db.read(), &ctx.caller, request.person).await?;
    count(&ctx.app, format!("invitation:{}", ctx.caller.person), 200).await?;
    one_time_codes::make(&ctx.app, ctx.actor(), Purpose::Binding, person, ctx.caller.person).await
}

/// Binds the WeChat of a claim, of one of our apps, to the person whom the form names.
///
/// Guarantees: a claim and an invitation are good for one binding, a WeChat belongs to one person,
/// and a person whose WeChat is replaced is told so while the former one is signed out.
///
/// # Errors
/// `invalid_request` for empty fields, `binding_over` for a claim that is used, forged or expired,
/// `binding_refused` for whatever else is wrong, `too_many_tries`.
async fn bind(
    app: &App,
    actor: Actor,
    app_id: &str,
    claim: &str,
    typed: &Typed,
) -> Result<PersonId> {
    let answer = bind_invited(app, actor, app_id, claim, typed).await;
    audit::watched(app, refused(actor), answer).await
}

async fn bind_invited(
    app: &App,
    actor: Actor,
    app_id: &str,
    claim: &str,
    typed: &Typed,
) -> Result<PersonId> {
    count_address(app, actor).await?;
    let typed = typed.checked()?;
    let claim = hash(claim.as_bytes());
    let identity = claimed(app, &claim, app_id).await?;
    let number = fingerprint(&typed.staff_number);
    count(app, format!("binding:number:{number}"), 20).await?;
    let invitation = one_time_codes::hash_of(app, Purpose::Binding, &typed.code);
    let now = app.clock.now(app.db.read()).await?;
    let fits = |it: &person::Model| dense(&it.name) == typed.name;
    let person =
        one_time_codes::holder(app.db.read(), &invitation, &typed.staff_number, fits, now).await?;
    join(app, actor, claim, (Proof::Invitation(invitation), identity, person)).await
}

async fn count_address(app: &App, actor: Actor) -> Result<()> {
    let address = actor.address.map(|it| it.to_string()).unwrap_or_default();
    count(app, format!("binding:address:{address}"), 300).await
}

/// The WeChat of a claim, which may try five times an hour.
async fn claimed(app: &App, claim: &[u8], app_id: &str) -> Result<WeChatIdentity> {
    let now = app.clock.now(app.db.read()).await?;
    let identity = claims::find(app.db.read(), claim, app_id, now).await?;
    let openid = fingerprint(&format!("{app_id} {}", identity.openid));
    count(app, format!("binding:wechat:{openid}"), 5).await?;
    Ok(identity)
}

/// Why a WeChat is believed to be a person's.
enum Proof {
    /// The hash of the code.
    Invitation(Vec<u8>),
    /// Numbers get new owners: one takes nobody's place.
    Phone,
}

/// Spends the claim and the proof and writes down whose WeChat it is, all or nothing.
async fn join(
    app: &App,
    actor: Actor,
    claim: Vec<u8>,
    (proof, identity, person): (Proof, WeChatIdentity, PersonId),
) -> Result<PersonId> {
    let clock = app.clock.clone();
    let ended = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                claims::spend(tx, claim, now).await?;
                let by_phone = matches!(proof, Proof::Phone);
                if let Proof::Invitation(hash) = proof {
                    one_time_codes::spend(tx, hash, person, now).await?;
                }
                let in_wecom = wechat::is_wecom(&identity.app_id);
                let replaced = identities::join(tx, identity, person, now).await?;
                let (event, how) = match (&replaced, by_phone) {
                    (Some(_), _) => (Event::WechatReplaced, "invitation"),
                    (None, true) => (Event::WechatBound, "phone"),
                    (None, false) => (Event::WechatBound, "invitation"),
                };
                let act = actor.being(person).did(event, person).with("proof", how);
                audit::record(tx, &act, now).await?;
                let Some(former) = replaced else { return Ok(Vec::new()) };
                if by_phone {
                    return Err(phones::unknown());
                }
                notifications::wechat_changed(tx, person, former, in_wecom, now).await?;
                sign_in::finish_of_wechat(tx, person, "wechat_replaced", now).await
            })
        })
        .await?;
    for sign_in in ended {
        app.callers.forget(sign_in).await;
    }
    Ok(person)
}

/// Counts a try within an hour.
pub(super) async fn count(app: &App, key: String, most: u64) -> Result<()> {
    if app.cache.count(&key, Duration::from_hours(1)).await <= most {
        return Ok(());
    }
    let problem = Problem::from(Code::TooManyTries);
    Err(problem.detail("一小时后可以再试；着急的话请找队长或培训办公室帮忙").into())
}
