//! The page of the browser that waits for the phone, without a script: it looks again every three
//! seconds. The console has a form of its own; this one is for where `/enter/confirm` leads.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use serde::Deserialize;
use shared::problem::{Code, Problem};

use super::{
    COOKIE,
    asking::{self, Asking},
    bound, unbound, waiting,
};
use crate::{
    App, Error, Result,
    accounts::{
        cookies,
        second_factor::{self, challenged, drawn},
        wechat_sign_in::{self, with_destination},
        who_to_ask::MessagePage,
    },
    audit::Actor,
    http::{Page, client_address, page, redirect, refuse},
    keys::hash,
};

pub(in crate::accounts) const HERE: &str = "/enter/confirm/phone";
/// Where the other way is, and this one begins.
const START: &str = "/enter/confirm";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route(HERE, web::get().to(look)).route(HERE, web::post().to(ask));
}

#[derive(Debug, Deserialize)]
struct Going {
    /// Where to go afterwards.
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "phone_awaited.html")]
struct AwaitedPage {
    /// A drawing.
    qr: String,
    number: i32,
    /// Where to ask once more.
    again: String,
}

async fn ask(http: HttpRequest, app: web::Data<App>, query: web::Query<Going>) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    match begin(&http, &app).await {
        Ok(browser) => redirect(&with_destination(HERE, &to), vec![bound(&app, browser)]),
        Err(error) if error.code() == Some(Code::SignInOver) => {
            redirect(&with_destination(START, &to), Vec::new())
        }
        Err(Error::Refused(problem)) => {
            let again = with_destination(START, &to);
            refused(&problem, again).unwrap_or_else(|error| refuse(&http, error))
        }
        Err(error) => refuse(&http, error),
    }
}

fn refused(problem: &Problem, again: String) -> Result<HttpResponse> {
    let message = MessagePage {
        title: "现在还不能确认".into(),
        text: problem.sentence(),
        steps: Vec::new(),
        action: Some(("返回", again)),
    };
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::FORBIDDEN);
    page(Page::new(status, message))
}

async fn begin(http: &HttpRequest, app: &App) -> Result<String> {
    let (challenge, _) = challenged(http, app).await?;
    let agent = http.headers().get(header::USER_AGENT).and_then(|it| it.to_str().ok());
    let asking = Asking {
        challenge: &challenge,
        agent: agent.unwrap_or_default(),
        address: client_address(http, &app.config.trusted_proxies),
    };
    Ok(asking::ask(app, &asking).await?.1)
}

async fn look(http: HttpRequest, app: web::Data<App>, query: web::Query<Going>) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    match look_again(&http, &app, &to).await {
        Ok(response) => response,
        Err(error) if error.code() == Some(Code::SignInOver) => {
            redirect(&with_destination(START, &to), Vec::new())
        }
        Err(error) => refuse(&http, error),
    }
}

async fn look_again(http: &HttpRequest, app: &App, to: &str) -> Result<HttpResponse> {
    let (challenge, _) = challenged(http, app).await?;
    let browser = http.cookie(&cookies::name(&app.config, COOKIE)).ok_or(Code::SignInOver)?;
    let actor = Actor::at(client_address(http, &app.config.trusted_proxies));
    if let Some(tokens) = asking::finish(app, actor, &challenge, browser.value()).await? {
        let mut response = second_factor::welcome(app, &tokens, None, to.to_owned())?;
        // A cookie of ours is always valid.
        drop(response.add_cookie(&unbound(app)));
        return Ok(response);
    }
    let (db, challenge) = (app.db.read(), hash(challenge.as_bytes()));
    let now = app.clock.now(db).await?;
    let browser = hash(browser.value().as_bytes());
    let found = waiting::of_browser(db, &challenge, &browser, now).await?;
    let content = AwaitedPage {
        qr: drawn(&asking::address(app, found.id))?,
        number: found.number,
        again: with_destination(START, to),
    };
    page(Page::new(StatusCode::OK, content))
}
