//! Signing in to the console with the phone in place of a code: the browser shows two digits and a QR
//! code, and whoever's WeChat is bound opens it, types the digits and says yes.
//!
//! The browser that asked is the only one that is let in, the person whose password was right the only
//! one who can say yes, and a number that is not the browser's ends it.

mod answering;
mod asking;
pub mod entity;
mod origin;
mod pc_page;
mod phone_page;
mod waiting;

use actix_web::{
    cookie::{Cookie, time::Duration},
    web,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::{PersonId, confirmations::*},
    api::*,
    problem::Code,
};

use asking::Asking;
pub(super) use pc_page::HERE as ON_PC;
pub(super) use waiting::forget;

use super::{cookies, entity::wechat_identity, people};
use crate::{
    App, Result,
    db::Connection,
    http::{Api, Ctx},
    wechat,
};

/// The page on the phone.
const HERE: &str = "/enter/confirmation";

/// What binds a confirmation to the browser that asked for it.
const COOKIE: &str = "confirmation";

pub(super) fn routes(api: &mut Api) {
    api.on(ask_for_confirmation).on(await_confirmation);
}

pub(super) fn plain(config: &mut web::ServiceConfig) {
    phone_page::plain(config);
    pc_page::plain(config);
}

/// Whether somebody has a phone to confirm with. Who a member is in WeCom is up to the company, so
/// that does not count.
pub(super) async fn is_bound(db: &Connection, person: PersonId) -> Result<bool> {
    let of_them = wechat_identity::Column::PersonId.eq(person);
    let bound = wechat_identity::Entity::find().filter(of_them).all(db).await?;
    Ok(bound.iter().any(|it| !wechat::is_wecom(&it.app_id)))
}

async fn ask_for_confirmation(
    ctx: Ctx<Public>,
    request: AskForConfirmation,
) -> Result<ConfirmationAsked> {
    let asking = Asking { challenge: &request.challenge, agent: &ctx.agent, address: ctx.address };
    let (asked, browser) = asking::ask(&ctx.app, &asking).await?;
    ctx.set_cookie(bound(&ctx.app, browser));
    Ok(asked)
}

async fn await_confirmation(
    ctx: Ctx<Public>,
    request: AwaitConfirmation,
) -> Result<ConfirmationState> {
    let browser = ctx.cookie(&cookies::name(&ctx.app.config, COOKIE)).ok_or(Code::SignInOver)?;
    let finished = asking::finish(&ctx.app, ctx.actor(), &request.challenge, browser).await?;
    let Some(tokens) = finished else { return Ok(ConfirmationState { me: None }) };
    cookies::give(&ctx.app.config, &tokens, |cookie| ctx.set_cookie(cookie));
    ctx.set_cookie(unbound(&ctx.app));
    Ok(ConfirmationState { me: Some(people::me(&ctx.app, tokens.person).await?) })
}

fn bound(app: &App, browser: String) -> Cookie<'static> {
    let lives = Duration::seconds(waiting::LIVES.num_seconds());
    cookies::cookie(&app.config, COOKIE, browser, lives)
}

fn unbound(app: &App) -> Cookie<'static> {
    cookies::cookie(&app.config, COOKIE, String::new(), Duration::ZERO)
}
