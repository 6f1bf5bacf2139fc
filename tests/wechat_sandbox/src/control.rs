//! `/_sandbox/…` as JSON: the same control over a sandbox in another process that [`crate::Sandbox`]
//! gives over one in this process.

use actix_web::{
    HttpResponse,
    error::{ErrorBadGateway, ErrorNotFound, Result},
    web::{Data, Json, ServiceConfig, get, post, resource},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    callback::Callback,
    faults::FaultRule,
    one_time_codes::{Purpose, Scope},
    people::SandboxPerson,
    state::State,
};

/// Mounts the control calls.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/_sandbox/people", get().to(people))
        .route("/_sandbox/mini-program-code", post().to(mini_program_code))
        .route("/_sandbox/phone-code", post().to(phone_code))
        .route("/_sandbox/web-code", post().to(web_code))
        .route("/_sandbox/wecom-code", post().to(wecom_code))
        .route("/_sandbox/consent", post().to(consent))
        .route("/_sandbox/withdrawal", post().to(withdraw))
        .route("/_sandbox/callback", post().to(set_callback))
        .route("/_sandbox/deliveries", get().to(deliveries))
        .route("/_sandbox/messages", get().to(messages))
        .route("/_sandbox/calls", get().to(calls))
        .route("/_sandbox/blocked", post().to(set_blocked))
        .route("/_sandbox/auto-person", post().to(set_auto_person))
        .service(resource("/_sandbox/clock").get(clock).post(advance_clock))
        .service(resource("/_sandbox/faults").get(faults).post(add_fault).delete(clear_faults));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfPerson {
    person: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebCode {
    person: String,
    #[serde(default)]
    scope: Scope,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentAnswer {
    openid: String,
    template_id: String,
    accept: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    openid: String,
    template_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocked {
    person: String,
    blocked: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AutoPerson {
    person: Option<String>,
}

async fn people(state: Data<State>) -> Json<Value> {
    Json(json!({ "people": state.config.people }))
}

fn person(state: &State, key: &str) -> Result<SandboxPerson> {
    state.config.person(key).cloned().ok_or_else(|| ErrorNotFound("no such person"))
}

fn issue(state: &State, purpose: Purpose, person: SandboxPerson) -> Json<Value> {
    let code = state.world().codes.issue(purpose, person, state.clock.now());
    Json(json!({ "code": code }))
}

/// What `wx.login` gives to the mini-program.
async fn mini_program_code(state: Data<State>, body: Json<OfPerson>) -> Result<Json<Value>> {
    Ok(issue(&state, Purpose::MiniProgramLogin, person(&state, &body.person)?))
}

/// What the phone number button gives to the mini-program.
async fn phone_code(state: Data<State>, body: Json<OfPerson>) -> Result<Json<Value>> {
    Ok(issue(&state, Purpose::PhoneNumber, person(&state, &body.person)?))
}

/// What web authorisation puts into the return address.
async fn web_code(state: Data<State>, body: Json<WebCode>) -> Result<Json<Value>> {
    let visitor = state.visitor(&body.person).ok_or_else(|| ErrorNotFound("no such person"))?;
    Ok(issue(&state, Purpose::WebAuthorisation(body.scope), visitor))
}

/// What WeCom's web authorisation puts into the return address.
async fn wecom_code(state: Data<State>, body: Json<OfPerson>) -> Result<Json<Value>> {
    let visitor = state.visitor(&body.person).ok_or_else(|| ErrorNotFound("no such person"))?;
    Ok(issue(&state, Purpose::Wecom, visitor))
}

/// The person answers the subscribe popup.
async fn consent(state: Data<State>, body: Json<ConsentAnswer>) -> Result<Json<Value>> {
    let template = state.config.template(&body.template_id);
    let template = template.ok_or_else(|| ErrorNotFound("no such template"))?;
    if state.config.person_with_mini_openid(&body.openid).is_none() {
        return Err(ErrorNotFound("no such openid"));
    }
    let answer = [(body.template_id.clone(), body.accept)];
    state.answer_popup(&body.openid, &answer).map_err(ErrorNotFound)?;
    let credits = state.world().consents.left(&body.openid, template);
    Ok(Json(json!({ "credits": credits })))
}

/// The person refuses a template in the settings.
async fn withdraw(state: Data<State>, body: Json<Withdrawal>) -> Result<HttpResponse> {
    state.withdraw(&body.openid, &body.template_id).map_err(ErrorNotFound)?;
    Ok(HttpResponse::NoContent().finish())
}

/// The owner sets 消息推送 up.
async fn set_callback(state: Data<State>, body: Json<Callback>) -> Result<HttpResponse> {
    body.check(state.clock.now()).await.map_err(ErrorBadGateway)?;
    state.world().callback = Some(body.into_inner());
    Ok(HttpResponse::NoContent().finish())
}

async fn deliveries(state: Data<State>) -> Json<Value> {
    Json(json!({ "deliveries": state.world().deliveries }))
}

async fn messages(state: Data<State>) -> Json<Value> {
    Json(json!({ "messages": state.world().sent.all() }))
}

async fn calls(state: Data<State>) -> Json<Value> {
    let world = state.world();
    let latest: Vec<_> = world.calls.latest().collect();
    Json(json!({ "counts": world.calls.counts(), "latest": latest }))
}

async fn set_blocked(state: Data<State>, body: Json<Blocked>) -> Result<HttpResponse> {
    let key = person(&state, &body.person)?.key;
    let mut world = state.world();
    if body.blocked {
        world.blocked.insert(key);
    } else {
        world.blocked.remove(&key);
    }
    Ok(HttpResponse::NoContent().finish())
}

async fn set_auto_person(state: Data<State>, body: Json<AutoPerson>) -> Result<HttpResponse> {
    if body.person.as_ref().is_some_and(|key| state.visitor(key).is_none()) {
        return Err(ErrorNotFound("no such person"));
    }
    state.world().auto_person = body.into_inner().person;
    Ok(HttpResponse::NoContent().finish())
}

async fn clock(state: Data<State>) -> Json<Value> {
    Json(json!({ "now": state.clock.now(), "offset_seconds": state.clock.offset_seconds() }))
}

async fn advance_clock(state: Data<State>, body: Json<Advance>) -> Json<Value> {
    state.clock.advance(body.advance_seconds);
    clock(state).await
}

async fn faults(state: Data<State>) -> Json<Value> {
    Json(json!({ "faults": state.world().faults.pending() }))
}

async fn add_fault(state: Data<State>, body: Json<FaultRule>) -> HttpResponse {
    state.world().faults.add(body.into_inner());
    HttpResponse::NoContent().finish()
}

async fn clear_faults(state: Data<State>) -> HttpResponse {
    state.world().faults.clear();
    HttpResponse::NoContent().finish()
}
