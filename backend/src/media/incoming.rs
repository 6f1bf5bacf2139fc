//! A file on its way in: on disk under a name of its own, and gone again unless it is kept.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use ring::digest::{Context, SHA256};
use uuid::Uuid;

/// Marks files, and folders of work, that nobody owns yet.
pub(super) const PREFIX: &str = ".upload-";

/// Longer than any upload may take.
const ABANDONED_AFTER: Duration = Duration::from_hours(24);

/// Removed when dropped, unless storage has taken it meanwhile.
#[derive(Debug)]
pub(super) struct Incoming(PathBuf);

impl Incoming {
    /// A place for a new file in the folder.
    pub fn new(folder: &Path) -> Self {
        Self(folder.join(format!("{PREFIX}{}", Uuid::now_v7())))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Its length and SHA-256.
    pub fn measure(&self) -> io::Result<(u64, Vec<u8>)> {
        let (mut file, mut hash) = (fs::File::open(&self.0)?, Context::new(&SHA256));
        let (mut bytes, mut buffer) = (0, vec![0; 64 * 1024]);
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                return Ok((bytes, hash.finish().as_ref().to_vec()));
            }
            hash.update(&buffer[..read]);
            bytes += read as u64;
        }
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // It may never have been made, or be where it belongs; a leftover is cleared at the next
        // start.
        drop(fs::remove_file(&self.0));
    }
}

/// Removes what a crash left behind a day ago or earlier; younger ones may be another server's.
pub(super) fn clear_old(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age > ABANDONED_AFTER) {
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_kept_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let dropped = Incoming::new(folder.path());
        fs::write(dropped.path(), "x").unwrap();
        drop(dropped);
        let kept = Incoming::new(folder.path());
        fs::write(kept.path(), "y").unwrap();
        fs::rename(kept.path(), folder.path().join("name")).unwrap();
        drop(kept);
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(left, ["name"]);
    }

    #[test]
    fn only_old_leftovers_are_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join(format!("{PREFIX}old"));
        let yesterday = std::time::SystemTime::now() - 2 * ABANDONED_AFTER;
        fs::File::create(&old).unwrap().set_modified(yesterday).unwrap();
        fs::write(folder.path().join(format!("{PREFIX}young")), "").unwrap();
        fs::File::create(folder.path().join("kept")).unwrap().set_modified(yesterday).unwrap();
        clear_old(folder.path()).unwrap();
        assert!(!old.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
