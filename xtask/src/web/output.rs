//! The directory that is being filled.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::command::succeed;
use crate::paths::web_dist;
use crate::programs::cargo;
use crate::setup::node_script;

/// A new `dist/web` beside the old one, which it replaces at the end.
pub struct Output {
    directory: TempDir,
    written: Vec<PathBuf>,
}

impl Output {
    pub fn begin() -> Result<Self> {
        let dist = web_dist().parent().context("dist")?.to_path_buf();
        fs::create_dir_all(&dist)?;
        let directory = tempfile::Builder::new().prefix(".web-").tempdir_in(dist)?;
        fs::create_dir(directory.path().join("assets"))?;
        Ok(Self { directory, written: Vec::new() })
    }

    pub fn write(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.directory.path().join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {name}"))?;
        self.written.push(path);
        Ok(())
    }

    /// Puts `.br` and `.gz` beside each file that they make smaller.
    pub fn compress(&self, fast: bool) -> Result<()> {
        let quality = if fast { "fast" } else { "best" };
        succeed(node_script("compress.mjs").arg(quality).args(&self.written))
    }

    /// Replaces `dist/web`. If nothing changed the old directory stays, with its times, so that
    /// cargo does not build the server again.
    pub fn finish(self) -> Result<()> {
        let (new, old) = (self.directory.path(), web_dist());
        let standing = contents(&old)?;
        if contents(new)? == standing {
            return Ok(());
        }
        if standing.is_empty() {
            // A server built without any web app knows no file whose change cargo could notice.
            succeed(cargo().args(["clean", "--quiet", "--release", "--package", "backend"]))?;
        }
        if old.exists() {
            fs::remove_dir_all(&old)?;
        }
        fs::rename(self.directory.keep(), &old).context("cannot put dist/web into place")
    }
}

fn contents(directory: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let folders = [directory.to_path_buf(), directory.join("assets")];
    for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_file() {
                found.insert(path.strip_prefix(directory)?.to_path_buf(), fs::read(&path)?);
            }
        }
    }
    Ok(found)
}
