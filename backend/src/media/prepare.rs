//! Looking into a file that has arrived, and making of it what phones need.

use std::{
    fs, io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use actix_web::web;
use shared::content::MediaKind;
use tokio::sync::Semaphore;

use super::{
    convert, document,
    incoming::Incoming,
    kinds::Sort,
    mp4, office, picture, programs, sound,
    store::{Fit, Made},
};
use crate::{App, Result};

/// Pictures that are decoded at once: each may take some hundred megabytes.
static TURNS: Semaphore = Semaphore::const_new(1);

/// How far the work is, for those who look on.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<AtomicU32>);

impl Progress {
    pub fn set(&self, percent: u32) {
        self.0.store(percent.min(100), Ordering::Relaxed);
    }

    pub fn get(&self) -> i32 {
        i32::try_from(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

/// A file of this sort, fit to be kept.
///
/// # Errors
/// A refusal in words that say what to do.
pub(super) async fn prepare(
    app: &App,
    incoming: Incoming,
    sort: Sort,
    progress: &Progress,
) -> Result<Fit> {
    match sort {
        Sort::Picture => prepare_picture(app, incoming).await,
        Sort::Mp4 => prepare_mp4(app, incoming, progress).await,
        Sort::OtherVideo => convert::replace(app, incoming, progress).await,
        Sort::Mp3 => sound::prepare_mp3(app, incoming).await,
        Sort::M4a => sound::prepare_m4a(app, incoming).await,
        Sort::Pdf => document::prepare_pdf(app, incoming, progress).await,
        Sort::Office(ending) => office::prepare(app, incoming, ending, progress).await,
    }
}

/// A video that phones play stays as it is, and is made small later; another one is converted first.
async fn prepare_mp4(app: &App, incoming: Incoming, progress: &Progress) -> Result<Fit> {
    if programs::find(&app.config.media.ffmpeg).is_none() {
        return prepare_video(app, incoming).await;
    }
    let original = Incoming::new(app.media.folder());
    fs::hard_link(incoming.path(), original.path())?;
    match prepare_video(app, incoming).await {
        Err(error) if error.code().is_some() => convert::replace(app, original, progress).await,
        fit => fit,
    }
}

/// A picture encoded anew, with smaller ones of it beside it.
pub(super) async fn prepare_picture(app: &App, incoming: Incoming) -> Result<Fit> {
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let folder = app.media.folder().to_owned();
    let prepare = move || -> Result<_> {
        // Moved in so that the turn is kept even if the caller hangs up.
        let _turn = turn;
        let (whole, smaller) = picture::prepare_all(&fs::read(incoming.path())?)?;
        fs::write(incoming.path(), &whole.bytes)?;
        let made = smaller.into_iter().map(|(name, picture)| {
            let incoming = Incoming::new(&folder);
            fs::write(incoming.path(), &picture.bytes)?;
            let picture::Picture { content_type, width, height, .. } = picture;
            Ok(Made { name: name.into(), incoming, content_type, width, height })
        });
        Ok(Fit {
            incoming,
            kind: MediaKind::Image,
            content_type: whole.content_type,
            width: whole.width,
            height: whole.height,
            seconds: 0,
            pages: 0,
            made: made.collect::<io::Result<Vec<_>>>()?,
            unfinished: false,
        })
    };
    web::block(prepare).await?
}

/// A video that phones can play while it loads.
pub(super) async fn prepare_video(app: &App, incoming: Incoming) -> Result<Fit> {
    let folder = app.media.folder().to_owned();
    let unfinished = programs::find(&app.config.media.ffmpeg).is_some();
    let prepare = move || -> Result<_> {
        let (incoming, video) = mp4::playable(&folder, incoming, mp4::inspect)?;
        Ok(Fit {
            incoming,
            kind: MediaKind::Video,
            content_type: "video/mp4",
            width: video.width,
            height: video.height,
            seconds: video.seconds,
            pages: 0,
            made: Vec::new(),
            unfinished,
        })
    };
    web::block(prepare).await?
}
