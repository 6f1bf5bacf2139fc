//! Files on their way from the console: streamed to disk within limits, then looked into.

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use shared::{api::Officer, authoring::MediaFile, content::MediaKind, problem::Code};

use super::{
    incoming::Incoming,
    prepare::{prepare_picture, prepare_video},
    store::{Owner, keep},
};
use crate::{
    App, Result,
    http::{Ctx, SILENCE, file_part, json, refuse, to_disk},
};

const MEGABYTE: u64 = 1024 * 1024;

/// Bytes by which a file's type is recognised.
const HEAD: usize = 64;

pub(super) async fn upload(
    http: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    match receive(&http, payload, &app).await {
        Ok(file) => json(&http, &file),
        Err(error) => refuse(&http, error),
    }
}

async fn receive(http: &HttpRequest, payload: web::Payload, app: &App) -> Result<MediaFile> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    let declared = http.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    let declared = declared.and_then(|it| it.parse::<u64>().ok());
    // The multipart frame adds a little.
    if declared.is_some_and(|bytes| bytes > largest(MediaKind::Video) + MEGABYTE) {
        return Err(Code::UploadTooLarge.into());
    }
    let mut parts = Multipart::new(http.headers(), payload);
    let part = file_part(&mut parts, SILENCE).await?;
    let (incoming, kind) = receive_file(app, part).await?;
    let fit = match kind {
        MediaKind::Image => prepare_picture(app, incoming).await?,
        _ => prepare_video(app, incoming).await?,
    };
    let (person, organization) = (Some(ctx.caller.person), Some(ctx.caller.organization));
    keep(app, Owner { actor: ctx.actor(), person, organization }, fit).await
}

const fn largest(kind: MediaKind) -> u64 {
    match kind {
        MediaKind::Image => 5 * MEGABYTE,
        _ => 200 * MEGABYTE,
    }
}

/// Writes the part to disk as it arrives. Its kind is known from its first bytes, and with it how
/// large it may become.
async fn receive_file(app: &App, mut part: Field) -> Result<(Incoming, MediaKind)> {
    let incoming = Incoming::new(app.media.folder());
    let (mut head, mut kind) = (Vec::with_capacity(HEAD), None);
    let look = |part: &Field, chunk: &[u8], written: u64| {
        head.extend(chunk.iter().take(HEAD - head.len()));
        if kind.is_none() && head.len() == HEAD {
            kind = Some(recognise(&head, part)?);
        }
        if written > largest(kind.unwrap_or(MediaKind::Video)) {
            return Err(Code::UploadTooLarge.into());
        }
        Ok(())
    };
    to_disk(&mut part, incoming.path(), look).await?;
    let kind = match kind {
        Some(kind) => kind,
        None => recognise(&head, &part)?,
    };
    Ok((incoming, kind))
}

/// What the first bytes say it is, whatever it is called.
fn recognise(head: &[u8], part: &Field) -> Result<MediaKind, Code> {
    match infer::get(head).map(|it| it.mime_type()) {
        Some("image/jpeg" | "image/png" | "image/webp") => Ok(MediaKind::Image),
        Some(other) if other.starts_with("image/") => Err(Code::NotAPicture),
        _ if head.get(4..8) == Some(b"ftyp") => Ok(MediaKind::Video),
        _ if part.content_type().is_some_and(|it| it.type_() == "video") => Err(Code::NotAVideo),
        _ => Err(Code::NotAPicture),
    }
}
