//! Pictures and videos: uploaded in the console, kept in the data directory, served with ranges.

use std::path::{Path, PathBuf};

use shared::content::MediaId;

use crate::Result;

/// Files on the local disk, named by their id.
#[derive(Debug, Clone)]
pub struct Media(PathBuf);

impl Media {
    pub fn open(data_dir: &Path) -> Result<Self> {
        let folder = data_dir.join("media");
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Where a file lies.
    pub fn path(&self, id: MediaId) -> PathBuf {
        self.0.join(id.to_string())
    }
}

pub fn plain(_: &mut actix_web::web::ServiceConfig) {}
