//! Files of lessons: uploaded in the console, looked into, made ready for phones, kept on disk or in
//! an S3 store, served with ranges.

mod convert;
mod described;
mod document;
pub mod entity;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod incoming;
mod kept;
mod kinds;
mod links;
mod mp4;
mod office;
mod originals;
mod orphans;
mod ours;
mod owners;
mod packaged;
mod pages;
mod picture;
mod prepare;
mod programs;
mod serve;
mod sound;
mod standing;
pub mod storage;
mod store;
mod subtitles;
mod tasks;
mod upload;
mod uploads;
mod webvtt;
mod weight;
mod workshop;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use actix_web::{guard, web};
use shared::{content::MediaId, media::UploadId, problem::Code};

pub use described::{describe, name_subtitles, subtitles_of};
pub use originals::{Original, at_hand, originals};
pub use orphans::{Swept, sweep};
pub use ours::store_prepared;
pub use owners::uploaded_by;
pub use packaged::{Arrived, Room, Taken, keep_all, keys_of, remove, take_in};
pub use pages::draw as draw_pages;
pub use store::{NewFile, find_all, hashes, store};
pub use subtitles::subtitle_writers;
pub use tasks::{MediaTask, run};
pub use uploads::forget_old as forget_old_uploads;
pub use weight::{Weight, weights};
pub use workshop::Workshop;

use crate::{
    Result,
    config::Config,
    http::{Api, refuse},
};
use storage::{Key, Storage};

/// The storage of files, and the folder where they arrive. Several servers share the folder too.
#[derive(Clone)]
pub struct Media {
    folder: PathBuf,
    storage: Arc<dyn Storage>,
}

impl Media {
    /// Makes the folder where it is missing, and clears it of files that a crash cut off.
    pub fn open(config: &Config) -> Result<Self> {
        let folder = config.data_dir.join("media");
        std::fs::create_dir_all(&folder)?;
        incoming::clear_old(&folder)?;
        let storage = storage::open(&config.media, &folder)?;
        Ok(Self { folder, storage })
    }

    /// Where files arrive.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn storage(&self) -> &dyn Storage {
        &*self.storage
    }

    /// Where a file lies if it lies on this machine.
    pub fn path(&self, id: MediaId) -> PathBuf {
        self.folder.join(Key::of(id).as_str())
    }

    /// What has arrived of an upload.
    fn part(&self, id: UploadId) -> PathBuf {
        self.folder.join(format!(".part-{id}"))
    }
}

pub fn routes(api: &mut Api) {
    api.on(uploads::show_upload).on(uploads::show_space).on(standing::show_media_file);
    api.on(links::make_link).on(subtitles::save_subtitles);
    api.on(kept::list_media_files).on(kept::remove_media_file);
}

/// `GET /media/{id}` for whoever may see what shows it, and below it what was made of the file;
/// uploads by tus; `POST /api/console/media` for officers, with the file in the one part `file`,
/// answered with a `MediaFile`.
pub fn plain(config: &mut web::ServiceConfig) {
    let reading = || guard::Any(guard::Get()).or(guard::Head());
    config
        .route("/media/{id}", web::route().guard(reading()).to(serve::serve))
        .route("/media/{id}/{name}", web::route().guard(reading()).to(serve::serve));
    uploads::plain(config);
    config.service(
        web::resource("/api/console/media")
            .route(web::post().to(upload::upload))
            .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed))),
    );
}
