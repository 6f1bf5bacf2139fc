//! Where finished files lie: on the local disk, or in a store that speaks S3. One contract, tested on
//! both.

mod bucket;
mod disk;

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{
    StreamExt,
    future::BoxFuture,
    stream::{BoxStream, LocalBoxStream},
};
use shared::content::MediaId;
use tokio::io::AsyncWriteExt;

use crate::{Result, config::MediaConfig};
use bucket::Bucket;
use disk::Disk;

/// What a file is called in storage: only letters of ours, never a name that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// What was uploaded.
    pub fn of(id: MediaId) -> Self {
        Self(id.to_string())
    }

    /// Something that was made of it; nothing where that is no name of ours.
    pub fn made(id: MediaId, name: &str) -> Option<Self> {
        let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        let fits = (1..=16).contains(&name.len()) && name.bytes().all(plain);
        fits.then(|| Self(format!("{id}.{name}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whose file it is; nothing where the name is none of ours.
    pub fn parse(name: &str) -> Option<(Self, MediaId)> {
        let id: MediaId = name.split('.').next()?.parse().ok()?;
        Some((Self(name.to_owned()), id))
    }
}

/// A file in storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub key: Key,
    pub bytes: u64,
    pub since: DateTime<Utc>,
}

pub type Bytestream = BoxStream<'static, Result<Bytes>>;

/// What a place for files must do.
pub trait Storage: Send + Sync {
    /// Keeps a file that lies on this machine; it may be gone from there afterwards.
    fn keep<'a>(&'a self, key: &'a Key, file: &'a Path) -> BoxFuture<'a, Result<()>>;

    /// How many bytes it has; nothing where there is no such file.
    fn size<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<u64>>>;

    /// These bytes of a file, which must lie within it.
    fn read<'a>(&'a self, key: &'a Key, range: Range<u64>) -> BoxFuture<'a, Result<Bytestream>>;

    /// Removes a file; one that is not there was removed before.
    fn remove<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<()>>;

    /// Everything there is.
    fn list(&self) -> LocalBoxStream<'_, Result<Kept>>;

    /// Where the file lies on this machine, if it does.
    fn local(&self, key: &Key) -> Option<PathBuf>;

    /// An address at which whoever has it gets the file for so long; nothing where only our server
    /// hands it out.
    fn link<'a>(&'a self, key: &'a Key, lasts: Duration) -> BoxFuture<'a, Result<Option<String>>>;
}

/// The storage that was configured.
pub fn open(config: &MediaConfig, folder: &Path) -> Result<Arc<dyn Storage>> {
    Ok(if config.s3_endpoint.is_empty() {
        Arc::new(Disk::new(folder))
    } else {
        Arc::new(Bucket::new(config)?)
    })
}

/// Brings a file to this machine, for programs that read files.
///
/// # Errors
/// Where it is not there, or cannot be read.
pub async fn fetch(storage: &dyn Storage, key: &Key, to: &Path) -> Result<()> {
    let bytes = storage.size(key).await?.ok_or_else(|| missing(key))?;
    let mut file = tokio::fs::File::create(to).await?;
    if bytes > 0 {
        let mut stream = storage.read(key, 0..bytes).await?;
        while let Some(chunk) = stream.next().await {
            file.write_all(&chunk?).await?;
        }
    }
    file.flush().await?;
    Ok(())
}

fn missing(key: &Key) -> anyhow::Error {
    anyhow::anyhow!("the file {} is not in storage", key.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_our_own_letters_only() {
        let id = MediaId(uuid::Uuid::nil());
        assert_eq!(Key::made(id, "page-12").unwrap().as_str(), format!("{id}.page-12"));
        for name in ["", "../x", "a/b", "A", "a.b", "a\0", "一", "a-name-that-is-far-too-long"] {
            assert_eq!(Key::made(id, name), None, "{name}");
        }
        let (key, of) = Key::parse(&format!("{id}.w360")).unwrap();
        assert_eq!((key.as_str(), of), (&*format!("{id}.w360"), id));
        assert_eq!(Key::parse(".upload-x"), None);
    }
}
