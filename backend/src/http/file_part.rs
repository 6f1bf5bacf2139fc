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

/// Why a body is no upload.
pub fn unreadable(error: &MultipartError) -> Error {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => Code::UnsupportedBody.into(),
        _ => Code::MalformedBody.into(),
    }
}
