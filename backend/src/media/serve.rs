//! Files as browsers get them.

use std::ops::RangeInclusive;

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    error::ErrorInternalServerError,
    http::{
        Method, StatusCode,
        header::{self, ByteRangeSpec, HeaderValue, Range, TryIntoHeaderValue},
    },
    web,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use sea_orm::EntityTrait;
use serde::Deserialize;
use shared::{
    content::{MediaId, MediaKind},
    problem::Code,
};

use super::{
    entity::{media, rendition},
    links, picture,
    storage::Key,
};
use crate::{
    App, Error, Result,
    accounts::Caller,
    courses,
    http::{attachment, refuse},
    standards,
};

/// A file never changes under its name, so that a browser that has it need not ask again; it is kept
/// by that browser only.
const FOREVER: &str = "private, max-age=31536000, immutable";
/// What stands in for something that may yet be made, or may be written anew.
const FOR_NOW: &str = "private, max-age=60";

/// Opened on its own, a file is a document that could hold scripts.
const HARMLESS: &str =
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

pub(super) async fn serve(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    find(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

/// The file, or the range of it that was asked for, for those who uploaded it or may see a course, or
/// a clause of a standard, that shows it.
async fn find(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let id: MediaId = http.match_info().query("id").parse().map_err(|_| Code::NotFound)?;
    let name = http.match_info().get("name");
    let caller = links::caller(app, http, (id, name)).await?;
    let found = visible(app, &caller, id, name).await?;
    let mut response = found.respond(http, app).await?;
    let headers = response.headers_mut();
    // Nobody opens a PDF in the midst of the product.
    let opens = found.content_type != "application/pdf";
    let disposition = if opens { HeaderValue::from_static("inline") } else { saved_as(http) };
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    for (name, value) in [
        (header::CACHE_CONTROL, found.cached),
        (header::CONTENT_SECURITY_POLICY, HARMLESS),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// What a lesson calls its attachment.
#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

/// To be saved, under the name that whoever leads to the file has for it.
fn saved_as(http: &HttpRequest) -> HeaderValue {
    let named = web::Query::<Named>::from_query(http.query_string()).ok();
    let named = named.and_then(|it| it.into_inner().name).filter(|it| !it.is_empty());
    let saved = named.and_then(|it| attachment(&it, "attachment.pdf").try_into_value().ok());
    saved.unwrap_or(HeaderValue::from_static("attachment"))
}

/// A file, or what was made of it, that the caller may see.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub(super) async fn visible(
    app: &App,
    caller: &Caller,
    id: MediaId,
    name: Option<&str>,
) -> Result<Found> {
    let row = media::Entity::find_by_id(id).one(app.db.read()).await?.ok_or(Code::NotFound)?;
    let db = app.db.read();
    if row.created_by != Some(caller.person)
        && !courses::shows_file(db, caller, id).await?
        && !standards::shows_file(db, caller, id).await?
    {
        return Err(Code::NotFound.into());
    }
    match name {
        None => Ok(Found::original(&row, FOREVER)),
        Some(name) => made(app, &row, name).await,
    }
}

/// What was made of a file. What may be missing because the file needs none, or is not there yet, is
/// answered with the file itself.
async fn made(app: &App, row: &media::Model, name: &str) -> Result<Found> {
    let key = Key::made(row.id, name).ok_or(Code::NotFound)?;
    let find = rendition::Entity::find_by_id((row.id, name.to_owned()));
    if let Some(made) = find.one(app.db.read()).await? {
        let cached = if name == "subtitles" { FOR_NOW } else { FOREVER };
        return Ok(Found { key, content_type: made.content_type, cached });
    }
    let stands_in = match row.kind {
        MediaKind::Image => picture::WIDTHS.iter().any(|it| it.0 == name),
        MediaKind::Video => name == "360p",
        MediaKind::Audio | MediaKind::Document => false,
    };
    if stands_in { Ok(Found::original(row, FOR_NOW)) } else { Err(Code::NotFound.into()) }
}

pub(super) struct Found {
    pub key: Key,
    content_type: String,
    cached: &'static str,
}

impl Found {
    fn original(row: &media::Model, cached: &'static str) -> Self {
        Self { key: Key::of(row.id), content_type: row.content_type.clone(), cached }
    }

    async fn respond(&self, http: &HttpRequest, app: &App) -> Result<HttpResponse> {
        let Some(path) = app.media.storage().local(&self.key) else {
            return self.stream(http, app).await;
        };
        let content_type = self.content_type.parse().map_err(anyhow::Error::new)?;
        let file = NamedFile::open(path)?.set_content_type(content_type);
        Ok(file.disable_content_disposition().into_response(http))
    }

    /// From a store that browsers cannot reach, or are not to know of.
    async fn stream(&self, http: &HttpRequest, app: &App) -> Result<HttpResponse> {
        let storage = app.media.storage();
        let size = storage.size(&self.key).await?.ok_or(Code::NotFound)?;
        let asked = http.headers().get(header::RANGE).and_then(|it| it.to_str().ok());
        let mut response = HttpResponse::Ok();
        response
            .content_type(self.content_type.as_str())
            .insert_header((header::ACCEPT_RANGES, "bytes"));
        let range = match asked.map(|it| satisfiable(it, size)) {
            None | Some(Asked::Everything) => 0..size,
            Some(Asked::Nothing) => {
                response.status(StatusCode::RANGE_NOT_SATISFIABLE);
                response.insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
                return Ok(response.finish());
            }
            Some(Asked::Part(part)) => {
                let (from, to) = part.into_inner();
                let described = format!("bytes {from}-{to}/{size}");
                response.status(StatusCode::PARTIAL_CONTENT);
                response.insert_header((header::CONTENT_RANGE, described));
                from..to + 1
            }
        };
        let length = range.end - range.start;
        let bytes = if http.method() == Method::HEAD || length == 0 {
            stream::empty().boxed()
        } else {
            storage.read(&self.key, range).await?
        };
        let broken = |error: Error| ErrorInternalServerError(error.to_string());
        Ok(response.body(SizedStream::new(length, bytes.map_err(broken))))
    }
}

enum Asked {
    Everything,
    Part(RangeInclusive<u64>),
    Nothing,
}

/// What of a file is asked for. Several ranges at once are answered with everything, as are ranges of
/// something else than bytes.
fn satisfiable(asked: &str, size: u64) -> Asked {
    let Ok(Range::Bytes(ranges)) = asked.parse() else { return Asked::Everything };
    let ranges: Vec<ByteRangeSpec> = ranges;
    match ranges.as_slice() {
        [range] => match range.to_satisfiable_range(size) {
            Some((from, to)) => Asked::Part(from..=to),
            None => Asked::Nothing,
        },
        _ => Asked::Everything,
    }
}
