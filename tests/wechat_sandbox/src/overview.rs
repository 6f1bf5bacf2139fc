//! `GET /_sandbox`: what a demo audience looks at to see what WeChat saw.

use actix_web::{HttpResponse, http::header, web::Data};
use askama::Template;

use crate::{
    call_log::CallRecord, clock::china_time, people::SandboxPerson, sent_messages::SentMessage,
    state::State,
};

struct PersonRow<'a> {
    person: &'a SandboxPerson,
    /// Title of each template with the credits left.
    credits: Vec<(&'a str, u32)>,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview<'a> {
    now: String,
    offset_seconds: i64,
    auto_person: Option<String>,
    people: Vec<PersonRow<'a>>,
    /// Time, receiver's name and message; newest first.
    messages: Vec<(String, String, SentMessage)>,
    counts: Vec<(String, u64)>,
    latest: Vec<(String, CallRecord)>,
    pending_faults: Vec<String>,
}

/// The page, as of now.
pub async fn show(state: Data<State>) -> HttpResponse {
    match gather(&state).render() {
        Ok(html) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(html),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

fn gather(state: &State) -> Overview<'_> {
    let world = state.world();
    let credits = |person: &SandboxPerson| {
        let of = |template| world.consents.left(&person.mini_openid, template);
        state
            .config
            .templates
            .iter()
            .map(|template| (template.title.as_str(), of(template)))
            .collect()
    };
    let name =
        |key: &str| state.config.person(key).map_or_else(String::new, |person| person.name.clone());
    Overview {
        now: china_time(state.clock.now()),
        offset_seconds: state.clock.offset_seconds(),
        auto_person: world.auto_person.clone(),
        people: state
            .config
            .people
            .iter()
            .map(|person| PersonRow { person, credits: credits(person) })
            .collect(),
        messages: world
            .sent
            .all()
            .iter()
            .rev()
            .map(|message| (china_time(message.sent_at), name(&message.person), message.clone()))
            .collect(),
        counts: world.calls.counts().iter().map(|(path, count)| (path.clone(), *count)).collect(),
        latest: world
            .calls
            .latest()
            .take(40)
            .map(|call| (china_time(call.at), call.clone()))
            .collect(),
        pending_faults: world
            .faults
            .pending()
            .iter()
            .map(|rule| format!("{} × {}：{:?}", rule.path, rule.times, rule.fault))
            .collect(),
    }
}
