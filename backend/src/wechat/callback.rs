//! What WeChat tells us by itself: `GET` and `POST /wechat/callback/{mini-program|official-account}`.
//!
//! Whoever calls proves with every request that they know the account's token, and with an
//! EncodingAESKey that nobody touched or invented the message either. All that is refused is refused
//! in the same words. What is to be done is written down and done later, so that WeChat, which
//! waits five seconds, has its answer at once; it tries again where it has none, and the same
//! message twice is one message. What we do not know is accepted and ignored: users who write to us
//! get no answer here.

pub mod channel;
pub mod entity;
pub mod event;
pub mod markup;
mod record;

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde::Deserialize;
use shared::problem::Code;
use tokio::time::timeout;

use crate::{App, http::refuse};
use channel::{Channel, Refused};
use event::SubscribeEvents;
use record::{Arrival, Recorded};

pub use record::forget_old_callbacks;

/// Bytes of a message at most; WeChat's have a few hundred.
const MOST: usize = 64 * 1024;
/// From the first byte of a message to its last.
const DEADLINE: Duration = Duration::from_secs(3);

pub fn plain(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/wechat/callback/{account}")
            .route(web::get().to(check_address))
            .route(web::post().to(receive))
            .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed))),
    );
}

/// The part of the address that WeChat adds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    pub signature: String,
    pub timestamp: String,
    pub nonce: String,
    /// Only where WeChat checks the address.
    pub echostr: String,
    /// Covers the message, as `signature` does not; only where that is encrypted.
    pub msg_signature: String,
}

/// Shows WeChat's console that the address is ours.
async fn check_address(
    http: HttpRequest,
    app: web::Data<App>,
    account: web::Path<String>,
) -> HttpResponse {
    let Some(channel) = app.wechat.channel(&account) else {
        return refuse(&http, Code::NotFound);
    };
    let query = query(&http);
    match channel.verify(&query, app.clock.process_now()) {
        Ok(()) => plain_text(query.echostr),
        Err(refused) => not_believed(&http, channel, refused),
    }
}

async fn receive(
    http: HttpRequest,
    app: web::Data<App>,
    account: web::Path<String>,
    body: web::Payload,
) -> HttpResponse {
    let Some(channel) = app.wechat.channel(&account) else {
        return refuse(&http, Code::NotFound);
    };
    let body = match collect(body).await {
        Ok(body) => body,
        Err(code) => return refuse(&http, code),
    };
    let query = query(&http);
    let message = match channel.message(&query, &body, app.clock.process_now()) {
        Ok(message) => message,
        Err(refused) => return not_believed(&http, channel, refused),
    };
    let arrival = Arrival::new(channel.name(), channel.proof(&query), &message);
    let events = SubscribeEvents::read(&message, channel.app_id());
    match record::record(&app, arrival, events).await {
        Ok(Recorded::New | Recorded::Repeated) => plain_text("success".to_owned()),
        Ok(Recorded::Forged) => not_believed(&http, channel, Refused::Replayed),
        Err(error) => refuse(&http, error),
    }
}

fn query(http: &HttpRequest) -> Query {
    // What cannot be read is signed by nobody.
    web::Query::from_query(http.query_string()).map(web::Query::into_inner).unwrap_or_default()
}

async fn collect(body: web::Payload) -> Result<web::Bytes, Code> {
    match timeout(DEADLINE, body.to_bytes_limited(MOST)).await {
        Ok(Ok(Ok(body))) => Ok(body),
        Ok(Ok(Err(_))) => Err(Code::MalformedBody),
        Ok(Err(_)) => Err(Code::BodyTooLarge),
        Err(_) => Err(Code::BodyTooSlow),
    }
}

fn plain_text(text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}

/// One answer for every reason, which only our log is told.
fn not_believed(http: &HttpRequest, channel: &Channel, refused: Refused) -> HttpResponse {
    tracing::warn!(account = channel.name(), ?refused, "a callback was refused");
    refuse(http, Code::NotAllowed)
}
