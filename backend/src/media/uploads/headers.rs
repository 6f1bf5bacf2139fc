//! What tus says in headers.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use shared::{
    media::LARGEST_UPLOAD,
    problem::{Code, Problem},
};

use crate::{Error, Result, media::entity::upload};

const VERSION: &str = "1.0.0";

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(super) const LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(super) const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

/// Longer metadata is nobody's name for a file.
const LONGEST_METADATA: usize = 4096;

/// What this server can do, for clients that ask first.
pub(super) async fn abilities() -> HttpResponse {
    let mut response = HttpResponse::NoContent()
        .insert_header(("tus-version", VERSION))
        .insert_header(("tus-max-size", LARGEST_UPLOAD.to_string()))
        .insert_header(("tus-extension", "creation,termination,checksum,expiration"))
        .insert_header(("tus-checksum-algorithm", "sha1,sha256"))
        .finish();
    mark(&mut response);
    response
}

/// Every answer says by which version it was made.
pub(super) fn mark(response: &mut HttpResponse) {
    let refused = response.status() == StatusCode::PRECONDITION_FAILED;
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, HeaderValue::from_static(VERSION));
    if refused {
        headers.insert(HeaderName::from_static("tus-version"), HeaderValue::from_static(VERSION));
    }
}

pub(super) fn check_version(http: &HttpRequest) -> Result<()> {
    match http.headers().get(RESUMABLE) {
        Some(version) if version.as_bytes() == VERSION.as_bytes() => Ok(()),
        _ => Err(Code::UploadVersion.into()),
    }
}

/// A number that must be there.
pub(super) fn number(http: &HttpRequest, name: &HeaderName) -> Result<u64> {
    let value = http.headers().get(name).and_then(|it| it.to_str().ok());
    let digits = value.filter(|it| it.bytes().all(|it| it.is_ascii_digit()));
    digits.and_then(|it| it.parse().ok()).ok_or_else(|| malformed(name))
}

fn malformed(name: &HeaderName) -> Error {
    Problem::from(Code::MalformedBody).field(name.as_str(), "这一项缺少或格式不对").into()
}

/// What the client calls the file is of no use here, but must be well-formed: pairs of a word and
/// base64, with commas between.
pub(super) fn check_metadata(http: &HttpRequest) -> Result<()> {
    let Some(metadata) = http.headers().get(METADATA) else { return Ok(()) };
    let pair_fits = |pair: &str| {
        let mut parts = pair.trim().split(' ');
        let name = parts.next().unwrap_or_default();
        let fits = parts.next().is_none_or(|it| BASE64_STANDARD.decode(it).is_ok());
        !name.is_empty() && fits && parts.next().is_none()
    };
    let text = metadata.to_str().ok().filter(|it| it.len() <= LONGEST_METADATA);
    let fits = text.is_some_and(|it| it.is_empty() || it.split(',').all(pair_fits));
    if fits { Ok(()) } else { Err(malformed(&METADATA)) }
}

/// What the bytes of one request must hash to.
pub(super) struct Checksum {
    pub algorithm: &'static ring::digest::Algorithm,
    pub expected: Vec<u8>,
}

pub(super) fn checksum(http: &HttpRequest) -> Result<Option<Checksum>> {
    let Some(value) = http.headers().get(CHECKSUM) else { return Ok(None) };
    let read = || {
        let (algorithm, hash) = value.to_str().ok()?.split_once(' ')?;
        let algorithm = match algorithm {
            "sha1" => &SHA1_FOR_LEGACY_USE_ONLY,
            "sha256" => &SHA256,
            _ => return None,
        };
        Some(Checksum { algorithm, expected: BASE64_STANDARD.decode(hash).ok()? })
    };
    read().map(Some).ok_or_else(|| malformed(&CHECKSUM))
}

/// An answer that says how far an upload got, and until when it can go on.
pub(super) fn progress(status: StatusCode, upload: &upload::Model) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    let expires = upload.expires_at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    response
        .insert_header((OFFSET, upload.received.to_string()))
        .insert_header((EXPIRES, expires))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    response
}
