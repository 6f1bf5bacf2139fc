//! Reads a JSON body within its limits: actix bounds neither how long a body may take nor, with
//! compression, how large it becomes.

use std::time::Duration;

use actix_web::{HttpRequest, http::header, web};
use futures_util::StreamExt;
use shared::problem::Code;
use tokio::time::timeout;

use crate::Result;

/// Bytes of a JSON body at most.
pub const MAX_JSON: usize = 1024 * 1024;

/// From the first byte to the last.
const DEADLINE: Duration = Duration::from_secs(10);

pub(super) async fn read(http: &HttpRequest, payload: web::Payload) -> Result<Vec<u8>> {
    let declared = http.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|bytes| bytes > MAX_JSON) {
        return Err(Code::BodyTooLarge.into());
    }
    let body = timeout(DEADLINE, collect(payload)).await.map_err(|_| Code::BodyTooSlow)??;
    if !body.is_empty() && !is_json(http) {
        return Err(Code::UnsupportedBody.into());
    }
    Ok(body)
}

async fn collect(mut payload: web::Payload) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Code::MalformedBody)?;
        if body.len() + chunk.len() > MAX_JSON {
            return Err(Code::BodyTooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn is_json(http: &HttpRequest) -> bool {
    let kind = http.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|kind| {
        kind.split(';').next().is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"))
    })
}
