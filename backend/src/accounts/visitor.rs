//! Who is looking at a server-rendered page.

use std::cell::RefCell;

use actix_web::{HttpRequest, HttpResponse, cookie::Cookie};
use shared::accounts::PersonId;

use super::{authenticate_browser, cookies, people, refreshing};
use crate::{
    App, Result,
    audit::Actor,
    http::{client_address, refuse},
};

pub struct Visitor {
    pub person: PersonId,
    pub name: String,
    /// With the sign-in of this browser.
    pub actor: Actor,
}

/// Answers whoever looks, and renews their sign-in where it had to be.
pub async fn respond(
    http: &HttpRequest,
    app: &App,
    then: impl AsyncFnOnce(Option<Visitor>) -> Result<HttpResponse>,
) -> HttpResponse {
    let (visitor, renewed) = match recognize(app, http).await {
        Ok(recognized) => recognized,
        Err(error) => return refuse(http, error),
    };
    let mut response = then(visitor).await.unwrap_or_else(|error| refuse(http, error));
    for cookie in &renewed {
        // A cookie of ours is always valid.
        drop(response.add_cookie(cookie));
    }
    response
}

/// The signed-in person, if any, and the cookies of a sign-in that had to be renewed: a page without
/// scripts cannot do that by itself.
pub async fn recognize(
    app: &App,
    http: &HttpRequest,
) -> Result<(Option<Visitor>, Vec<Cookie<'static>>)> {
    let address = client_address(http, &app.config.trusted_proxies);
    if let Some(caller) = authenticate_browser(app, http).await? {
        let actor = caller.acting(address);
        return Ok((Some(Visitor { person: caller.person, name: caller.name, actor }), Vec::new()));
    }
    let Some(token) = cookies::refresh_token(&app.config, |name| http.cookie(name)) else {
        return Ok((None, Vec::new()));
    };
    let actor = Actor::at(address);
    let tokens = match refreshing::rotate(app, actor, token).await {
        Ok(tokens) => tokens,
        Err(error) if error.code().is_some() => return Ok((None, Vec::new())),
        Err(error) => return Err(error),
    };
    let (person, actor) = (tokens.person, actor.being(tokens.person).on(tokens.sign_in));
    let name = people::active_name(app.db.read(), person).await?;
    let visitor = name.map(|name| Visitor { person, name, actor });
    let renewed = RefCell::new(Vec::new());
    cookies::give(&app.config, &tokens, |cookie| renewed.borrow_mut().push(cookie));
    Ok((visitor, renewed.into_inner()))
}
