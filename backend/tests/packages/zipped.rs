//! Taking packages apart, and putting them together as no program of ours would.

use std::{
    fmt::Write as _,
    io::{Cursor, Read, Write},
};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The files of a package, each by its name.
#[derive(Debug, Clone)]
pub struct Package(pub Vec<(String, Vec<u8>)>);

impl Package {
    pub fn of(zip: &[u8]) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(zip)).unwrap();
        let mut files = Vec::new();
        for at in 0..zip.len() {
            let mut entry = zip.by_index(at).unwrap();
            let (name, mut content) = (entry.name().unwrap().into_owned(), Vec::new());
            entry.read_to_end(&mut content).unwrap();
            files.push((name, content));
        }
        Self(files)
    }

    pub fn get(&self, name: &str) -> &[u8] {
        &self.0.iter().find(|it| it.0 == name).unwrap().1
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(self.get(name)).unwrap()
    }

    /// The name of the first file that begins so.
    pub fn named(&self, beginning: &str) -> String {
        self.0.iter().find(|it| it.0.starts_with(beginning)).unwrap().0.clone()
    }

    #[must_use]
    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.retain(|it| it.0 != name);
        self.0.push((name.into(), content.into()));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|it| it.0 != name);
        self
    }

    /// With something else in one of its JSON files.
    #[must_use]
    pub fn changed(self, name: &str, change: impl FnOnce(&mut Value)) -> Self {
        let mut value = self.json(name);
        change(&mut value);
        self.with(name, value.to_string())
    }

    /// With a manifest that vouches for what is in it by now.
    #[must_use]
    pub fn vouched(self) -> Self {
        let files = self.0.iter().filter(|it| it.0 != "manifest.json").map(|(name, content)| {
            json!({ "name": name, "bytes": content.len(), "sha256": sum(content) })
        });
        let files: Vec<Value> = files.collect();
        self.changed("manifest.json", |it| it["files"] = files.into())
    }

    pub fn zip(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// With a link to another file among the others.
    pub fn zip_with_link(&self, name: &str, to: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new_append(Cursor::new(self.zip())).unwrap();
        zip.add_symlink(name, to, SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap().into_inner()
    }
}

pub fn sum(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// Every time `from` stands there, `to` instead, which is as long.
pub fn replaced(zip: &[u8], from: &str, to: &str) -> Vec<u8> {
    let (from, to, mut zip) = (from.as_bytes(), to.as_bytes(), zip.to_vec());
    assert_eq!(from.len(), to.len());
    for at in 0..=zip.len() - from.len() {
        if zip[at..].starts_with(from) {
            zip[at..at + to.len()].copy_from_slice(to);
        }
    }
    zip
}

/// Says of every file that it is encrypted.
pub fn encrypted(zip: &[u8]) -> Vec<u8> {
    let mut zip = zip.to_vec();
    for at in 0..zip.len() - 4 {
        match &zip[at..at + 4] {
            b"PK\x03\x04" => zip[at + 6] |= 1,
            b"PK\x01\x02" => zip[at + 8] |= 1,
            _ => {}
        }
    }
    zip
}
