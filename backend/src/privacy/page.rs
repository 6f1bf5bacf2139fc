//! `/privacy`: what is kept about people and why, for anybody to read and for those who are signed in
//! to agree to. No script, a few kilobytes.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;
use shared::{problem::Problem, time};

use super::consent::{self, PUBLISHED_ON, VERSION};
use crate::{
    App, Error, Result,
    accounts::visitor::{self, Visitor},
    http::{Page, page, redirect},
};

const HERE: &str = "/privacy";
const WITHDRAWAL: &str = "/privacy/withdrawal";

/// Where signing in begins and comes back to the page from.
const SIGN_IN: &str = "/enter/wechat?to=%2Fprivacy";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route(HERE, web::get().to(read))
        .route(HERE, web::post().to(agree))
        .route(WITHDRAWAL, web::get().to(ask))
        .route(WITHDRAWAL, web::post().to(withdraw));
}

#[derive(Default, Deserialize)]
struct Form {
    /// The version that was on the page.
    #[serde(default)]
    version: String,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    version: &'static str,
    published_on: NaiveDate,
    /// Of those who are signed in.
    consent: Option<Consent>,
    wrong: Option<String>,
}

struct Consent {
    name: String,
    agreed_at: Option<String>,
}

#[derive(Template)]
#[template(path = "privacy_withdrawal.html")]
struct WithdrawalPage {}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |visitor| show(&app, visitor, None).await).await
}

async fn agree(
    http: HttpRequest,
    app: web::Data<App>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    // A form that is none of ours is an empty one.
    let form = form.map(web::Form::into_inner).unwrap_or_default();
    respond(&http, &app, async |visitor| {
        let Some(visitor) = visitor else { return Ok(redirect(SIGN_IN, Vec::new())) };
        match consent::give(&app, visitor.actor, visitor.person, &form.version).await {
            Ok(_) => Ok(redirect(HERE, Vec::new())),
            Err(Error::Refused(problem)) => show(&app, Some(visitor), Some(&problem)).await,
            Err(broken @ Error::Broken(_)) => Err(broken),
        }
    })
    .await
}

async fn ask(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |visitor| match visitor {
        Some(_) => page(Page::new(StatusCode::OK, WithdrawalPage {})),
        None => Ok(redirect(SIGN_IN, Vec::new())),
    })
    .await
}

async fn withdraw(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |visitor| {
        let Some(visitor) = visitor else { return Ok(redirect(SIGN_IN, Vec::new())) };
        consent::withdraw(&app, visitor.actor, visitor.person).await?;
        Ok(redirect(HERE, Vec::new()))
    })
    .await
}

/// Answers whoever is there, and renews their sign-in where it had to be.
pub(super) async fn respond(
    http: &HttpRequest,
    app: &App,
    then: impl AsyncFnOnce(Option<&Visitor>) -> Result<HttpResponse>,
) -> HttpResponse {
    visitor::respond(http, app, async |visitor| then(visitor.as_ref()).await).await
}

async fn show(
    app: &App,
    visitor: Option<&Visitor>,
    wrong: Option<&Problem>,
) -> Result<HttpResponse> {
    let theirs = match visitor {
        Some(visitor) => {
            let given = consent::show(app.db.read(), visitor.person).await?;
            let agreed_at = given.agreed_at.map(time::stamp);
            Some(Consent { name: visitor.name.clone(), agreed_at })
        }
        None => None,
    };
    let status = wrong.map_or(200, |it| it.code.status());
    let content = PrivacyPage {
        version: VERSION,
        published_on: PUBLISHED_ON,
        consent: theirs,
        wrong: wrong.map(Problem::sentence),
    };
    page(Page::new(StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN), content))
}
