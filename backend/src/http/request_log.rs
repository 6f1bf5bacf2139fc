//! Structured logs with a request id, and without personal data: no query, no token, no body.

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::EnvFilter;

use crate::config::AppEnv;

/// Writes logs to standard error: JSON in production, lines for people otherwise. `RUST_LOG`
/// changes what is written.
pub fn init_logging(env: AppEnv) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call, as in tests, keeps the first subscriber.
    drop(match env {
        AppEnv::Production => builder.json().try_init(),
        AppEnv::Development => builder.with_target(false).try_init(),
    });
}

/// The number people may tell the office when asking for help.
pub(super) fn request_id(http: &HttpRequest) -> Option<String> {
    http.extensions().get::<RequestId>().map(ToString::to_string)
}

/// One span a request, named by its route and not by its address, which may hold a code.
pub(super) struct RouteSpan;

impl RootSpanBuilder for RouteSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string);
        tracing::info_span!(
            "request",
            id = id.unwrap_or_default(),
            method = %request.method(),
            route = request.match_pattern().unwrap_or_default(),
        )
    }

    fn on_request_end<B: MessageBody>(_: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        match outcome {
            Ok(response) => tracing::debug!(status = response.status().as_u16(), "answered"),
            Err(error) => tracing::warn!(%error, "not answered"),
        }
    }
}
