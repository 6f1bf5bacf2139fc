//! Signing in from the browser of WeChat, through the official account, or of WeCom (web
//! authorisation).

use std::{fmt::Write, future::ready, time::Duration};

use actix_web::{HttpRequest, HttpResponse, cookie, web};
use serde::{Deserialize, Serialize};
use shared::problem::Code;
use subtle::ConstantTimeEq;

use super::{binding, cookies, door::Door, people, sign_in, who_to_ask};
use crate::{
    App, Error, Result,
    audit::{self, Actor, Event, Object, ObjectKind},
    http::{Page, client_address, page, redirect, refuse},
    keys::{hash, random_token},
};

/// From leaving to coming back.
const STATE_LIVES: Duration = Duration::from_mins(10);

pub(super) fn plain(config: &mut web::ServiceConfig) {
    for door in Door::ALL {
        let leave = move |http: HttpRequest, app: web::Data<App>, query: web::Query<Leaving>| {
            ready(leave(door, &http, &app, query.into_inner()))
        };
        let come_back = move |http, app, query| come_back(door, http, app, query);
        config
            .route(door.here(), web::get().to(leave))
            .route(door.back(), web::get().to(come_back));
    }
}

#[derive(Debug, Deserialize)]
struct Leaving {
    /// Where in the app to go afterwards.
    to: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ComingBack {
    code: Option<String>,
    state: Option<String>,
}

/// What the browser carries while it is away; the state is bound to it and used once.
#[derive(Debug, Serialize, Deserialize)]
struct Journey {
    secret: String,
    to: String,
}

fn leave(door: Door, http: &HttpRequest, app: &App, query: Leaving) -> HttpResponse {
    if !door.is_there(app) {
        return refuse(http, Code::NotFound);
    }
    let to = local_path(query.to);
    let better = door.of_browser(http, app);
    if better != door {
        return redirect(&with_destination(better.here(), &to), Vec::new());
    }
    let secret = random_token();
    match door.authorize_url(app, &state_of(&secret)) {
        Ok(url) => match serde_json::to_vec(&Journey { secret, to }) {
            Ok(journey) => redirect(&url, vec![journey_cookie(app, door, &journey)]),
            Err(error) => refuse(http, error),
        },
        Err(error) => refused_page(http, door, error, &to),
    }
}

async fn come_back(
    door: Door,
    http: HttpRequest,
    app: web::Data<App>,
    query: web::Query<ComingBack>,
) -> HttpResponse {
    if !door.is_there(&app) {
        return refuse(&http, Code::NotFound);
    }
    let journey = http.cookie(&cookies::name(&app.config, door.journey()));
    let journey = journey.and_then(|it| read(it.value()));
    let to = journey.as_ref().map_or_else(|| "/".to_owned(), |it| it.to.clone());
    let actor = Actor::at(client_address(&http, &app.config.trusted_proxies));
    let mut response = match sign_in_by_code(&app, door, actor, journey, query.into_inner()).await {
        // A page that was reloaded, or Back: whoever is signed in already just goes on.
        Err(error) if error.code().is_some() && is_signed_in(&app, &http).await => {
            redirect(&to, Vec::new())
        }
        Ok((next, set)) => redirect(&next, set),
        Err(error) => {
            let failed =
                actor.was_refused(Event::SignInFailed, Object::unknown(ObjectKind::Person));
            let refused: Result<()> = audit::watched(&app, failed, Err(error)).await;
            match refused {
                Err(error) => refused_page(&http, door, error, &to),
                Ok(()) => redirect(&to, Vec::new()),
            }
        }
    };
    let spent =
        cookies::cookie(&app.config, door.journey(), String::new(), cookie::time::Duration::ZERO);
    // A cookie of ours is always valid; if not, it ends by itself.
    drop(response.add_cookie(&spent));
    response
}

/// Where to go now, and the cookies to take along: into the app, or to the page where somebody whose
/// WeChat is unknown says who they are.
async fn sign_in_by_code(
    app: &App,
    door: Door,
    actor: Actor,
    journey: Option<Journey>,
    back: ComingBack,
) -> Result<(String, Vec<cookie::Cookie<'static>>)> {
    let (Some(journey), Some(state)) = (journey, back.state) else {
        return Err(Code::WechatCodeInvalid.into());
    };
    let expected = state_of(&journey.secret);
    if !bool::from(expected.as_bytes().ct_eq(state.as_bytes())) {
        return Err(Code::WechatCodeInvalid.into());
    }
    if !app.cache.mark(&format!("state:{state}"), STATE_LIVES).await {
        return Err(Code::WechatCodeInvalid.into());
    }
    let code = back.code.ok_or(Code::WechatCodeInvalid)?;
    let identity = door.somebody(app, &code).await?;
    let Some(person) = people::known_by(app, &identity).await? else {
        let (page, claim) = binding::offer(app, door, identity, &journey.to).await?;
        return Ok((page, vec![claim]));
    };
    let tokens = sign_in::begin(app, actor, person, door.client()).await?;
    let set = std::cell::RefCell::default();
    cookies::give(&app.config, &tokens, |cookie| Vec::push(&mut set.borrow_mut(), cookie));
    Ok((journey.to, set.into_inner()))
}

async fn is_signed_in(app: &App, http: &HttpRequest) -> bool {
    matches!(super::authenticate_browser(app, http).await, Ok(Some(_)))
}

fn refused_page(http: &HttpRequest, door: Door, error: Error, to: &str) -> HttpResponse {
    let problem = match error {
        Error::Refused(problem) => problem,
        broken @ Error::Broken(_) => return refuse(http, broken),
    };
    let again = with_destination(door.here(), to);
    let (status, content) = who_to_ask::refused(door, &problem, again);
    page(Page::new(status, content)).unwrap_or_else(|error| refuse(http, error))
}

/// What WeChat carries: nothing that could be used to come back from another browser.
fn state_of(secret: &str) -> String {
    hash(secret.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn journey_cookie(app: &App, door: Door, journey: &[u8]) -> cookie::Cookie<'static> {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let lives = cookie::time::Duration::minutes(10);
    cookies::cookie(&app.config, door.journey(), BASE64_URL_SAFE_NO_PAD.encode(journey), lives)
}

fn read(cookie: &str) -> Option<Journey> {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(cookie).ok()?).ok()
}

/// A path of ours, or the first screen: never another site.
pub(super) fn local_path(to: Option<String>) -> String {
    let to = to.unwrap_or_default();
    let bytes = to.as_bytes();
    let local = bytes.first() == Some(&b'/')
        && !matches!(bytes.get(1), Some(b'/' | b'\\'))
        && bytes.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'\\')
        // Whoever searches may write a hundred characters, each of nine bytes there.
        && bytes.len() <= 1024;
    if local { to } else { "/".into() }
}

/// One of our pages, which leads there afterwards.
pub(super) fn with_destination(page: &str, to: &str) -> String {
    format!("{page}?to={}", percent_encode(to))
}

pub(super) fn percent_encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_gone_to() {
        for (to, goes) in [
            ("/", "/"),
            ("/courses/1?x=2", "/courses/1?x=2"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("\\\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/a\r\nSet-Cookie: x=1", "/"),
            ("/ a", "/"),
            ("", "/"),
        ] {
            assert_eq!(local_path(Some(to.into())), goes, "{to}");
        }
        let searched = format!("/study/search?words={}", "%E6%B6%88".repeat(100));
        assert_eq!(local_path(Some(searched.clone())), searched);
    }
}
