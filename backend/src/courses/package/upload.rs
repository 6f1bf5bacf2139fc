//! A package on its way from the console: streamed to disk within limits, then read.

use std::{path::Path, time::Duration};

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use shared::{
    api::Officer,
    packages::{ImportPackage, ImportedCourse, LARGEST_PACKAGE},
    problem::Code,
};
use tokio::{
    fs::File,
    io::AsyncWriteExt,
    time::{Instant, timeout_at},
};

use super::{
    importing::{Target, import},
    refusal::refused,
};
use crate::{
    App, Result,
    audit::Event,
    http::{Ctx, file_part, json, refuse, unreadable},
    media::Workshop,
};

/// How long a small file may take; a larger one gets the time its bytes need at [`SLOWEST`].
const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes a second.
const SLOWEST: u64 = 64 * 1024;
/// The longest silence.
const SILENCE: Duration = Duration::from_secs(20);

pub async fn upload(http: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    match receive(&http, payload, &app).await {
        Ok(done) => json(&http, &done),
        Err(error) => refuse(&http, error),
    }
}

async fn receive(http: &HttpRequest, payload: web::Payload, app: &App) -> Result<ImportedCourse> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    let query = web::Query::<ImportPackage>::from_query(http.query_string());
    let wanted = query.map_err(|_| Code::NotFound)?.organization;
    let target = Target::of(&ctx, wanted).await?;
    let mut parts = Multipart::new(http.headers(), payload);
    let part = file_part(&mut parts, SILENCE).await?;
    let workshop = Workshop::open(app.media.folder())?;
    let package = workshop.file("package.zip");
    to_disk(part, &package).await?;
    let actor = ctx.actor();
    let act = move |course| actor.did(Event::CoursePackageImported, course);
    import(app, actor, target, (package, &workshop), act).await
}

async fn to_disk(mut part: Field, path: &Path) -> Result<()> {
    let mut file = File::create(path).await?;
    let (start, mut written) = (Instant::now(), 0);
    loop {
        let allowed = start + PATIENCE + Duration::from_secs(written / SLOWEST);
        let deadline = allowed.min(Instant::now() + SILENCE);
        let chunk = timeout_at(deadline, part.next()).await.map_err(|_| Code::BodyTooSlow)?;
        let Some(chunk) = chunk else { break };
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        written += chunk.len() as u64;
        if written > LARGEST_PACKAGE {
            return Err(refused("文件超过了 2 GB"));
        }
        file.write_all(&chunk).await?;
    }
    Ok(file.flush().await?)
}
