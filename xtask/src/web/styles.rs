//! Style sheets: one small one inside the page, one per app.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::output;
use crate::paths::root;
use crate::setup::node_script;
use crate::wasm::App;

/// The style of the static shell.
pub fn critical() -> Result<String> {
    minified(&[directory().join("shell.css")])
}

/// The style sheet of the app: all `tokens*.css`, then all `ui*.css`, then all `<app>*.css`.
pub fn of(app: App) -> Result<Vec<u8>> {
    let mut files = Vec::new();
    for prefix in ["tokens", "ui", app.name] {
        files.extend(files_starting_with(prefix)?);
    }
    minified(&files).map(String::into_bytes)
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

fn minified(files: &[PathBuf]) -> Result<String> {
    output(node_script("minify-css.mjs").args(files))
}
