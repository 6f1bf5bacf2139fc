//! The next piece of an upload, written to disk as it arrives.

use std::{
    io::{self, SeekFrom},
    path::Path,
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use futures_util::StreamExt;
use ring::digest::Context;
use shared::problem::Code;
use tokio::{
    fs::{File, OpenOptions},
    io::{AsyncSeekExt, AsyncWriteExt},
    time::{Instant, timeout_at},
};

use super::{
    headers::{self, Checksum, OFFSET},
    own,
    turn::Turn,
};
use crate::{App, Error, Result, media::entity::upload};

/// The longest silence.
const SILENCE: Duration = Duration::from_secs(20);
/// How long a short piece may take; a longer one gets the time its bytes need at [`SLOWEST`].
const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes a second.
const SLOWEST: u64 = 8 * 1024;
/// So many bytes are on disk for good at a time, however long the piece is.
const STRIDE: u64 = 16 * 1024 * 1024;

pub(super) async fn receive(
    http: &HttpRequest,
    body: web::Payload,
    app: &App,
) -> Result<HttpResponse> {
    let (_, upload) = own(http, app).await?;
    if !is_piece(http) {
        return Err(Code::UnsupportedBody.into());
    }
    let offset = headers::number(http, &OFFSET)?;
    let checksum = headers::checksum(http)?;
    let length = u64::try_from(upload.length).unwrap_or_default();
    let declared = http.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    let declared = declared.and_then(|it| it.parse::<u64>().ok()).unwrap_or_default();
    if offset.saturating_add(declared) > length {
        return Err(Code::BodyTooLarge.into());
    }
    let turn = Turn::take(app, upload.id, i64::try_from(offset).unwrap_or(i64::MAX)).await?;
    let piece = Piece { path: app.media.part(upload.id), offset, length, checksum };
    // On its own, so that what has arrived is noted even where the caller hangs up.
    let writing = actix_web::rt::spawn(async move { piece.take_in(body, &turn).await });
    let row: upload::Model = writing.await.map_err(anyhow::Error::from)??;
    Ok(headers::progress(StatusCode::NO_CONTENT, &row).finish())
}

fn is_piece(http: &HttpRequest) -> bool {
    let kind = http.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|it| it.as_bytes().eq_ignore_ascii_case(b"application/offset+octet-stream"))
}

struct Piece {
    path: std::path::PathBuf,
    offset: u64,
    /// Of the whole upload.
    length: u64,
    checksum: Option<Checksum>,
}

impl Piece {
    async fn take_in(self, body: web::Payload, turn: &Turn) -> Result<upload::Model> {
        let mut written = self.offset;
        let outcome = self.write(body, turn, &mut written).await;
        match outcome {
            Ok(()) => turn.end(written).await,
            Err(error) => {
                // What is on disk counts, unless it was to be proven by a checksum.
                let kept = if self.checksum.is_some() { self.offset } else { written };
                turn.end(kept).await?;
                Err(error)
            }
        }
    }

    /// `written` is how far the file is good for.
    async fn write(&self, mut body: web::Payload, turn: &Turn, written: &mut u64) -> Result<()> {
        let mut file = open(&self.path, self.offset).await.map_err(full)?;
        let mut hash = self.checksum.as_ref().map(|it| Context::new(it.algorithm));
        let (start, mut at, mut noted) = (Instant::now(), self.offset, self.offset);
        let outcome = loop {
            let allowed = start + PATIENCE + Duration::from_secs((at - self.offset) / SLOWEST);
            let deadline = allowed.min(Instant::now() + SILENCE);
            let chunk = match timeout_at(deadline, body.next()).await {
                Err(_) => break Err(Code::BodyTooSlow.into()),
                Ok(None) => break Ok(()),
                Ok(Some(Err(_))) => break Err(Code::MalformedBody.into()),
                Ok(Some(Ok(chunk))) => chunk,
            };
            if at + chunk.len() as u64 > self.length {
                break Err(Error::from(Code::BodyTooLarge));
            }
            file.write_all(&chunk).await.map_err(full)?;
            at += chunk.len() as u64;
            if let Some(hash) = &mut hash {
                hash.update(&chunk);
            } else if at - noted >= STRIDE {
                settle(&mut file).await?;
                (noted, *written) = (at, at);
                turn.note(at).await?;
            }
        };
        settle(&mut file).await?;
        *written = at;
        outcome?;
        let fits = |it: &Checksum| {
            hash.is_some_and(|hash| hash.finish().as_ref() == it.expected.as_slice())
        };
        match &self.checksum {
            Some(expected) if !fits(expected) => Err(Code::UploadDamaged.into()),
            _ => Ok(()),
        }
    }
}

/// The file up to the offset; what an unfinished request left beyond is cut off.
async fn open(path: &Path, offset: u64) -> io::Result<File> {
    let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(path).await?;
    if file.metadata().await?.len() < offset {
        return Err(io::Error::other("a part of the upload is gone from the disk"));
    }
    file.set_len(offset).await?;
    file.seek(SeekFrom::Start(offset)).await?;
    Ok(file)
}

async fn settle(file: &mut File) -> Result<()> {
    file.flush().await.map_err(full)?;
    file.sync_data().await.map_err(full)?;
    Ok(())
}

/// A full disk is told as such.
fn full(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::StorageFull.into(),
        _ => error.into(),
    }
}
