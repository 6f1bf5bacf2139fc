//! The file that a version was read from, as it was uploaded.

use actix_web::{HttpRequest, HttpResponse, http::header::CACHE_CONTROL, web};
use shared::{
    accounts::Role,
    api::{self, Officer},
    problem::{Code, Problem},
    standards::console::ShowVersion,
};

use super::{standing, versions};
use crate::{
    App, Result,
    http::{Ctx, attachment, refuse},
};

pub async fn download(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    let request = api::decode::<ShowVersion>(http.match_info().iter(), http.query_string(), &[])?;
    let reach = ctx.caller.reach(Role::TrainingOfficer);
    let version = standing::find_seen(app.db.read(), &reach, request.version).await?;
    let file = versions::file(app.db.read(), version.id).await?.ok_or_else(|| {
        Problem::from(Code::NotFound).detail("这一版是以前读入的，那时没有保存原件")
    })?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(attachment(&version.file_name, "standard"))
        .body(file))
}
