//! Files that come with the program, as the sample courses': prepared as uploads are.

use std::{fs, io};

use actix_web::web;
use shared::{accounts::PersonId, content::MediaId, problem::Code};
use uuid::Uuid;

use super::{
    document,
    incoming::Incoming,
    kinds::{HEAD, Sort},
    prepare::{Progress, prepare},
    store::{self, Owner},
    subtitles::{self, Texts},
    webvtt,
};
use crate::{App, Result, audit::Actor};

/// Keeps a file of ours with all that phones need of it, as the pages of courseware, and with its
/// subtitles (WebVTT).
///
/// # Errors
/// As for an upload.
pub async fn store_prepared(
    app: &App,
    bytes: Vec<u8>,
    subtitles: Option<&str>,
    person: PersonId,
) -> Result<MediaId> {
    let text = subtitles.map(webvtt::tidy).transpose()?;
    let sort = Sort::of(&bytes[..bytes.len().min(HEAD)]).ok_or(Code::UnknownFile)?;
    let incoming = Incoming::new(app.media.folder());
    let write = move || {
        fs::write(incoming.path(), bytes)?;
        io::Result::Ok(incoming)
    };
    let incoming = web::block(write).await??;
    let mut fit = match sort {
        Sort::Pdf => document::prepare_ours(app, incoming).await?,
        sort => prepare(app, incoming, sort, &Progress::default()).await?,
    };
    let texts = text.map(|it| Texts::of(app, &it)).transpose()?;
    let subtitles = texts.map(|Texts { made, name }| {
        fit.made.extend(made);
        name
    });
    let owner = Owner { actor: Actor::SYSTEM, person: Some(person), organization: None };
    let id = MediaId(Uuid::now_v7());
    let (rows, clock) = (store::put(app, id, owner, fit).await?, app.clock.clone());
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let file = rows.insert(tx, now).await?;
            subtitles::came_with(tx, &file, subtitles).await
        })
    });
    write.await?;
    Ok(id)
}
