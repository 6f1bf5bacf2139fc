//! A tus client in a few lines.

use actix_web::{
    body::{BoxBody, to_bytes},
    dev::ServiceResponse,
    http::header,
    test::TestRequest,
};
use backend::jobs;
use serde_json::Value;
use shared::{
    authoring::MediaFile,
    media::{ShowUpload, UPLOADS, UploadId, UploadStanding},
};

use crate::scene::World;

pub const PIECE: &str = "application/offset+octet-stream";

/// A request of somebody's with the version that tus wants.
pub async fn request(world: &World, key: &str, method: &str, target: &str) -> TestRequest {
    world.person(key).await.request(method, target).insert_header(("tus-resumable", "1.0.0"))
}

/// What a refusal says.
pub async fn code(answer: ServiceResponse<BoxBody>) -> String {
    let body = to_bytes(answer.into_body()).await.unwrap();
    let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
    problem["code"].as_str().unwrap_or_default().to_owned()
}

pub async fn begin(world: &World, key: &str, length: usize) -> ServiceResponse<BoxBody> {
    let begin = request(world, key, "POST", UPLOADS).await;
    world.send(begin.insert_header(("upload-length", length.to_string()))).await
}

/// Begins an upload; its address.
pub async fn begun(world: &World, key: &str, length: usize) -> String {
    let answer = begin(world, key, length).await;
    assert_eq!(answer.status(), 201);
    answer.headers().get(header::LOCATION).unwrap().to_str().unwrap().to_owned()
}

pub async fn piece(
    world: &World,
    (key, upload): (&str, &str),
    offset: usize,
    bytes: &[u8],
) -> TestRequest {
    request(world, key, "PATCH", upload)
        .await
        .insert_header((header::CONTENT_TYPE, PIECE))
        .insert_header(("upload-offset", offset.to_string()))
        .set_payload(bytes.to_vec())
}

pub async fn offset(world: &World, key: &str, upload: &str) -> Option<usize> {
    let answer = world.send(request(world, key, "HEAD", upload).await).await;
    answer.headers().get("upload-offset").map(|it| it.to_str().unwrap().parse().unwrap())
}

pub async fn standing(world: &World, key: &str, upload: &str) -> UploadStanding {
    let upload: UploadId = upload.rsplit('/').next().unwrap().parse().unwrap();
    world.person(key).await.call(ShowUpload { upload }).await.unwrap()
}

/// Lets the jobs run.
pub async fn work(world: &World) {
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
}

/// Sends a whole file and lets it be looked into.
pub async fn sent(world: &World, key: &str, file: &[u8]) -> UploadStanding {
    let upload = begun(world, key, file.len()).await;
    let answer = world.send(piece(world, (key, &upload), 0, file).await).await;
    assert_eq!(answer.status(), 204);
    work(world).await;
    standing(world, key, &upload).await
}

/// The same for a file that is fit to be kept.
pub async fn kept(world: &World, key: &str, file: &[u8]) -> MediaFile {
    let standing = sent(world, key, file).await;
    standing.file.clone().unwrap_or_else(|| panic!("{standing:?}"))
}
