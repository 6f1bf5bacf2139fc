//! Whether the server lives, and whether it can do its work.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use shared::problem::Code;
use tokio::time::timeout;

use super::{openapi, refuse};
use crate::App;

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/healthz", web::get().to(async || plain_text("ok\n")))
        .route("/readyz", web::get().to(ready))
        .route("/api/openapi.json", web::get().to(document));
}

/// 200 while a transaction can be committed.
async fn ready(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    match timeout(Duration::from_secs(3), app.db.ready()).await {
        Ok(Ok(())) => plain_text("ready\n"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            refuse(&http, Code::Busy)
        }
        Err(_) => refuse(&http, Code::Busy),
    }
}

fn plain_text(text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(openapi())
}
