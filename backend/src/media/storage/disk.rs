//! Files in one folder of the local disk.

use std::{
    fs, io,
    io::{Seek, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
    time::Duration,
};

use bytes::BytesMut;
use futures_util::{
    FutureExt, StreamExt, TryStreamExt,
    future::{BoxFuture, ready},
    stream::{self, LocalBoxStream},
};
use tokio::io::AsyncReadExt;

use super::{Bytestream, Kept, Key, Storage};
use crate::{Error, Result};

const PIECE: usize = 64 * 1024;

pub(super) struct Disk(PathBuf);

impl Disk {
    pub fn new(folder: &Path) -> Self {
        Self(folder.into())
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.0.join(key.as_str())
    }
}

impl Storage for Disk {
    fn keep<'a>(&'a self, key: &'a Key, file: &'a Path) -> BoxFuture<'a, Result<()>> {
        let (from, to, folder) = (file.to_owned(), self.path(key), self.0.clone());
        let keep = move || -> io::Result<()> {
            fs::File::open(&from)?.sync_all()?;
            fs::rename(&from, &to)?;
            // The name is on disk only when its folder is.
            fs::File::open(&folder)?.sync_all()
        };
        blocking(keep).boxed()
    }

    fn size<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<u64>>> {
        let path = self.path(key);
        let size = move || match fs::metadata(path) {
            Ok(found) => Ok(Some(found.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        blocking(size).boxed()
    }

    fn read<'a>(&'a self, key: &'a Key, range: Range<u64>) -> BoxFuture<'a, Result<Bytestream>> {
        let path = self.path(key);
        async move {
            let start = range.start;
            let open = move || {
                let mut file = fs::File::open(path)?;
                file.seek(SeekFrom::Start(start))?;
                Ok(file)
            };
            let file = tokio::fs::File::from_std(blocking(open).await?);
            let rest = file.take(range.end - range.start);
            let pieces = stream::try_unfold(rest, |mut rest| async move {
                let mut piece = BytesMut::with_capacity(PIECE);
                let read = rest.read_buf(&mut piece).await?;
                Ok((read > 0).then(|| (piece.freeze(), rest)))
            });
            Ok(pieces.map_err(|error: io::Error| Error::from(error)).boxed())
        }
        .boxed()
    }

    fn remove<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<()>> {
        let path = self.path(key);
        let remove = move || match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        blocking(remove).boxed()
    }

    fn list(&self) -> LocalBoxStream<'_, Result<Kept>> {
        let folder = self.0.clone();
        let names = stream::once(blocking(move || fs::read_dir(folder)));
        let kept = names.map_ok(|entries| stream::iter(entries).map_err(Error::from));
        kept.try_flatten().try_filter_map(|entry| ready(kept_of(&entry))).boxed_local()
    }

    fn local(&self, key: &Key) -> Option<PathBuf> {
        Some(self.path(key))
    }

    fn link<'a>(&'a self, _: &'a Key, _: Duration) -> BoxFuture<'a, Result<Option<String>>> {
        ready(Ok(None)).boxed()
    }
}

/// A file of ours; nothing where it is on its way, or was removed meanwhile.
fn kept_of(entry: &fs::DirEntry) -> Result<Option<Kept>> {
    let Some((key, _)) = entry.file_name().to_str().and_then(Key::parse) else { return Ok(None) };
    let Ok(found) = entry.metadata() else { return Ok(None) };
    Ok(Some(Kept { key, bytes: found.len(), since: found.modified()?.into() }))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)??)
}
