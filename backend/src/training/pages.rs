//! The pages that the code on the wall leads to: any scanner opens them, they need no script, and
//! they are small enough for a basement.

mod claim;
mod views;

use actix_web::{HttpRequest, HttpResponse, web};
use shared::{problem::Code, training::CheckInMethod};

use self::claim::Claim;
use super::{
    check_in, code,
    ticket::{self, Scan},
    visible,
};
use crate::{
    App, Result,
    accounts::visitor::{self, Visitor},
    http::redirect,
};

/// Where somebody comes back to after signing in.
const READY: &str = "/c/ready";
/// Where somebody signs in who then goes on to [`READY`].
const ENTER: &str = "/enter/wechat?to=/c/ready";

pub fn plain(config: &mut web::ServiceConfig) {
    config
        .route(READY, web::get().to(ready))
        .route("/c/complete", web::post().to(complete))
        // A page that is opened again later, without its form.
        .route("/c/complete", web::get().to(async || redirect(READY, Vec::new())))
        .route("/c/{token}", web::get().to(scanned));
}

async fn scanned(http: HttpRequest, app: web::Data<App>, token: web::Path<String>) -> HttpResponse {
    answer(&http, &app, async |visitor| judge(&http, &app, visitor, &token).await).await
}

async fn ready(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, &app, async |visitor| ask(&http, &app, visitor).await).await
}

async fn complete(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, &app, async |visitor| confirm(&http, &app, visitor).await).await
}

/// Shows a page to whoever is there, and hands out their renewed sign-in whatever it says.
async fn answer(
    http: &HttpRequest,
    app: &App,
    show: impl AsyncFnOnce(Option<Visitor>) -> Result<HttpResponse>,
) -> HttpResponse {
    let (visitor, renewed) = match visitor::recognize(app, http).await {
        Ok(recognized) => recognized,
        Err(error) => return views::refused(http, error),
    };
    let shown = show(visitor).await;
    let mut response = shown.unwrap_or_else(|error| views::refused(http, error));
    for cookie in renewed {
        // A cookie of ours is always valid.
        drop(response.add_cookie(&cookie));
    }
    response
}

/// Judges the code at the moment of this request: what follows may be slow, signing in included.
async fn judge(
    http: &HttpRequest,
    app: &App,
    visitor: Option<Visitor>,
    token: &str,
) -> Result<HttpResponse> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let genuine = code::read(&app.keys, token).ok_or(Code::CheckInCodeStale)?;
    if !genuine.is_fresh(now) {
        return seen_again(http, app, genuine).await;
    }
    let session = visible::by_id(db, genuine.session).await?;
    let scan = Scan { session: session.id, method: CheckInMethod::Scan, at: now };
    let Some(visitor) = visitor else {
        session.refuse_over(now)?;
        session.refuse_early(now)?;
        let ticket = check_in::give_ticket(app, scan, None).await?;
        return Ok(redirect(ENTER, vec![Claim(ticket.secret).cookie(&app.config)]));
    };
    if let Some(since) = check_in::admit(db, &session, visitor.person, now).await? {
        return views::already_in(&session, visitor.name, since);
    }
    let ticket = check_in::give_ticket(app, scan, Some(visitor.person)).await?;
    let claim = Claim(ticket.secret).cookie(&app.config);
    views::confirm(&session, visitor.name, now, vec![claim])
}

/// WeChat loads a page again when the phone was locked: whoever scanned in time goes on from there.
async fn seen_again(http: &HttpRequest, app: &App, genuine: code::Genuine) -> Result<HttpResponse> {
    if let Some(claim) = Claim::of(http, &app.config)
        && let Some(ticket) = ticket::find(app.db.read(), &claim.0).await?
        && ticket.session_id == genuine.session
    {
        return Ok(redirect(READY, Vec::new()));
    }
    Err(Code::CheckInCodeStale.into())
}

/// Asks the person who has come back from signing in to confirm.
async fn ask(http: &HttpRequest, app: &App, visitor: Option<Visitor>) -> Result<HttpResponse> {
    let claim = Claim::of(http, &app.config).ok_or(Code::CheckInCodeStale)?;
    let Some(visitor) = visitor else { return Ok(redirect(ENTER, Vec::new())) };
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let (secret, person) = (claim.0.clone(), visitor.person);
    app.db
        .write(move |tx| Box::pin(async move { ticket::bind(tx, &secret, person, now).await }))
        .await?;
    let ticket = ticket::find(db, &claim.0).await?.filter(|it| it.person_id == Some(person));
    let ticket = ticket.ok_or(Code::TicketSpent)?;
    let session = visible::by_id(db, ticket.session_id).await?;
    if let Some(since) = check_in::admit(db, &session, person, ticket.scanned_at).await? {
        return views::already_in(&session, visitor.name, since);
    }
    if ticket.used_at.is_some() || ticket.expires_at < now {
        return Err(Code::TicketSpent.into());
    }
    views::confirm(&session, visitor.name, now, Vec::new())
}

/// Completes the check-in of the person who pressed the button.
async fn confirm(http: &HttpRequest, app: &App, visitor: Option<Visitor>) -> Result<HttpResponse> {
    let visitor = visitor.ok_or(Code::NotSignedIn)?;
    let claim = Claim::of(http, &app.config).ok_or(Code::TicketSpent)?;
    let done =
        check_in::complete(app, visitor.actor, visitor.person, visitor.name, claim.0).await?;
    views::done(&done)
}
