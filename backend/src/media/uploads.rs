//! Uploads that go on where they stopped, after a lost network or a restart of either side: tus 1.0
//! with creation, termination, checksum and expiration.
//!
//! How far an upload got is what its row says; bytes beyond that in its file are a request's that did
//! not end, and are written anew. One request writes at a time.

mod creating;
mod finishing;
mod forgetting;
mod headers;
mod receiving;
pub(super) mod space;
mod standing;
mod turn;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web};
use shared::{api::Officer, media::UPLOADS, problem::Code};

pub use finishing::finish;
pub use forgetting::forget_old;
pub use space::show_space;
pub use standing::show_upload;

use super::entity::upload;
use crate::{
    App, Result,
    http::{Ctx, refuse},
};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    let refused = || web::to(async |http| refuse(&http, Code::MethodNotAllowed));
    config
        .service(
            web::resource(UPLOADS)
                .route(web::method(actix_web::http::Method::OPTIONS).to(headers::abilities))
                .route(web::post().to(create))
                .default_service(refused()),
        )
        .service(
            web::resource(format!("{UPLOADS}/{{upload}}"))
                .route(web::head().to(look))
                .route(web::patch().to(receive))
                .route(web::delete().to(terminate))
                .route(web::post().to(overridden))
                .default_service(refused()),
        );
}

async fn create(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, creating::create(&http, &app).await)
}

async fn look(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, look_at(&http, &app).await)
}

async fn receive(http: HttpRequest, body: web::Payload, app: web::Data<App>) -> HttpResponse {
    answer(&http, receiving::receive(&http, body, &app).await)
}

async fn terminate(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, forgetting::terminate(&http, &app).await)
}

/// For clients behind proxies that let only `GET` and `POST` through.
async fn overridden(http: HttpRequest, body: web::Payload, app: web::Data<App>) -> HttpResponse {
    let method = http.headers().get("x-http-method-override");
    match method.map(header::HeaderValue::as_bytes) {
        Some(b"PATCH") => receive(http, body, app).await,
        Some(b"DELETE") => terminate(http, app).await,
        _ => refuse(&http, Code::MethodNotAllowed),
    }
}

fn answer(http: &HttpRequest, outcome: Result<HttpResponse>) -> HttpResponse {
    let mut response = outcome.unwrap_or_else(|error| refuse(http, error));
    headers::mark(&mut response);
    response
}

/// How far it got.
async fn look_at(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let (_, upload) = own(http, app).await?;
    Ok(headers::progress(StatusCode::OK, &upload)
        .insert_header((headers::LENGTH, upload.length.to_string()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish())
}

/// The upload in the address, of the one who calls: anybody else's does not exist.
async fn own(http: &HttpRequest, app: &App) -> Result<(Ctx<Officer>, upload::Model)> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    let id = http.match_info().query("upload").parse().map_err(|_| Code::NotFound)?;
    let upload = standing::find(app.db.read(), ctx.caller.person, id).await?;
    headers::check_version(http)?;
    Ok((ctx, upload))
}
