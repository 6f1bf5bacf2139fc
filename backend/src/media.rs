//! Pictures and videos: uploaded in the console, kept in the data directory, served with ranges.

pub mod entity;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod incoming;
mod mp4;
mod owners;
mod picture;
mod serve;
mod store;
mod upload;

use std::path::{Path, PathBuf};

use actix_web::{guard, web};
use shared::{content::MediaId, problem::Code};

pub use owners::uploaded_by;
pub use store::{NewFile, find_all, store};

use crate::{Result, http::refuse};

/// Files on the local disk, named by their id.
#[derive(Debug, Clone)]
pub struct Media(PathBuf);

impl Media {
    /// Makes the folder where it is missing, and clears it of uploads that a crash cut off.
    pub fn open(data_dir: &Path) -> Result<Self> {
        let folder = data_dir.join("media");
        std::fs::create_dir_all(&folder)?;
        incoming::clear_old(&folder)?;
        Ok(Self(folder))
    }

    /// Where a file lies.
    pub fn path(&self, id: MediaId) -> PathBuf {
        self.0.join(id.to_string())
    }
}

/// `GET /media/{id}` for whoever may see what shows it; `POST /api/console/media` for officers, with the file
/// in the one part `file`, answered with a `MediaFile`.
pub fn plain(config: &mut web::ServiceConfig) {
    let reading = guard::Any(guard::Get()).or(guard::Head());
    config.route("/media/{id}", web::route().guard(reading).to(serve::serve)).service(
        web::resource("/api/console/media")
            .route(web::post().to(upload::upload))
            .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed))),
    );
}
