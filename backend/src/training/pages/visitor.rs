//! Who is looking at a page.

use std::cell::RefCell;

use actix_web::{HttpRequest, cookie::Cookie};
use shared::accounts::PersonId;

use crate::{
    App, Result,
    accounts::{authenticate_browser, cookies, people, refreshing},
    audit::Actor,
    http::client_address,
};

pub(super) struct Visitor {
    pub person: PersonId,
    pub name: String,
    pub actor: Actor,
}

/// The signed-in person, if any, and the cookies of a sign-in that had to be renewed: a page without
/// scripts cannot do that by itself.
pub(super) async fn recognize(
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
    let name = people::active_name(app.db.read(), tokens.person).await?;
    let visitor =
        name.map(|name| Visitor { person: tokens.person, name, actor: actor.being(tokens.person) });
    let renewed = RefCell::new(Vec::new());
    cookies::give(&app.config, &tokens, |cookie| renewed.borrow_mut().push(cookie));
    Ok((visitor, renewed.into_inner()))
}
