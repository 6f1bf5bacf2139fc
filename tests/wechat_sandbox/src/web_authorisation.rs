//! The browser's half of web authorisation: `/connect/oauth2/authorize` and the person picker, which
//! stands where WeChat knows by itself who holds the phone.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::header,
    web::Data,
};
use askama::Template;

use crate::{
    authorisation::Authorisation,
    call::query_pairs,
    people::{STRANGER, SandboxPerson},
    state::State,
};

/// Names the person whose WeChat this browser plays; the picker sets it on request.
const PERSON_COOKIE: &str = "sandbox_person";

#[derive(Template)]
#[template(path = "picker.html")]
struct Picker<'a> {
    people: Vec<&'a SandboxPerson>,
    stranger: &'static str,
    /// Somebody who can only look at pages.
    visitor: SandboxPerson,
    app: &'static str,
    host: &'a str,
    asks_for_profile: bool,
    parameters: &'a [(String, String)],
}

/// `GET /connect/oauth2/authorize`: returns at once if it is known who holds the phone.
pub async fn authorize(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let parameters = query_pairs(request.query_string());
    let authorisation = match Authorisation::parse(&state.config, &parameters) {
        Ok(authorisation) => authorisation,
        Err(refusal) => return page(&refusal),
    };
    let cookie = request.cookie(PERSON_COOKIE).map(|cookie| cookie.value().to_owned());
    let known = cookie.or_else(|| state.world().auto_person.clone());
    if let Some(person) = known.and_then(|key| state.visitor(&key)) {
        return redirect(&authorisation.return_with_code(&state, person));
    }
    page(&Picker {
        people: state.config.people.iter().filter(|person| person.key != STRANGER).collect(),
        stranger: STRANGER,
        visitor: authorisation.visitor(),
        app: authorisation.app(),
        host: &authorisation.host,
        asks_for_profile: authorisation.asks_for_profile(),
        parameters: &parameters,
    })
}

/// `GET /_sandbox/authorize`: a button of the picker was pressed.
pub async fn choose(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let (choices, parameters): (Vec<_>, Vec<_>) = query_pairs(request.query_string())
        .into_iter()
        .partition(|(name, _)| ["person", "remember", "refuse"].contains(&name.as_str()));
    let authorisation = match Authorisation::parse(&state.config, &parameters) {
        Ok(authorisation) => authorisation,
        Err(refusal) => return page(&refusal),
    };
    let choice = |wanted: &str| choices.iter().find(|(name, _)| name == wanted);
    if choice("refuse").is_some() {
        return redirect(&authorisation.return_address(None));
    }
    let Some(person) = choice("person").and_then(|(_, key)| state.visitor(key)) else {
        return HttpResponse::NotFound().body("没有这个人");
    };
    let cookie =
        Cookie::build(PERSON_COOKIE, person.key.clone()).path("/").same_site(SameSite::Lax);
    let mut response = redirect(&authorisation.return_with_code(&state, person));
    if choice("remember").is_some() {
        // The name of a cookie is fixed and a key that came from the list is plain text.
        response.add_cookie(&cookie.finish()).expect("a known person's key fits a cookie");
    }
    response
}

/// `GET /_sandbox/forget`: the browser is nobody's again, so the picker comes back.
pub async fn forget() -> HttpResponse {
    let mut cookie = Cookie::build(PERSON_COOKIE, "").path("/").finish();
    cookie.make_removal();
    HttpResponse::SeeOther().cookie(cookie).insert_header((header::LOCATION, "/_sandbox")).finish()
}

fn redirect(address: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

fn page(template: &impl Template) -> HttpResponse {
    match template.render() {
        Ok(html) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(html),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}
