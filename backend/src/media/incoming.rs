//! A file on its way in: on disk under a name of its own, and gone again unless it is kept.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use uuid::Uuid;

/// Marks files that nobody owns yet.
const PREFIX: &str = ".upload-";

/// Longer than any upload may take.
const ABANDONED_AFTER: Duration = Duration::from_hours(24);

/// Removed when dropped, unless [`keep_as`](Self::keep_as) gave it a name.
#[derive(Debug)]
pub(super) struct Incoming {
    path: PathBuf,
    kept: bool,
}

impl Incoming {
    /// A place for a new file in the folder.
    pub fn new(folder: &Path) -> Self {
        Self { path: folder.join(format!("{PREFIX}{}", Uuid::now_v7())), kept: false }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name once all of it is on disk.
    pub fn keep_as(mut self, name: &Path) -> io::Result<()> {
        fs::File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, name)?;
        self.kept = true;
        // The name is on disk only when its folder is.
        name.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            // It may never have been made; a leftover is cleared at the next start.
            drop(fs::remove_file(&self.path));
        }
    }
}

/// Removes what a crash left behind a day ago or earlier; younger ones may be another server's.
pub(super) fn clear_old(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age > ABANDONED_AFTER) {
            fs::remove_file(entry.path())?;
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
        kept.keep_as(&folder.path().join("name")).unwrap();
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
