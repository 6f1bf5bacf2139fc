//! The one file of an upload.

use std::{path::Path, time::Duration};

use actix_multipart::{Field, Multipart, MultipartError};
use futures_util::StreamExt;
use shared::problem::{Code, Problem};
use tokio::{
    fs::File,
    io::AsyncWriteExt,
    time::{Instant, timeout_at},
};

use crate::{Error, Result};

/// The first part of the body, which has to be `file` and to come within `silence`. The body must be
/// kept for as long as the part is read.
pub async fn file_part(parts: &mut Multipart, silence: Duration) -> Result<Field> {
    let part = timeout_at(Instant::now() + silence, parts.next()).await;
    let part = part.map_err(|_| Code::BodyTooSlow)?.transpose();
    let part = part.map_err(|error| unreadable(&error))?;
    part.filter(|part| part.name() == Some("file")).ok_or_else(|| {
        Problem::from(Code::InvalidRequest).field("file", "请选择要上传的文件").into()
    })
}

/// The bytes of a part that is read into memory.
pub struct Limits {
    pub largest: usize,
    /// From beginning to end.
    pub patience: Duration,
    /// The longest silence.
    pub silence: Duration,
}

/// Reads a part within its limits; one that is too large is refused by what `too_large` says.
pub async fn gather(
    mut part: Field,
    limits: &Limits,
    too_large: impl Fn() -> Problem,
) -> Result<Vec<u8>> {
    let (end, mut file) = (Instant::now() + limits.patience, Vec::new());
    loop {
        let deadline = end.min(Instant::now() + limits.silence);
        let chunk = timeout_at(deadline, part.next()).await.map_err(|_| Code::BodyTooSlow)?;
        let Some(chunk) = chunk else { return Ok(file) };
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if file.len() + chunk.len() > limits.largest {
            return Err(too_large().into());
        }
        file.extend_from_slice(&chunk);
    }
}

/// How long a small file may take on its way to disk; a larger one gets the time its bytes need at
/// [`SLOWEST`].
const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes a second.
const SLOWEST: u64 = 64 * 1024;
/// The longest silence of a file on its way to disk.
pub const SILENCE: Duration = Duration::from_secs(20);

/// Writes a part to disk as it arrives. `look` sees each piece, and how many bytes came with it and
/// before, and refuses what is too large or something else.
///
/// # Errors
/// `body_too_slow`, those of [`unreadable`], and what `look` says.
pub async fn to_disk(
    part: &mut Field,
    path: &Path,
    mut look: impl FnMut(&Field, &[u8], u64) -> Result<()>,
) -> Result<()> {
    let mut file = File::create(path).await?;
    let (start, mut written) = (Instant::now(), 0);
    loop {
        let allowed = start + PATIENCE + Duration::from_secs(written / SLOWEST);
        let deadline = allowed.min(Instant::now() + SILENCE);
        let chunk = timeout_at(deadline, part.next()).await.map_err(|_| Code::BodyTooSlow)?;
        let Some(chunk) = chunk else { return Ok(file.flush().await?) };
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        written += chunk.len() as u64;
        look(part, &chunk, written)?;
        file.write_all(&chunk).await?;
    }
}

/// Why a body is no upload.
pub fn unreadable(error: &MultipartError) -> Error {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => Code::UnsupportedBody.into(),
        _ => Code::MalformedBody.into(),
    }
}
