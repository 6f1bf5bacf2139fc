//! The one file of an upload.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use futures_util::StreamExt;
use shared::problem::{Code, Problem};
use tokio::time::{Instant, timeout_at};

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

/// Why a body is no upload.
pub fn unreadable(error: &MultipartError) -> Error {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => Code::UnsupportedBody.into(),
        _ => Code::MalformedBody.into(),
    }
}
