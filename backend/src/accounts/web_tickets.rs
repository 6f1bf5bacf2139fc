//! Handing the mini-program's sign-in over to its web view, by a ticket that is good once.
//!
//! The ticket travels in the fragment of the address, which browsers send to nobody.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr,
};
use shared::{
    accounts::*,
    api::*,
    problem::{Code, Problem},
};

use super::{
    binding, cookies,
    entity::{sign_in as sign_ins, web_ticket},
    people,
    sign_in::{self, NewSignIn, SignedInTokens},
    wechat_sign_in::local_path,
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::Transaction,
    http::{Api, Ctx},
    keys::{hash, random_token},
};

/// From asking for it to opening the page.
const LIVES: TimeDelta = TimeDelta::seconds(60);

/// First parts of the addresses of the phone app's pages.
const PAGES: [&str; 10] = [
    "", "courses", "lessons", "quizzes", "attempts", "sessions", "check-in", "me", "teaching",
    "team",
];

pub(super) fn routes(api: &mut Api) {
    api.on(make_web_ticket).on(redeem_web_ticket);
}

async fn make_web_ticket(ctx: Ctx<SignedIn>, request: MakeWebTicket) -> Result<WebTicket> {
    let path = request.path;
    if !is_ours(&path) {
        return Err(Problem::from(Code::InvalidRequest).field("path", "没有这个页面").into());
    }
    binding::count(&ctx.app, format!("web-ticket:{}", ctx.caller.sign_in), 120).await?;
    let ticket = random_token();
    let url = format!("{}{path}#t={ticket}", ctx.app.config.public_base);
    let (hashed, parent) = (hash(ticket.as_bytes()), ctx.caller.sign_in);
    let clock = ctx.app.clock.clone();
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move { insert(tx, hashed, parent, path, clock.now(tx).await?).await })
        })
        .await?;
    Ok(WebTicket { url, expires_in: u32::try_from(LIVES.num_seconds()).unwrap_or_default() })
}

/// Whether it is the address of a page of the phone app.
fn is_ours(path: &str) -> bool {
    let first = path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default();
    let ours = PAGES.contains(&first) && !path.contains('#');
    ours && local_path(Some(path.to_owned())) == path
}

async fn insert(
    tx: &Transaction,
    hash: Vec<u8>,
    parent: SignInId,
    path: String,
    now: DateTime<Utc>,
) -> Result<()> {
    let mini_program = sign_ins::Entity::find_by_id(parent)
        .filter(sign_ins::Column::Client.eq(ClientKind::MiniProgram))
        .one(tx)
        .await?;
    mini_program.ok_or(Code::NotAllowed)?;
    // Those that were never used, or whose use is long over.
    web_ticket::Entity::delete_many()
        .filter(web_ticket::Column::SignInId.eq(parent))
        .filter(web_ticket::Column::ExpiresAt.lt(now - TimeDelta::hours(3)))
        .exec(tx)
        .await?;
    let row = web_ticket::ActiveModel {
        hash: Set(hash),
        sign_in_id: Set(parent),
        path: Set(path),
        created_at: Set(now),
        expires_at: Set(now + LIVES),
        used_at: Set(None),
        child_id: Set(None),
    };
    row.insert(tx).await?;
    Ok(())
}

enum Redeemed {
    Begun(PersonId),
    /// Somebody else has the ticket too, so what it began is ended.
    Twice(SignInId),
}

async fn redeem_web_ticket(ctx: Ctx<Public>, request: RedeemWebTicket) -> Result<SignedInAnswer> {
    let tokens = redeem(&ctx.app, ctx.actor(), request).await?;
    cookies::give(&ctx.app.config, &tokens, |cookie| ctx.set_cookie(cookie));
    Ok(SignedInAnswer { me: people::me(&ctx.app, tokens.person).await?, tokens: None })
}

/// # Errors
/// `not_signed_in` for every ticket that is not good any more, for this page, or at all.
async fn redeem(app: &App, actor: Actor, request: RedeemWebTicket) -> Result<SignedInTokens> {
    // No ticket was made for it, and the database need not be asked about what is no text.
    if !is_ours(&request.path) {
        return Err(Code::NotSignedIn.into());
    }
    let new = NewSignIn::new(ClientKind::WebView);
    let (id, first) = (new.id, new.first());
    let hash = hash(request.ticket.as_bytes());
    let clock = app.clock.clone();
    let redeemed = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                if spend(tx, hash.clone(), &request.path, id, now).await? {
                    begin(tx, actor, hash, (id, first), now).await
                } else {
                    end_twice_used(tx, actor, hash, now).await
                }
            })
        })
        .await?;
    match redeemed {
        Redeemed::Begun(person) => new.tokens(app, person),
        Redeemed::Twice(child) => {
            tracing::warn!(sign_in = %child, "a web ticket was used twice; its sign-in is ended");
            app.callers.forget(child).await;
            Err(Code::NotSignedIn.into())
        }
    }
}

/// Uses a ticket up; of many who try at once, one can.
async fn spend(
    tx: &Transaction,
    hash: Vec<u8>,
    path: &str,
    child: SignInId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let spent = web_ticket::Entity::update_many()
        .col_expr(web_ticket::Column::UsedAt, Expr::value(now))
        .col_expr(web_ticket::Column::ChildId, Expr::value(child))
        .filter(web_ticket::Column::Hash.eq(hash))
        .filter(web_ticket::Column::Path.eq(path))
        .filter(web_ticket::Column::UsedAt.is_null())
        .filter(web_ticket::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?
        .rows_affected;
    Ok(spent == 1)
}

async fn begin(
    tx: &Transaction,
    actor: Actor,
    ticket: Vec<u8>,
    (child, first): (SignInId, Vec<u8>),
    now: DateTime<Utc>,
) -> Result<Redeemed> {
    let ticket = web_ticket::Entity::find_by_id(ticket).one(tx).await?.ok_or(Code::NotSignedIn)?;
    let parent = sign_ins::Entity::find_by_id(ticket.sign_in_id)
        .filter(sign_ins::Column::EndedAt.is_null())
        .filter(sign_ins::Column::ExpiresAt.gt(now))
        .one(tx)
        .await?
        .ok_or(Code::NotSignedIn)?;
    people::active_name(tx, parent.person_id).await?.ok_or(Code::NotSignedIn)?;
    sign_in::insert_child(tx, child, first, &parent, now).await?;
    let act = actor.being(parent.person_id).on(child).did(Event::SignedIn, child);
    audit::record(tx, &act.with("client", ClientKind::WebView), now).await?;
    Ok(Redeemed::Begun(parent.person_id))
}

async fn end_twice_used(
    tx: &Transaction,
    actor: Actor,
    ticket: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Redeemed> {
    let used = web_ticket::Entity::find_by_id(ticket).one(tx).await?;
    let child = used.and_then(|it| it.child_id).ok_or(Code::NotSignedIn)?;
    let running = sign_ins::Entity::find_by_id(child)
        .filter(sign_ins::Column::EndedAt.is_null())
        .one(tx)
        .await?;
    // Recorded once, however often it comes.
    if let Some(running) = running {
        sign_in::finish(tx, child, "web_ticket_used_twice", now).await?;
        let actor = actor.being(running.person_id).on(child);
        audit::record(tx, &actor.was_refused(Event::WebTicketReused, child), now).await?;
    }
    Ok(Redeemed::Twice(child))
}
