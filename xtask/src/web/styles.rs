//! The style sheet inside each page.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::output;
use crate::paths::root;
use crate::setup::node_script;
use crate::wasm::App;

/// The style sheet of the app: the static shell's, then all `tokens*.css`, then all `ui*.css`, then the
/// app's own.
pub fn of(app: App) -> Result<String> {
    let mut files = Vec::new();
    for prefix in ["shell", "tokens", "ui"].iter().chain(app.styles) {
        files.extend(files_starting_with(prefix)?);
    }
    output(node_script("minify-css.mjs").args(&files))
}

fn directory() -> PathBuf {
    root().join("frontend/style")
}

fn files_starting_with(prefix: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory()).context("frontend/style")? {
        let name = entry?.file_name();
        let name = name.to_str().context("a style file whose name is not UTF-8")?;
        if name.starts_with(prefix) && name.strip_suffix(".css").is_some() {
            files.push(directory().join(name));
        }
    }
    files.sort();
    Ok(files)
}
