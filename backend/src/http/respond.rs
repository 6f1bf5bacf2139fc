//! How answers and refusals leave the server.

use std::io::Write;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use shared::problem::{Code, Problem};

use super::request_log::request_id;
use crate::{
    Result,
    error::{self, Error},
};

/// Answers shorter than this are not worth compressing.
const COMPRESS_FROM: usize = 1024;

/// An answer as JSON, compressed where that saves the phone's data.
pub fn json(http: &HttpRequest, answer: &impl Serialize) -> HttpResponse {
    match encoded(answer) {
        Ok(text) => json_text(http, text),
        Err(error) => refuse(http, error),
    }
}

/// # Errors
/// Where the answer cannot be written as JSON.
pub(super) fn encoded(answer: &impl Serialize) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(answer)?)
}

/// What [`encoded`] gave, as an answer.
pub(super) fn json_text(http: &HttpRequest, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .content_type("application/json; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"));
    match gzip(http, &body) {
        Some(smaller) => response
            .insert_header((header::CONTENT_ENCODING, "gzip"))
            .insert_header((header::VARY, "Accept-Encoding"))
            .body(smaller),
        None => response.body(body),
    }
}

fn gzip(http: &HttpRequest, body: &[u8]) -> Option<Vec<u8>> {
    let accepted = http.headers().get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    if body.len() < COMPRESS_FROM || !accepted.contains("gzip") {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(4));
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

/// A failure as `application/problem+json`. The one place where what is broken is logged.
pub fn refuse(http: &HttpRequest, error: impl Into<Error>) -> HttpResponse {
    let mut problem = problem_of(error.into());
    problem.request_id = request_id(http);
    answer_problem(&problem)
}

fn problem_of(error: Error) -> Problem {
    match error {
        Error::Refused(problem) => *problem,
        Error::Broken(cause) => {
            let code = if error::is_busy(&cause) { Code::Busy } else { Code::Internal };
            tracing::error!(error = format!("{cause:#}"), code = code.as_str(), "request failed");
            code.into()
        }
    }
}

/// The problem as it is.
pub fn answer_problem(problem: &Problem) -> HttpResponse {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponseBuilder::new(status);
    response
        .content_type("application/problem+json; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"));
    if problem.code == Code::Busy {
        response.insert_header((header::RETRY_AFTER, "5"));
    }
    response.body(serde_json::to_vec(problem).unwrap_or_default())
}
