//! Files as browsers get them.

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web,
};
use sea_orm::EntityTrait;
use shared::{content::MediaId, problem::Code};

use super::entity::media;
use crate::{App, Result, accounts::authenticate_fetch, courses, http::refuse};

const SVG: &str = "image/svg+xml";

pub(super) async fn serve(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    find(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

/// The file, or the range of it that was asked for, for those who uploaded it or may see a course
/// that shows it. A file never changes under its id, so that a
/// browser that has it need not ask again; it is kept by that browser only.
async fn find(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let caller = authenticate_fetch(app, http).await?;
    let id: MediaId = http.match_info().query("id").parse().map_err(|_| Code::NotFound)?;
    let row = media::Entity::find_by_id(id).one(app.db.read()).await?.ok_or(Code::NotFound)?;
    if row.created_by != Some(caller.person)
        && !courses::shows_file(app.db.read(), &caller, id).await?
    {
        return Err(Code::NotFound.into());
    }
    let content_type = row.content_type.parse().map_err(anyhow::Error::new)?;
    let file = NamedFile::open(app.media.path(id))?
        .set_content_type(content_type)
        .disable_content_disposition();
    let mut response = file.into_response(http);
    let headers = response.headers_mut();
    let forever = HeaderValue::from_static("private, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, forever);
    if row.content_type == SVG {
        // Opened on its own, a drawing is a document that could hold scripts.
        let harmless = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        let harmless = HeaderValue::from_static(harmless);
        headers.insert(header::CONTENT_SECURITY_POLICY, harmless);
    }
    Ok(response)
}
