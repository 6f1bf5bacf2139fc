//! Files that never change under their name, so that browsers may keep them for ever.

use std::ffi::OsStr;
use std::fs;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::output::Output;
use super::scripts;
use crate::paths::root;

/// The first 12 hexadecimal digits of the SHA-256 of the content.
pub fn fingerprint(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let mut first = [0; 8];
    first[2..].copy_from_slice(&digest[..6]);
    format!("{:012x}", u64::from_be_bytes(first))
}

/// Writes the content as `/assets/<name>-<fingerprint>.<extension>` and returns that address.
pub fn publish(output: &mut Output, name: &str, extension: &str, content: &[u8]) -> Result<String> {
    let file = format!("assets/{name}-{}.{extension}", fingerprint(content));
    output.write(&file, content)?;
    Ok(format!("/{file}"))
}

/// A file of `frontend/static`.
pub struct Asset {
    /// The name in the repository.
    pub name: String,
    /// Where browsers find it; empty for what stands inside the pages.
    pub address: String,
    pub content: Vec<u8>,
}

/// What stands inside the pages, and is no file of its own.
const INSIDE: &[&str] = &["ahead.js", "boot.js"];

/// Publishes every file in `frontend/static` that is loaded by its address.
pub fn publish_static(output: &mut Output) -> Result<Vec<Asset>> {
    let mut assets = Vec::new();
    for entry in fs::read_dir(root().join("frontend/static")).context("frontend/static")? {
        let path = entry?.path();
        if path.is_file() {
            let (stem, extension) = (part(path.file_stem())?, part(path.extension())?);
            let content = match extension.as_str() {
                "js" => scripts::minified(&path, &[])?,
                _ => fs::read(&path)?,
            };
            let name = format!("{stem}.{extension}");
            let address = if INSIDE.contains(&name.as_str()) {
                String::new()
            } else {
                publish(output, &stem, &extension, &content)?
            };
            assets.push(Asset { name, address, content });
        }
    }
    Ok(assets)
}

fn part(part: Option<&OsStr>) -> Result<String> {
    let part = part.context("a static file without name or extension")?;
    Ok(part.to_str().context("a static file whose name is not UTF-8")?.to_owned())
}
