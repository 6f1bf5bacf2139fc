//! What is made of files for phones: smaller pictures, smaller videos, pages, subtitles.

use std::os::unix::fs::PermissionsExt;

use actix_web::{body::to_bytes, http::header};
use shared::{
    content::{LessonContent, MediaId, MediaKind, SlideLesson, VideoLesson, media_url, page_url},
    courses::ShowLesson,
    media::{MediaState, SaveSubtitles, ShowMediaFile, ShowUploadSpace, UploadState},
};

use super::{
    demo_video, jpeg,
    made::{mp3, pdf},
    shown, tus, written,
};
use crate::scene::{Kind, Person, World};

pub async fn fetched(world: &World, by: &Person<'_>, target: &str) -> (u16, String, Vec<u8>) {
    let answer = world.send(by.request("GET", target)).await;
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let kind = kind.map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default();
    let status = answer.status().as_u16();
    (status, kind, to_bytes(answer.into_body()).await.unwrap().to_vec())
}

scene!(a_picture_is_there_in_three_widths_for_whoever_sees_it, |world| async move {
    let file = tus::kept(&world, "zhengming", &jpeg(2000, 1000)).await;
    assert_eq!((file.width, file.height), (1600, 800));
    let wang = world.person("wangxiuying").await;
    let at = |name: &str| format!("{}/{name}", media_url(file.id));
    assert_eq!(fetched(&world, &wang, &at("w360")).await.0, 404, "not shown yet");
    shown(&world, file.id, file.kind).await;
    for (name, width) in [("w360", 360), ("w720", 720), ("w1080", 1080)] {
        let (status, kind, bytes) = fetched(&world, &wang, &at(name)).await;
        assert_eq!((status, &*kind), (200, "image/jpeg"));
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (width, width / 2));
    }
    for name in ["w9", "360p", "poster", "page-1", "subtitles", "..", "w360.png"] {
        assert_eq!(fetched(&world, &wang, &at(name)).await.0, 404, "{name}");
    }
});

scene!(a_picture_that_is_small_stands_for_its_larger_versions, |world| async move {
    let file = tus::kept(&world, "zhengming", &jpeg(300, 200)).await;
    let officer = world.person("zhengming").await;
    let (_, _, whole) = fetched(&world, &officer, &media_url(file.id)).await;
    let target = format!("{}/w720", media_url(file.id));
    let answer = world.send(officer.request("GET", &target)).await;
    assert_eq!(answer.headers().get(header::CACHE_CONTROL).unwrap(), "private, max-age=60");
    assert_eq!(to_bytes(answer.into_body()).await.unwrap(), whole);
});

/// A program in place of ffmpeg, and the world that uses it.
async fn with_ffmpeg(kind: Kind, script: &str) -> Option<(World, tempfile::TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("ffmpeg");
    let (video, poster) = (folder.path().join("small.mp4"), folder.path().join("poster.jpg"));
    std::fs::write(&video, demo_video()).unwrap();
    std::fs::write(&poster, jpeg(640, 360)).unwrap();
    let script = script
        .replace("VIDEO", &video.display().to_string())
        .replace("POSTER", &poster.display().to_string());
    std::fs::write(&program, format!("#!/bin/sh\n{script}")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let world = World::configured_on(kind, &["--ffmpeg", program.to_str().unwrap()]).await?;
    Some((world, folder))
}

/// What ffmpeg writes, and what it says on the way.
const CONVERTS: &str = "for last; do :; done\n\
    case \"$last\" in\n\
    out.mp4) [ -z \"$DATABASE_URL$S3_SECRET_KEY\" ] && cp VIDEO out.mp4 && \
        echo out_time_us=1000000 ;;\n\
    poster.jpg) cp POSTER poster.jpg ;;\n\
    esac";

/// The demo's video with so much behind it that a small version pays.
fn large_video() -> Vec<u8> {
    [demo_video(), super::made::boxed(*b"free", &vec![0; 3 << 20])].concat()
}

#[actix_web::test]
async fn a_video_is_made_small_and_plays_meanwhile() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some((world, _folder)) = with_ffmpeg(kind, CONVERTS).await else { continue };
        let officer = world.person("zhengming").await;
        let space = officer.call(ShowUploadSpace {}).await.unwrap();
        assert!(space.converts_videos && !space.converts_office_files);
        let file = tus::kept(&world, "zhengming", &large_video()).await;
        shown(&world, file.id, MediaKind::Video).await;
        let standing = officer.call(ShowMediaFile { media: file.id }).await.unwrap();
        assert_eq!((standing.state, standing.progress), (MediaState::Ready, 100));
        assert_eq!(standing.light_bytes, Some(demo_video().len() as u64));
        assert!(standing.has_poster);
        let wang = world.person("wangxiuying").await;
        let small = format!("{}/360p", media_url(file.id));
        assert_eq!(fetched(&world, &wang, &small).await.2.len(), demo_video().len());
        let poster = format!("{}/poster", media_url(file.id));
        assert_eq!(fetched(&world, &wang, &poster).await.1, "image/jpeg");
        // As it is before the conversion, the small version is the whole one.
        world.sql("DELETE FROM media_renditions").await;
        assert_eq!(fetched(&world, &wang, &small).await.2.len(), large_video().len());
    }
}

#[actix_web::test]
async fn what_phones_cannot_play_is_converted_first() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some((world, _folder)) = with_ffmpeg(kind, CONVERTS).await else { continue };
        let matroska = [b"\x1a\x45\xdf\xa3\x01".as_slice(), &[0; 5000]].concat();
        let file = tus::kept(&world, "zhengming", &matroska).await;
        assert_eq!((file.kind, file.width), (MediaKind::Video, 640));
        assert_eq!(file.bytes, demo_video().len() as u64);
    }
}

#[actix_web::test]
async fn a_video_that_cannot_be_converted_plays_as_it_is_and_says_so() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let fails = "echo 'no such codec' >&2; exit 1";
        let Some((world, _folder)) = with_ffmpeg(kind, fails).await else { continue };
        let file = tus::kept(&world, "zhengming", &large_video()).await;
        let officer = world.person("zhengming").await;
        let standing = officer.call(ShowMediaFile { media: file.id }).await.unwrap();
        assert_eq!((standing.state, standing.light_bytes), (MediaState::Failed, None));
        assert!(standing.trouble.unwrap().contains("直接播放"));
        let matroska = [b"\x1a\x45\xdf\xa3\x01".as_slice(), &[0; 5000]].concat();
        let refused = tus::sent(&world, "zhengming", &matroska).await;
        assert!(refused.refusal().unwrap().sentence().contains("转换不了"));
        let left = std::fs::read_dir(world.app.media.folder()).unwrap();
        assert_eq!(left.count(), 1, "only the video");
    }
}

scene!(
    without_ffmpeg_a_playable_video_is_kept_and_any_other_refused_in_words,
    |world| async move {
        let file = tus::kept(&world, "zhengming", &demo_video()).await;
        let officer = world.person("zhengming").await;
        let standing = officer.call(ShowMediaFile { media: file.id }).await.unwrap();
        assert_eq!((standing.state, standing.trouble), (MediaState::Ready, None));
        assert!(!officer.call(ShowUploadSpace {}).await.unwrap().converts_videos);
        let refused = tus::sent(&world, "zhengming", b"\x1a\x45\xdf\xa3\x01").await;
        assert!(refused.refusal().unwrap().sentence().contains("H.264"));
    }
);

#[actix_web::test]
async fn a_pdf_becomes_pages_that_learners_read() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let drawer = ["--page-drawer", env!("CARGO_BIN_EXE_fingertip")];
        let Some(world) = World::configured_on(kind, &drawer).await else { continue };
        let file = tus::kept(&world, "zhengming", &pdf(&[(200, 100), (100, 150)], "")).await;
        assert_eq!((file.kind, file.pages), (MediaKind::Document, 2));
        assert_eq!((file.width, file.height), (1080, 540));
        let slides = SlideLesson { media: Some(file.id), ..SlideLesson::default() };
        let content = LessonContent::Slides(slides);
        let details = written::details(&world, "会议室保洁");
        let (_, lessons) = written::published(&world, details, vec![("看", 5, content)]).await;
        let wang = world.person("wangxiuying").await;
        let lesson = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
        let LessonContent::Slides(slides) = lesson.content else { panic!("{lesson:?}") };
        assert_eq!((slides.pages, slides.width, slides.height), (2, 1080, 540));
        let (status, content_type, bytes) = fetched(&world, &wang, &page_url(file.id, 2)).await;
        assert_eq!((status, &*content_type), (200, "image/jpeg"));
        let page = image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert_eq!((page.width(), page.height()), (1080, 1620));
        // The square is red, at the lower left, and the rest of the page white.
        let [red, white] = [page.get_pixel(540, 1100), page.get_pixel(540, 100)];
        assert!(red.0[0] > 200 && red.0[1] < 60, "{red:?}");
        assert!(white.0.iter().all(|it| *it > 240), "{white:?}");
        assert_eq!(fetched(&world, &wang, &page_url(file.id, 3)).await.0, 404);
    }
}

scene!(an_office_file_is_refused_in_words_where_there_is_no_libreoffice, |world| async move {
    let document: &[(&str, &[u8])] =
        &[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")];
    let refused = tus::sent(&world, "zhengming", &super::made::zip(document)).await;
    assert_eq!(refused.state, UploadState::Refused);
    let said = refused.refusal().unwrap().detail.unwrap();
    assert_eq!(said, "服务器上没有转换 Word 和 PPT 的程序，请在电脑上另存为 PDF 再上传");
});

scene!(a_recording_is_learnt_like_a_video, |world| async move {
    let file = tus::kept(&world, "zhengming", &mp3(400)).await;
    assert_eq!((file.kind, file.seconds), (MediaKind::Audio, 10));
    let recording = VideoLesson { media: Some(file.id), ..VideoLesson::default() };
    let content = LessonContent::Recording(recording);
    let details = written::details(&world, "会议室保洁");
    let (_, lessons) = written::published(&world, details, vec![("听", 5, content)]).await;
    let wang = world.person("wangxiuying").await;
    let lesson = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
    let LessonContent::Recording(recording) = lesson.content else { panic!("{lesson:?}") };
    assert_eq!((recording.seconds, recording.bytes), (10, file.bytes));
    assert_eq!(fetched(&world, &wang, &media_url(file.id)).await.1, "audio/mpeg");
});

scene!(
    subtitles_are_seen_by_whoever_sees_the_video_and_written_by_its_officers,
    |world| async move {
        let file = tus::kept(&world, "zhengming", &demo_video()).await;
        shown(&world, file.id, file.kind).await;
        let officer = world.person("zhengming").await;
        let save = async |text: &str| {
            let text = text.to_owned();
            officer.call(SaveSubtitles { media: file.id, text }).await
        };
        let bad = save("WEBVTT\n\n00:05.000 --> 00:01.000\n好").await.unwrap_err();
        assert_eq!((bad.status, bad.code.as_str()), (422, "not_subtitles"));
        let kept = save("WEBVTT\n\n00:01.000 --> 00:05.000\n<b>先断电</b>").await.unwrap();
        assert_eq!(kept.subtitles, "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n先断电\n");
        let wang = world.person("wangxiuying").await;
        let target = format!("{}/subtitles", media_url(file.id));
        let (status, kind, text) = fetched(&world, &wang, &target).await;
        assert_eq!((status, &*kind), (200, "text/vtt; charset=utf-8"));
        assert_eq!(text, kept.subtitles.as_bytes());
        let learner = SaveSubtitles { media: file.id, text: String::new() };
        assert_eq!(wang.call(learner).await.unwrap_err().code.as_str(), "not_allowed");
        let none = SaveSubtitles { media: MediaId(uuid::Uuid::now_v7()), text: String::new() };
        assert_eq!(officer.call(none).await.unwrap_err().code.as_str(), "not_found");
        assert_eq!(save("").await.unwrap().subtitles, "");
        assert_eq!(fetched(&world, &wang, &target).await.0, 404);
        let picture = tus::kept(&world, "zhengming", &jpeg(9, 9)).await;
        let wrong = SaveSubtitles { media: picture.id, text: "x".into() };
        assert_eq!(officer.call(wrong).await.unwrap_err().code.as_str(), "not_subtitles");
    }
);
