//! Chromium 86: the engine of WeChat's web view on cheap Android phones.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::node::script;
use crate::command::{announce, succeed};
use crate::paths::cache;

/// Unpacks the browser from its npm package into the cache, once, and returns its directory:
/// the program `chromium` beside the libraries in `lib`.
pub fn unpack(node_tools: &Path) -> Result<PathBuf> {
    let ready = cache().join("chromium-86");
    if ready.join("chromium").is_file() {
        return Ok(ready);
    }
    announce("unpacking Chromium 86", "about 10 s");
    fs::create_dir_all(cache()).context("cannot create the cache directory")?;
    // Unpacked beside and moved, so that a half unpacked browser is never taken for a whole one.
    let unpacked = tempfile::tempdir_in(cache())?;
    let packed = node_tools.join("node_modules/chrome-aws-lambda/bin");
    succeed(script("unpack-chromium.mjs").arg(packed).arg(unpacked.path()))?;
    fs::rename(unpacked.keep(), &ready).context("cannot move Chromium 86 into the cache")?;
    Ok(ready)
}
