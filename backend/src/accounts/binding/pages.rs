//! The page where somebody whose WeChat or WeCom is unknown says who they are: no script, a few
//! kilobytes.

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
    accounts::{
        cookies,
        door::Door,
        sign_in,
        wechat_sign_in::{self, with_destination},
    },
    audit::Actor,
    http::{Page, client_address, page, redirect, refuse},
    keys::hash,
    wechat::WeChatIdentity,
};

const COOKIE: &str = "binding";

pub(in crate::accounts) fn plain(config: &mut web::ServiceConfig) {
    for door in Door::ALL {
        let ask = move |http, app, query| ask(door, http, app, query);
        let answer = move |http, app, query, form| answer(door, http, app, query, form);
        let here = door.binding();
        config.route(here, web::get().to(ask)).route(here, web::post().to(answer));
    }
}

/// Where a browser goes whose WeChat is unknown, and the claim it carries there.
pub(in crate::accounts) async fn offer(
    app: &App,
    door: Door,
    identity: WeChatIdentity,
    to: &str,
) -> Result<(String, Cookie<'static>)> {
    let claim = claims::give(app, identity).await?;
    let lives = Duration::seconds(claim_seconds());
    let cookie = cookies::cookie(&app.config, COOKIE, claim.claim, lives);
    Ok((with_destination(door.binding(), to), cookie))
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
    /// What is bound, as people call it.
    app: &'static str,
    typed: Typed,
    /// What is wrong with what was typed.
    wrong: Option<String>,
    /// Where the form is sent.
    action: String,
    /// Present where the form can no longer be sent: where to start again.
    again: Option<String>,
}

async fn ask(
    door: Door,
    http: HttpRequest,
    app: web::Data<App>,
    query: web::Query<Going>,
) -> HttpResponse {
    if !door.is_there(&app) {
        return refuse(&http, Code::NotFound);
    }
    let to = wechat_sign_in::local_path(query.into_inner().to);
    match is_claimed(&http, &app, door).await {
        Ok(true) => show(&http, door, &to, Typed::default(), None),
        Ok(false) => redirect(&with_destination(door.here(), &to), Vec::new()),
        Err(error) => refuse(&http, error),
    }
}

async fn is_claimed(http: &HttpRequest, app: &App, door: Door) -> Result<bool> {
    let Some(claim) = claim_of(http, app) else { return Ok(false) };
    let now = app.clock.now(app.db.read()).await?;
    match claims::find(app.db.read(), &hash(claim.as_bytes()), door.app_id(app), now).await {
        Ok(_) => Ok(true),
        Err(error) if error.code().is_some() => Ok(false),
        Err(error) => Err(error),
    }
}

fn claim_of(http: &HttpRequest, app: &App) -> Option<String> {
    http.cookie(&cookies::name(&app.config, COOKIE)).map(|it| it.value().to_owned())
}

async fn answer(
    door: Door,
    http: HttpRequest,
    app: web::Data<App>,
    query: web::Query<Going>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    if !door.is_there(&app) {
        return refuse(&http, Code::NotFound);
    }
    let to = wechat_sign_in::local_path(query.into_inner().to);
    // A form that is none of ours is an empty one.
    let Form { name, staff_number, code } = form.map(web::Form::into_inner).unwrap_or_default();
    let typed = Typed { name, staff_number, code };
    match let_in(&http, &app, door, &typed).await {
        Ok(set) => redirect(&to, set),
        Err(Error::Refused(problem)) => show(&http, door, &to, typed, Some(*problem)),
        Err(broken @ Error::Broken(_)) => refuse(&http, broken),
    }
}

async fn let_in(
    http: &HttpRequest,
    app: &App,
    door: Door,
    typed: &Typed,
) -> Result<Vec<Cookie<'static>>> {
    let claim = claim_of(http, app).ok_or(Code::BindingOver)?;
    let actor = Actor::at(client_address(http, &app.config.trusted_proxies));
    let person = bind(app, actor, door.app_id(app), &claim, typed).await?;
    let tokens = sign_in::begin(app, actor, person, door.client()).await?;
    let set = std::cell::RefCell::default();
    cookies::give(&app.config, &tokens, |cookie| Vec::push(&mut set.borrow_mut(), cookie));
    let mut set = set.into_inner();
    set.push(cookies::cookie(&app.config, COOKIE, String::new(), Duration::ZERO));
    Ok(set)
}

/// The form, with what was typed still in it.
fn show(
    http: &HttpRequest,
    door: Door,
    to: &str,
    typed: Typed,
    wrong: Option<Problem>,
) -> HttpResponse {
    let code = wrong.as_ref().map(|it| it.code);
    let status = code.map_or(200, Code::status);
    let content = BindPage {
        app: door.name(),
        typed,
        wrong: wrong.map(|it| it.sentence()),
        action: with_destination(door.binding(), to),
        again: (code == Some(Code::BindingOver)).then(|| with_destination(door.here(), to)),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    page(Page::new(status, content)).unwrap_or_else(|error| refuse(http, error))
}
