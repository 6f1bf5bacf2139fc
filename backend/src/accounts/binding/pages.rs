//! The page where somebody whose WeChat is unknown says who they are: no script, a few kilobytes.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, time::Duration},
    http::StatusCode,
    web,
};
use askama::Template;
use serde::Deserialize;
use shared::problem::{Code, Problem};

use super::{Typed, bind, claims};
use crate::{
    App, Error, Result,
    accounts::{ClientKind, cookies, sign_in, wechat_sign_in},
    audit::Actor,
    http::{Page, client_address, page, redirect, refuse},
    keys::hash,
    wechat::WeChatIdentity,
};

const HERE: &str = "/enter/bind";
const COOKIE: &str = "binding";

pub(in crate::accounts) fn plain(config: &mut web::ServiceConfig) {
    config.route(HERE, web::get().to(ask)).route(HERE, web::post().to(answer));
}

/// Where a browser goes whose WeChat is unknown, and the claim it carries there.
pub(in crate::accounts) async fn offer(
    app: &App,
    identity: WeChatIdentity,
    to: &str,
) -> Result<(String, Cookie<'static>)> {
    let claim = claims::give(app, identity).await?;
    let lives = Duration::seconds(claim_seconds());
    let cookie = cookies::cookie(&app.config, COOKIE, claim.claim, lives);
    Ok((with_destination(HERE, to), cookie))
}

fn claim_seconds() -> i64 {
    claims::LIVES.num_seconds()
}

#[derive(Debug, Deserialize)]
struct Going {
    /// Where in the app to go afterwards.
    to: Option<String>,
}

#[derive(Default, Deserialize)]
struct Form {
    #[serde(default)]
    name: String,
    #[serde(default)]
    staff_number: String,
    #[serde(default)]
    code: String,
}

#[derive(Template)]
#[template(path = "bind.html")]
struct BindPage {
    typed: Typed,
    /// What is wrong with what was typed.
    wrong: Option<String>,
    /// Where the form is sent.
    action: String,
    /// Present where the form can no longer be sent: where to start again.
    again: Option<String>,
}

async fn ask(http: HttpRequest, app: web::Data<App>, query: web::Query<Going>) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    match is_claimed(&http, &app).await {
        Ok(true) => show(&http, &to, Typed::default(), None),
        Ok(false) => redirect(&with_destination(wechat_sign_in::HERE, &to), Vec::new()),
        Err(error) => refuse(&http, error),
    }
}

async fn is_claimed(http: &HttpRequest, app: &App) -> Result<bool> {
    let Some(claim) = claim_of(http, app) else { return Ok(false) };
    let now = app.clock.now(app.db.read()).await?;
    let app_id = &app.config.wechat.oa_app_id;
    match claims::find(app.db.read(), &hash(claim.as_bytes()), app_id, now).await {
        Ok(_) => Ok(true),
        Err(error) if error.code().is_some() => Ok(false),
        Err(error) => Err(error),
    }
}

fn claim_of(http: &HttpRequest, app: &App) -> Option<String> {
    http.cookie(&cookies::name(&app.config, COOKIE)).map(|it| it.value().to_owned())
}

async fn answer(
    http: HttpRequest,
    app: web::Data<App>,
    query: web::Query<Going>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    // A form that is none of ours is an empty one.
    let Form { name, staff_number, code } = form.map(web::Form::into_inner).unwrap_or_default();
    let typed = Typed { name, staff_number, code };
    match let_in(&http, &app, &typed).await {
        Ok(set) => redirect(&to, set),
        Err(Error::Refused(problem)) => show(&http, &to, typed, Some(*problem)),
        Err(broken @ Error::Broken(_)) => refuse(&http, broken),
    }
}

async fn let_in(http: &HttpRequest, app: &App, typed: &Typed) -> Result<Vec<Cookie<'static>>> {
    let claim = claim_of(http, app).ok_or(Code::BindingOver)?;
    let actor = Actor::at(client_address(http, &app.config.trusted_proxies));
    let person = bind(app, actor, &app.config.wechat.oa_app_id, &claim, typed).await?;
    let tokens = sign_in::begin(app, actor, person, ClientKind::OfficialAccount).await?;
    let set = std::cell::RefCell::default();
    cookies::give(&app.config, &tokens, |cookie| Vec::push(&mut set.borrow_mut(), cookie));
    let mut set = set.into_inner();
    set.push(cookies::cookie(&app.config, COOKIE, String::new(), Duration::ZERO));
    Ok(set)
}

/// The form, with what was typed still in it.
fn show(http: &HttpRequest, to: &str, typed: Typed, wrong: Option<Problem>) -> HttpResponse {
    let code = wrong.as_ref().map(|it| it.code);
    let status = code.map_or(200, Code::status);
    let content = BindPage {
        typed,
        wrong: wrong.map(|it| it.sentence()),
        action: with_destination(HERE, to),
        again: (code == Some(Code::BindingOver))
            .then(|| with_destination(wechat_sign_in::HERE, to)),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    page(Page::new(status, content)).unwrap_or_else(|error| refuse(http, error))
}

fn with_destination(path: &str, to: &str) -> String {
    format!("{path}?to={}", wechat_sign_in::percent_encode(to))
}
