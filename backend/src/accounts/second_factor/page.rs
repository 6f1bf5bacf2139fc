//! The page between the password and the app: asks for the code, and where there is no second factor
//! yet, sets it up first. No script: it serves the console and the phone app alike.

use std::cell::RefCell;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, time::Duration},
    http::StatusCode,
    web,
};
use askama::Template;
use qrcode::{QrCode, render::svg};
use serde::Deserialize;
use shared::{
    accounts::{PersonId, second_factor::SecondFactorAsked},
    problem::{Code, Problem},
};

use super::{
    challenges, is_set_up,
    signing_in::{confirm, secret_of, set_up_and_sign_in},
    totp,
};
use crate::{
    App, Error, Result,
    accounts::{
        confirmations, cookies, people,
        sign_in::SignedInTokens,
        wechat_sign_in::{self, with_destination},
    },
    audit::Actor,
    http::{Page, client_address, page, redirect, refuse},
    keys::hash,
};

const HERE: &str = "/enter/confirm";
const COOKIE: &str = "challenge";

pub(in crate::accounts) fn plain(config: &mut web::ServiceConfig) {
    config.route(HERE, web::get().to(ask)).route(HERE, web::post().to(answer));
}

/// Carries the challenge to this page.
pub(in crate::accounts) fn carry(app: &App, asked: &SecondFactorAsked) -> Cookie<'static> {
    let lives = Duration::seconds(i64::from(asked.expires_in));
    cookies::cookie(&app.config, COOKIE, asked.challenge.clone(), lives)
}

#[derive(Debug, Deserialize)]
struct Going {
    /// Where to go afterwards.
    to: Option<String>,
}

#[derive(Default, Deserialize)]
struct Form {
    #[serde(default)]
    code: String,
}

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    /// Present where the second factor is set up first.
    new: Option<NewFactor>,
    by_code: bool,
    /// Present where a phone is bound: where it is asked.
    by_phone: Option<String>,
    wrong: Option<String>,
    /// Where the form is sent.
    action: String,
    /// Where to start again.
    again: String,
}

struct NewFactor {
    /// A drawing.
    qr: String,
    /// In groups of four.
    secret: String,
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct RecoveryCodesPage {
    codes: Vec<String>,
    to: String,
}

async fn ask(http: HttpRequest, app: web::Data<App>, query: web::Query<Going>) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    show(&http, &app, &to, None).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer(
    http: HttpRequest,
    app: web::Data<App>,
    query: web::Query<Going>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    // A form that is none of ours is an empty one.
    let Form { code } = form.map(web::Form::into_inner).unwrap_or_default();
    let answered = match let_in(&http, &app, code).await {
        Ok((tokens, codes)) => welcome(&app, &tokens, codes, to),
        Err(Error::Refused(problem)) => show(&http, &app, &to, Some(&problem)).await,
        Err(broken @ Error::Broken(_)) => Err(broken),
    };
    answered.unwrap_or_else(|error| refuse(&http, error))
}

/// The challenge of this browser and whose it is.
pub(in crate::accounts) async fn challenged(
    http: &HttpRequest,
    app: &App,
) -> Result<(String, PersonId)> {
    let cookie = http.cookie(&cookies::name(&app.config, COOKIE)).ok_or(Code::SignInOver)?;
    let challenge = cookie.value().to_owned();
    let now = app.clock.now(app.db.read()).await?;
    let person = challenges::person(app.db.read(), &hash(challenge.as_bytes()), now).await?;
    Ok((challenge, person))
}

/// With the recovery codes of a second factor that was set up on the way.
async fn let_in(
    http: &HttpRequest,
    app: &App,
    code: String,
) -> Result<(SignedInTokens, Option<Vec<String>>)> {
    let (challenge, person) = challenged(http, app).await?;
    let actor = Actor::at(client_address(http, &app.config.trusted_proxies));
    if is_set_up(app, person).await? {
        return Ok((confirm(app, actor, &challenge, code).await?, None));
    }
    let (tokens, codes) = set_up_and_sign_in(app, actor, &challenge, code).await?;
    Ok((tokens, Some(codes)))
}

/// Lets the browser in, past the recovery codes where there are new ones.
pub(in crate::accounts) fn welcome(
    app: &App,
    tokens: &SignedInTokens,
    codes: Option<Vec<String>>,
    to: String,
) -> Result<HttpResponse> {
    let set = RefCell::default();
    cookies::give(&app.config, tokens, |cookie| Vec::push(&mut set.borrow_mut(), cookie));
    let mut set = set.into_inner();
    set.push(cookies::cookie(&app.config, COOKIE, String::new(), Duration::ZERO));
    match codes {
        None => Ok(redirect(&to, set)),
        Some(codes) => {
            let content = RecoveryCodesPage { codes, to };
            page(Page { cookies: set, ..Page::new(StatusCode::OK, content) })
        }
    }
}

/// The form; without a challenge the way back to the password.
async fn show(
    http: &HttpRequest,
    app: &App,
    to: &str,
    wrong: Option<&Problem>,
) -> Result<HttpResponse> {
    let again = start(to);
    let (challenge, person) = match challenged(http, app).await {
        Ok(challenged) => challenged,
        Err(error) if error.code().is_some() => return Ok(redirect(&again, Vec::new())),
        Err(error) => return Err(error),
    };
    let is_set_up = is_set_up(app, person).await?;
    let is_bound = confirmations::is_bound(app.db.read(), person).await?;
    let new =
        if is_set_up || is_bound { None } else { Some(new_factor(app, &challenge, person).await?) };
    let status = wrong.map_or(200, |it| it.code.status());
    let content = ConfirmPage {
        by_code: is_set_up || new.is_some(),
        by_phone: is_bound.then(|| with_destination(confirmations::ON_PC, to)),
        new,
        wrong: wrong.map(Problem::sentence),
        action: with_destination(HERE, to),
        again,
    };
    page(Page::new(StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN), content))
}

/// Where the password is asked for.
fn start(to: &str) -> String {
    let console = to == "/admin" || to.starts_with("/admin/");
    let page = if console { "/admin/sign-in" } else { "/sign-in" };
    with_destination(page, to)
}

async fn new_factor(app: &App, challenge: &str, person: PersonId) -> Result<NewFactor> {
    let account = people::staff_number(app.db.read(), person).await?;
    let (address, secret) = totp::shown(&secret_of(app, challenge, person), &account)?;
    Ok(NewFactor { qr: drawn(&address)?, secret })
}

/// A text as a QR code, as a drawing inside a page.
pub(in crate::accounts) fn drawn(text: &str) -> Result<String> {
    let code = QrCode::new(text).map_err(anyhow::Error::new)?;
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    // A page is no place for the declaration of a file.
    let at = drawing.find("<svg").unwrap_or_default();
    Ok(drawing[at..].to_owned())
}
