//! `/study`: what learners keep, ask and look back on, and where they are answered. Pages without a
//! script, so that the phone does not have to carry them.

mod answering;
mod checking;
mod clause;
mod course;
mod hub;
mod lesson;
mod path;
mod post_path;

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use shared::{
    accounts::Role,
    problem::{Code, Problem},
};

use crate::{
    App, Error, Result,
    accounts::{
        Caller, MessagePage, people, reach_of,
        visitor::{self, Visitor},
    },
    audit::Actor,
    http::{Page, page, redirect, refuse},
};

/// A verb in a transaction, at its time.
macro_rules! write {
    ($app:expr, |$tx:ident, $now:ident| $verb:expr) => {{
        let clock = $app.clock.clone();
        $app.db
            .write(move |$tx| {
                Box::pin(async move {
                    let $now = clock.now($tx).await?;
                    $verb.await
                })
            })
            .await
    }};
}
use write;

pub(super) fn plain(config: &mut web::ServiceConfig) {
    hub::plain(config);
    lesson::plain(config);
    checking::plain(config);
    course::plain(config);
    path::plain(config);
    answering::plain(config);
    clause::plain(config);
    post_path::plain(config);
}

/// Who looks at a page.
struct Guest {
    caller: Caller,
    actor: Actor,
}

/// Shows a page to whoever is signed in; others sign in first.
async fn respond(
    http: &HttpRequest,
    app: &App,
    then: impl AsyncFnOnce(&Guest) -> Result<HttpResponse>,
) -> HttpResponse {
    let (visitor, renewed) = match visitor::recognize(app, http).await {
        Ok(recognized) => recognized,
        Err(error) => return refuse(http, error),
    };
    let Some(visitor) = visitor else {
        let to = utf8_percent_encode(http.path(), NON_ALPHANUMERIC);
        return redirect(&format!("/enter/wechat?to={to}"), renewed);
    };
    let shown = match guest(app, visitor).await {
        Ok(guest) => then(&guest).await,
        Err(error) => Err(error),
    };
    let shown = match shown {
        Err(Error::Refused(problem)) => refused(&problem),
        other => other,
    };
    let mut response = shown.unwrap_or_else(|error| refuse(http, error));
    for cookie in &renewed {
        // A cookie of ours is always valid.
        drop(response.add_cookie(cookie));
    }
    response
}

async fn guest(app: &App, visitor: Visitor) -> Result<Guest> {
    let me = people::me(app, visitor.person).await?;
    let mut reaches = BTreeMap::new();
    for role in [Role::Instructor, Role::TrainingOfficer] {
        if me.is(role) {
            reaches.insert(role, reach_of(app.db.read(), visitor.person, role).await?);
        }
    }
    let caller = Caller {
        person: visitor.person,
        sign_in: visitor.actor.sign_in.ok_or(Code::NotSignedIn)?,
        name: visitor.name,
        organization: me.organization.id,
        post: me.post.map(|it| it.id),
        reaches,
    };
    Ok(Guest { caller, actor: visitor.actor })
}

fn refused(problem: &Problem) -> Result<HttpResponse> {
    let message = MessagePage {
        title: "现在打不开".into(),
        text: problem.sentence(),
        steps: Vec::new(),
        action: Some(("回首页", "/".into())),
    };
    page(Page::new(status(Some(problem)), message))
}

/// Of a page that may say what was wrong.
fn status(wrong: Option<&Problem>) -> StatusCode {
    let status = wrong.map_or(200, |it| it.code.status());
    StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN)
}

/// Goes on to a page, or shows again what could not be taken, with the reason.
async fn then_to(
    done: Result<()>,
    to: &str,
    again: impl AsyncFnOnce(&Problem) -> Result<HttpResponse>,
) -> Result<HttpResponse> {
    match done {
        Ok(()) => Ok(redirect(to, Vec::new())),
        Err(Error::Refused(problem)) if problem.code == Code::NotFound => refused(&problem),
        Err(Error::Refused(problem)) => again(&problem).await,
        Err(broken @ Error::Broken(_)) => Err(broken),
    }
}

/// An id in the address; what is none does not exist.
fn id<T: std::str::FromStr>(http: &HttpRequest, name: &str) -> Result<T> {
    http.match_info().query(name).parse().map_err(|_| Code::NotFound.into())
}

/// A form that is none of ours is an empty one.
fn filled<T: Default>(form: Result<web::Form<T>, actix_web::Error>) -> T {
    form.map(web::Form::into_inner).unwrap_or_default()
}
