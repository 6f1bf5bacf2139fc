//! Handing a package out, piece by piece from the disk.

use std::path::Path;

use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    http::header::{CACHE_CONTROL, ContentDisposition},
    web::{self, Bytes},
};
use bytes::BytesMut;
use futures_util::{Stream, stream};
use shared::{
    accounts::Role, api::Officer, courses::CourseId, packages::ExportPackage, problem::Code,
};
use tokio::io::AsyncReadExt;

use super::{gathering::gather, packing::pack, place};
use crate::{
    App, Result,
    accounts::step_up,
    audit::{self, Event},
    http::{Ctx, attachment, refuse},
    media::Workshop,
};

const PIECE: usize = 64 * 1024;

pub async fn download(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    step_up::require(app, http).await?;
    let id: CourseId = http.match_info().query("course").parse().map_err(|_| Code::NotFound)?;
    let query = web::Query::<ExportPackage>::from_query(http.query_string());
    let revision = query.map_err(|_| Code::NotFound)?.revision;
    let reach = ctx.caller.reach(Role::TrainingOfficer);
    let gathered = gather(app, &reach, id, revision).await?;
    let place = place()?;
    let workshop = Workshop::open(app.media.folder())?;
    let now = app.clock.now(app.db.read()).await?;
    let path = pack(app, &gathered, &workshop, now).await?;
    let bytes = std::fs::metadata(&path)?.len();
    let act = ctx.actor().did(Event::CoursePackageExported, id).with("bytes", bytes);
    audit::record_alone(app, act.with("keys", gathered.with_keys)).await?;
    let pieces = pieces(&path, (workshop, place)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(disposition(&gathered.course.title, gathered.revision))
        .body(SizedStream::new(bytes, pieces)))
}

/// The file's bytes; what is held for it goes when the last one is gone, or whoever reads them.
async fn pieces<T: 'static>(
    path: &Path,
    held: T,
) -> Result<impl Stream<Item = std::io::Result<Bytes>> + use<T>> {
    let file = tokio::fs::File::open(path).await?;
    Ok(stream::try_unfold((file, held), |(mut file, held)| async move {
        let mut piece = BytesMut::with_capacity(PIECE);
        let read = file.read_buf(&mut piece).await?;
        Ok((read > 0).then(|| (piece.freeze(), (file, held))))
    }))
}

fn disposition(title: &str, revision: Option<u32>) -> ContentDisposition {
    let which = revision.map_or("草稿".to_owned(), |it| format!("第{it}版"));
    attachment(&format!("{title}-{which}-课程包.zip"), "course-package.zip")
}
