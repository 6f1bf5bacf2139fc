//! A folder for one piece of work with programs of others.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use uuid::Uuid;

use super::incoming::PREFIX;

/// Removed with all that is in it when dropped.
#[derive(Debug)]
pub struct Workshop(PathBuf);

impl Workshop {
    pub fn open(folder: &Path) -> io::Result<Self> {
        let folder = fs::canonicalize(folder)?.join(format!("{PREFIX}{}", Uuid::now_v7()));
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // A leftover is cleared at the next start.
        drop(fs::remove_dir_all(&self.0));
    }
}
