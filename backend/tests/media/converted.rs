//! What the real ffmpeg makes of videos, looked into by another program than ours.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use shared::{
    authoring::MediaFile,
    content::{MediaKind, media_url},
    media::{MediaState, ShowMediaFile, UploadState},
};

use super::{ready::fetched, tus};
use crate::scene::World;

/// Where a person has no ffmpeg nothing can be shown; `cargo xtask setup` installs it.
pub fn ffmpeg() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there = std::env::split_paths(&path).map(|it| it.join("ffmpeg")).find(|it| it.is_file());
    assert!(there.is_some() || std::env::var("CI").is_err(), "ffmpeg must be installed in CI");
    if there.is_none() {
        eprintln!("not run: ffmpeg is not installed; see `cargo xtask setup`");
    }
    there
}

pub async fn world(ffmpeg: &Path) -> World {
    let drawer = env!("CARGO_BIN_EXE_fingertip");
    World::configured(&["--ffmpeg", ffmpeg.to_str().unwrap(), "--page-drawer", drawer]).await
}

/// A film of a pattern, how large and how many pictures of it, and how it is written.
pub fn film(ffmpeg: &Path, pictures: &str, how: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("film");
    let ended = Command::new(ffmpeg)
        .args(["-v", "error", "-f", "lavfi", "-i", pictures])
        .args(["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=2"])
        .args(how)
        .arg(&file)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    std::fs::read(file).unwrap()
}

/// What ffprobe says of a file: all of it, its pictures, its sound.
fn probed(ffmpeg: &Path, file: &[u8]) -> (Value, Value, Value) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film");
    std::fs::write(&path, file).unwrap();
    let ended = Command::new(ffmpeg.with_file_name("ffprobe"))
        .args(["-v", "error", "-show_streams", "-show_format", "-of", "json"])
        .arg(&path)
        .output()
        .unwrap();
    let said: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let of = |kind: &str| {
        let streams = said["streams"].as_array().unwrap();
        streams.iter().find(|it| it["codec_type"] == kind).cloned().unwrap_or_default()
    };
    (said.clone(), of("video"), of("audio"))
}

/// The boxes of an MP4, in their order.
fn boxes(file: &[u8]) -> Vec<String> {
    let (mut at, mut kinds) = (0, Vec::new());
    while let Some(head) = file.get(at..at + 8) {
        kinds.push(String::from_utf8_lossy(&head[4..]).into_owned());
        let size = u32::from_be_bytes(head[..4].try_into().unwrap());
        at += usize::try_from(size).unwrap().max(8);
    }
    kinds
}

/// What every phone plays while it loads: H.264 of 360 lines and AAC, and what it is comes first.
fn assert_light(ffmpeg: &Path, file: &[u8], size: (u32, u32)) {
    let (all, pictures, sound) = probed(ffmpeg, file);
    assert_eq!(pictures["codec_name"], "h264", "{all}");
    assert_eq!((&pictures["profile"], &pictures["pix_fmt"]), (&"Main".into(), &"yuv420p".into()));
    assert_eq!((&pictures["width"], &pictures["height"]), (&size.0.into(), &size.1.into()));
    assert!(pictures["level"].as_u64().unwrap() <= 31, "{all}");
    if sound != Value::Null {
        assert_eq!((&sound["codec_name"], &sound["channels"]), (&"aac".into(), &2.into()));
    }
    let boxes = boxes(file);
    let place = |kind: &str| boxes.iter().position(|it| it == kind);
    assert!(place("moov").unwrap() < place("mdat").unwrap(), "{boxes:?}");
}

/// The picture of a file, as it is fetched.
async fn poster(world: &World, file: &MediaFile) -> image::DynamicImage {
    let officer = world.person("zhengming").await;
    let target = format!("{}/poster", media_url(file.id));
    let (status, kind, bytes) = fetched(world, &officer, &target).await;
    assert_eq!((status, &*kind), (200, "image/jpeg"));
    image::load_from_memory(&bytes).unwrap()
}

/// Whether a picture shows something: the pattern has all colours.
fn is_colourful(picture: &image::DynamicImage) -> bool {
    let pixels = picture.to_rgb8();
    let shown = |colour: usize| pixels.pixels().any(|it| it.0[colour] > 200);
    let dark = pixels.pixels().any(|it| it.0.iter().all(|it| *it < 60));
    dark && (0..3).all(shown)
}

#[actix_web::test]
async fn a_film_that_no_phone_plays_becomes_one_that_all_do() {
    let Some(ffmpeg) = ffmpeg() else { return };
    let world = world(&ffmpeg).await;
    let how = [
        ["-c:v", "mpeg4"],
        ["-c:a", "ac3"],
        ["-metadata", "title=在张桂兰家里"],
        ["-metadata", "location=+31.81+119.97/"],
        ["-f", "matroska"],
    ];
    let film = film(&ffmpeg, "testsrc2=size=1280x720:rate=50:duration=2", &how.concat());
    assert!(probed(&ffmpeg, &film).0.to_string().contains("张桂兰"));
    let file = tus::kept(&world, "zhengming", &film).await;
    assert_eq!((file.kind, file.seconds), (MediaKind::Video, 2));
    assert_eq!((file.width, file.height), (640, 360));
    let officer = world.person("zhengming").await;
    let (_, kind, bytes) = fetched(&world, &officer, &media_url(file.id)).await;
    assert_eq!(kind, "video/mp4");
    assert_light(&ffmpeg, &bytes, (640, 360));
    let (all, pictures, sound) = probed(&ffmpeg, &bytes);
    assert_eq!(
        (&pictures["r_frame_rate"], &sound["sample_rate"]),
        (&"30/1".into(), &"44100".into())
    );
    assert!(!all.to_string().contains("张桂兰") && !all.to_string().contains("31.81"), "{all}");
    let poster = poster(&world, &file).await;
    assert!(poster.width() == 1280 && is_colourful(&poster), "{}", poster.width());
}

#[actix_web::test]
async fn of_an_upright_video_there_is_a_light_one_and_a_picture() {
    let Some(ffmpeg) = ffmpeg() else { return };
    let world = world(&ffmpeg).await;
    let how = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -b:v 4M -c:a aac -f mp4";
    let how: Vec<&str> = how.split(' ').collect();
    let film = film(&ffmpeg, "testsrc2=size=720x1280:rate=25:duration=2", &how);
    let file = tus::kept(&world, "zhengming", &film).await;
    assert_eq!((file.width, file.height), (720, 1280));
    let officer = world.person("zhengming").await;
    let standing = officer.call(ShowMediaFile { media: file.id }).await.unwrap();
    assert_eq!(
        (standing.state, standing.progress, standing.trouble),
        (MediaState::Ready, 100, None)
    );
    let target = format!("{}/360p", media_url(file.id));
    let (status, _, light) = fetched(&world, &officer, &target).await;
    assert_eq!((status, standing.light_bytes), (200, Some(light.len() as u64)));
    assert!(light.len() as u64 * 2 < file.bytes, "{} of {}", light.len(), file.bytes);
    assert_light(&ffmpeg, &light, (360, 640));
    assert_eq!(probed(&ffmpeg, &light).2["codec_name"], "aac");
    let poster = poster(&world, &file).await;
    assert!(is_colourful(&poster) && poster.height() > poster.width());
}

/// H.264 knows even numbers only, and after a second there is nothing to be drawn any more.
#[actix_web::test]
async fn a_small_film_of_odd_size_without_sound_and_shorter_than_a_second_is_converted_too() {
    let Some(ffmpeg) = ffmpeg() else { return };
    let world = world(&ffmpeg).await;
    for (size, light) in [("427x241", (426, 240)), ("241x427", (240, 426)), ("101x101", (100, 100))]
    {
        let how = ["-map", "0:v", "-pix_fmt", "yuv420p", "-c:v", "mpeg4", "-f", "matroska"];
        let film = film(&ffmpeg, &format!("testsrc=size={size}:rate=25:duration=0.6"), &how);
        let (_, pictures, _) = probed(&ffmpeg, &film);
        assert_eq!(size, format!("{}x{}", pictures["width"], pictures["height"]));
        let file = tus::kept(&world, "zhengming", &film).await;
        // As shown: so small a picture is not exactly as wide as it would have to be.
        let differs = (file.width.abs_diff(light.0), file.height.abs_diff(light.1));
        assert!(differs.0 <= 1 && differs.1 <= 1 && file.seconds == 1, "{size}: {file:?}");
        let officer = world.person("zhengming").await;
        let (_, _, bytes) = fetched(&world, &officer, &media_url(file.id)).await;
        assert_light(&ffmpeg, &bytes, light);
        assert_eq!(probed(&ffmpeg, &bytes).2, Value::Null);
        assert!(is_colourful(&poster(&world, &file).await), "{size}");
    }
}

#[actix_web::test]
async fn what_only_begins_as_a_film_is_refused_in_words_and_leaves_nothing() {
    let Some(ffmpeg) = ffmpeg() else { return };
    let world = world(&ffmpeg).await;
    for film in [&b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01"[..], b"FLV\x01\x05\0\0\0\x09<script>"] {
        let refused = tus::sent(&world, "zhengming", film).await;
        assert_eq!(refused.state, UploadState::Refused);
        assert!(refused.refusal().unwrap().sentence().contains("转换不了"), "{refused:?}");
    }
    assert_eq!(std::fs::read_dir(world.app.media.folder()).unwrap().count(), 0);
}
