//! A package on its way from the console: streamed to disk within limits, then read.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use shared::{
    api::Officer,
    packages::{ImportPackage, ImportedCourse, LARGEST_PACKAGE},
    problem::Code,
};

use super::{
    importing::{Target, import},
    place,
    refusal::refused,
};
use crate::{
    App, Result,
    audit::Event,
    http::{Ctx, SILENCE, file_part, json, refuse, to_disk},
    media::Workshop,
};

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
    let mut part = file_part(&mut parts, SILENCE).await?;
    let _place = place()?;
    let workshop = Workshop::open(app.media.folder())?;
    let package = workshop.file("package.zip");
    let fits = |_: &_, _: &[u8], bytes| {
        if bytes > LARGEST_PACKAGE {
            return Err(refused("文件超过了 2 GB"));
        }
        Ok(())
    };
    to_disk(&mut part, &package, fits).await?;
    let actor = ctx.actor();
    let act = move |course| actor.did(Event::CoursePackageImported, course);
    import(app, actor, target, (package, &workshop), act).await
}
