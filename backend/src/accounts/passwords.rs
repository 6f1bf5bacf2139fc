//! Passwords for PCs: signing in with one, and setting it through WeChat or with a code that the team
//! leader reads out.

mod known_device;
mod own_page;
mod page;
mod rules;
mod setting;

use actix_web::web;
use sea_orm::EntityTrait;
use shared::{
    accounts::{PersonId, binding::Invitation, passwords::*},
    api::*,
    problem::Code,
};

use super::{
    ClientKind, binding, caller, cookies,
    entity::sign_in as sign_ins,
    one_time_codes::{self, Purpose},
    password, people, second_factor, sign_in, step_up, tries, watched,
};
use crate::{
    App, Result,
    audit::Actor,
    http::{Api, Ctx},
};

pub(super) fn routes(api: &mut Api) {
    api.on(sign_in_with_password).on(set_password).on(make_password_code);
}

pub(super) fn plain(config: &mut web::ServiceConfig) {
    page::plain(config);
    own_page::plain(config);
}

async fn sign_in_with_password(
    ctx: Ctx<Public>,
    request: SignInWithPassword,
) -> Result<PasswordAnswer> {
    let named = password::named(&ctx.app, &request.username).await?;
    let whom = named.person;
    let answer = by_password(&ctx, &request.username, named, request.password).await;
    let person = watched(&ctx, whom, answer).await?;
    ctx.set_cookie(known_device::remember(&ctx.app, person));
    if let Some(asked) = second_factor::asked(&ctx.app, person).await? {
        ctx.set_cookie(second_factor::carry(&ctx.app, &asked));
        return Ok(PasswordAnswer { me: None, second_factor: Some(asked) });
    }
    let tokens = sign_in::begin_with_password(&ctx.app, ctx.actor(), person).await?;
    cookies::give(&ctx.app.config, &tokens, |cookie| ctx.set_cookie(cookie));
    Ok(PasswordAnswer { me: Some(people::me(&ctx.app, person).await?), second_factor: None })
}

/// Sixty tries a quarter of an hour for each address, ten for each person. The address comes first,
/// so that whoever is stopped can no longer use up the tries at other people's names. A browser that
/// is known for the person has ten of its own.
async fn by_password(
    ctx: &Ctx<Public>,
    username: &str,
    named: password::Named,
    password: String,
) -> Result<PersonId> {
    if let Some(device) = known_device::of(ctx, named.person) {
        tries::count(&ctx.app, format!("password:device:{device}"), 10).await?;
    } else {
        tries::count(&ctx.app, format!("password:address:{}", ctx.address), 60).await?;
        password::refuse_impossible(username)?;
        tries::count(&ctx.app, format!("password:name:{}", named.key), 10).await?;
    }
    named.check(password).await
}

async fn set_password(ctx: Ctx<SignedIn>, request: SetPassword) -> Result<()> {
    if !through_wechat(&ctx.app, ctx.caller.sign_in).await? {
        step_up::check(&ctx.app, ctx.caller.sign_in).await?;
    }
    let (person, keep) = (ctx.caller.person, Some(ctx.caller.sign_in));
    setting::set(&ctx.app, ctx.actor(), person, request.password, setting::Proof::Own { keep })
        .await
}

/// A code for somebody whom the server's own command line lets in.
///
/// # Errors
/// Those of the database.
pub async fn first_code(app: &App, person: PersonId) -> Result<Invitation> {
    one_time_codes::make(app, Actor::SYSTEM, Purpose::Password, person, person).await
}

/// Whether WeChat vouched for whoever is signed in.
async fn through_wechat(app: &App, id: shared::accounts::SignInId) -> Result<bool> {
    let row = sign_ins::Entity::find_by_id(id).one(app.db.read()).await?;
    let client = row.ok_or(Code::NotSignedIn)?.client;
    Ok(!matches!(client, ClientKind::Password | ClientKind::Kiosk))
}

async fn make_password_code(ctx: Ctx<TeamLeader>, request: MakePasswordCode) -> Result<Invitation> {
    let person = binding::helped(ctx.app.db.read(), &ctx.caller, request.person).await?;
    // Whoever works in the console sets it through WeChat: a code would be a way to their role.
    if sign_in::is_console(&caller::roles(ctx.app.db.read(), person).await?) {
        return Err(Code::NotFound.into());
    }
    binding::count(&ctx.app, format!("password-code:{}", ctx.caller.person), 200).await?;
    one_time_codes::make(&ctx.app, ctx.actor(), Purpose::Password, person, ctx.caller.person).await
}
