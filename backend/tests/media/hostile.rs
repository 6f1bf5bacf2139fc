//! Files that are not what they seem: refused, or served so that nothing in them runs.

use actix_web::{body::to_bytes, http::header};
use shared::{
    content::media_url,
    media::{ShowUpload, UPLOADS, UploadId, UploadState},
};

use super::{
    demo_video, jpeg,
    made::{boxed, mp3, pdf, png_head, zip},
    png,
    tus::{self, standing, work},
};
use crate::scene::{Kind, World};

const SCRIPT: &[u8] = b"<script>alert(1)</script>";

type Files = Vec<(&'static str, Vec<u8>)>;

fn with_script(file: &[u8]) -> Vec<u8> {
    [file, SCRIPT].concat()
}

/// Documents and programs under any name.
fn no_files_of_lessons() -> Files {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let many: Vec<String> = (0..2000).map(|it| format!("{it}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|it| (&**it, &b""[..])).collect();
    vec![
        ("svg with a script", svg.to_vec()),
        ("svg behind an xml declaration", [b"<?xml version='1.0'?>".as_slice(), svg].concat()),
        ("svg behind a mark", [b"\xef\xbb\xbf".as_slice(), svg].concat()),
        ("html", b"<html><body onload=alert(1)>".to_vec()),
        ("html behind spaces", [vec![b' '; 3000], SCRIPT.to_vec()].concat()),
        ("html in utf-16", b"\xff\xfe<\0s\0c\0r\0i\0p\0t\0>\0".to_vec()),
        ("xhtml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>".to_vec()),
        ("a script", b"alert(document.cookie)".to_vec()),
        ("a style sheet", b"@import url(javascript:alert(1))".to_vec()),
        ("json", b"{\"a\":1}".to_vec()),
        ("gif", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
        ("gif that is a script", b"GIF89a=1;alert(1);//".to_vec()),
        ("bmp", [b"BM".as_slice(), &[0; 60]].concat()),
        ("bmp that is a script", b"BM=1;/*\0\0*/alert(1)".to_vec()),
        ("ico", b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0".to_vec()),
        ("tiff", b"II*\0\x08\0\0\0".to_vec()),
        ("psd", b"8BPS\0\x01".to_vec()),
        ("heic", boxed(*b"ftyp", b"heic\0\0\0\0mif1heic")),
        ("avif", boxed(*b"ftyp", b"avif\0\0\0\0mif1avif")),
        ("a program for windows", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("a program for linux", b"\x7fELF\x02\x01\x01\0".to_vec()),
        ("a shell script", b"#!/bin/sh\nrm -rf /\n".to_vec()),
        ("java", b"\xca\xfe\xba\xbe\0\0\0\x34".to_vec()),
        ("webassembly", b"\0asm\x01\0\0\0".to_vec()),
        ("flash", b"CWS\x0a\0\0\0\0".to_vec()),
        ("a zip", zip(&[("a.txt", b"x")])),
        ("a zip that climbs", zip(&[("../../../etc/passwd", b"x")])),
        ("a zip of very many files", zip(&many)),
        ("a zip bomb", zip(&[("a", &vec![0; 20_000_000])])),
        ("an apk", zip(&[("META-INF/MANIFEST.MF", b"x"), ("classes.dex", b"dex\n035")])),
        ("a workbook", zip(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")])),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec()),
        ("rar", b"Rar!\x1a\x07\0".to_vec()),
        ("a playlist", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".to_vec()),
        ("a list for ffmpeg", b"ffconcat version 1.0\nfile /etc/passwd\n".to_vec()),
        ("nothing but zeros", vec![0; 5000]),
        ("one byte", b"x".to_vec()),
    ]
}

/// What begins as a file of a lesson and is none.
fn broken_ones() -> Files {
    let video = demo_video();
    let jpeg = jpeg(64, 64);
    let mut endless = video.clone();
    endless[..4].copy_from_slice(&0x7fff_ffff_u32.to_be_bytes());
    let long = [&1_u32.to_be_bytes(), b"mdat".as_slice(), &u64::MAX.to_be_bytes()].concat();
    vec![
        ("a png of 50000 by 50000", png_head(50_000, 50_000)),
        ("a png of no width", png_head(0, 7)),
        ("a png of 2^31", png_head(0x7fff_ffff, 0x7fff_ffff)),
        ("a png that ends", png(300, 300)[..80].to_vec()),
        ("a jpeg that ends", jpeg[..30].to_vec()),
        ("a jpeg that is a page", with_script(b"\xff\xd8\xff\xe0")),
        ("a png that is a page", with_script(b"\x89PNG\r\n\x1a\n")),
        ("a webp that is a page", with_script(b"RIFF\0\0\0\0WEBPVP8 ")),
        ("an mp4 that ends", video[..5000].to_vec()),
        ("an mp4 with a box beyond its end", endless),
        ("an mp4 with a box of 2^64", [boxed(*b"ftyp", b"isom\0\0\0\0"), long].concat()),
        (
            "an mp4 of empty boxes",
            [boxed(*b"ftyp", b"isom\0\0\0\0"), boxed(*b"free", b"").repeat(5000)].concat(),
        ),
        (
            "an mp4 without pictures",
            [boxed(*b"ftyp", b"isom\0\0\0\0"), boxed(*b"moov", b"")].concat(),
        ),
        ("an mp4 that is a page", with_script(&boxed(*b"ftyp", b"isom\0\0\0\0"))),
        ("an m4a without sound", boxed(*b"ftyp", b"M4A \0\0\0\0")),
        ("an mp3 of one frame and a page", with_script(&mp3(1))),
        ("an mp3 that is all tag", b"ID3\x04\0\0\x7f\x7f\x7f\x7f<html>".to_vec()),
        ("a matroska film", b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01".to_vec()),
        ("a pdf of nothing", b"%PDF-1.7\n%%EOF".to_vec()),
        ("a pdf that is a page", with_script(b"%PDF-1.4\n")),
        ("a pdf of 201 pages", pdf(&[(100, 100); 201], "")),
        ("a pdf with a page that is too long", pdf(&[(10, 14_000)], "")),
        (
            "a word file that nobody can convert",
            zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]),
        ),
        ("a picture that is too large a file", [png(1, 1), vec![0; 5 << 20]].concat()),
    ]
}

/// What is one thing and another, and is kept as the one thing.
fn harmless_ones() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let comment = [b"\xff\xfe\0\x1b".as_slice(), SCRIPT].concat();
    let jpeg = jpeg(900, 600);
    let in_comment = [&jpeg[..2], &comment, &jpeg[2..]].concat();
    let acts = "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>";
    let archive = zip(&[("evil.class", SCRIPT)]);
    vec![
        ("a png with a page behind it", with_script(&png(900, 60)), "image/png"),
        ("a png with a jar behind it", [png(9, 9), archive.clone()].concat(), "image/png"),
        ("a jpeg with a page in its comment", in_comment, "image/jpeg"),
        ("a jpeg with a page behind it", with_script(&jpeg), "image/jpeg"),
        (
            "a video with a page in a box",
            [demo_video(), boxed(*b"free", SCRIPT)].concat(),
            "video/mp4",
        ),
        ("a recording with a page behind it", with_script(&mp3(100)), "audio/mpeg"),
        ("a pdf that acts", pdf(&[(200, 100)], acts), "application/pdf"),
        ("a pdf with a page behind it", with_script(&pdf(&[(200, 100)], "")), "application/pdf"),
        (
            "a pdf with a jar behind it",
            [pdf(&[(200, 100)], ""), archive].concat(),
            "application/pdf",
        ),
    ]
}

async fn world(kind: Kind) -> Option<World> {
    let drawer = ["--page-drawer", env!("CARGO_BIN_EXE_fingertip")];
    World::configured_on(kind, &drawer).await
}

#[test]
fn the_table_holds_sixty_files_and_more() {
    let refused = no_files_of_lessons().len() + broken_ones().len();
    let count = refused + harmless_ones().len() + NAMES.len();
    assert!(count >= 80, "{count}");
}

#[actix_web::test]
async fn hostile_files_are_refused_in_words_and_leave_nothing_behind() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(world) = world(kind).await else { continue };
        let mut uploads = Vec::new();
        for (name, file) in no_files_of_lessons().into_iter().chain(broken_ones()) {
            // Each gives back its place among those that are open.
            let upload = tus::begun(&world, "zhengming", file.len()).await;
            let piece = tus::piece(&world, ("zhengming", &upload), 0, &file).await;
            assert_eq!(world.send(piece).await.status(), 204, "{name}");
            work(&world).await;
            uploads.push((name, upload));
        }
        for (name, upload) in uploads {
            let standing = standing(&world, "zhengming", &upload).await;
            assert_eq!(standing.state, UploadState::Refused, "{name}");
            let sentence = standing.refusal().unwrap().sentence();
            assert!(sentence.chars().any(|it| it > '\u{4e00}'), "{name}: {sentence}");
        }
        let left: Vec<_> = std::fs::read_dir(world.app.media.folder()).unwrap().collect();
        assert_eq!(left.len(), 0, "{left:?}");
        let outside = std::fs::read_dir(world.app.config.data_dir.as_path()).unwrap().count();
        assert!(outside <= 8, "nothing was written elsewhere");
    }
}

#[actix_web::test]
async fn what_is_two_things_at_once_is_served_as_the_harmless_one() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(world) = world(kind).await else { continue };
        let officer = world.person("zhengming").await;
        for (name, file, content_type) in harmless_ones() {
            let kept = tus::kept(&world, "zhengming", &file).await;
            let answer = world.send(officer.request("GET", &media_url(kept.id))).await;
            assert_eq!(answer.status(), 200, "{name}");
            let of = |header: header::HeaderName| {
                let value = answer.headers().get(header);
                value.map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default()
            };
            assert_eq!(of(header::CONTENT_TYPE), content_type, "{name}");
            assert_eq!(of(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{name}");
            let policy = of(header::CONTENT_SECURITY_POLICY);
            assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{name}");
            let opens = content_type != "application/pdf";
            let disposition = if opens { "inline" } else { "attachment" };
            assert_eq!(of(header::CONTENT_DISPOSITION), disposition, "{name}");
            let body = to_bytes(answer.into_body()).await.unwrap();
            if content_type.starts_with("image/") || content_type.starts_with("audio/") {
                let holds = |what: &[u8]| body.windows(what.len()).any(|it| it == what);
                assert!(!holds(b"alert(1)") && !holds(b"evil.class"), "{name} was made anew");
            }
        }
    }
}

/// Names that mean to leave the folder, or to be something else than the file.
const NAMES: [&str; 12] = [
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "/etc/passwd",
    "x.png\0.html",
    "x.html;.png",
    "x.png.html",
    "x\r\nSet-Cookie: a=b.png",
    "\u{202e}gnp.exe",
    "<script>alert(1)</script>.png",
    ".htaccess",
    "CON",
    "%2e%2e%2fsecret.key",
];

#[actix_web::test]
async fn what_a_file_is_called_has_no_effect() {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let world = World::configured(&[]).await;
    let long = "长".repeat(4096);
    for name in NAMES.into_iter().chain([&*long]) {
        let file = png(5, 5);
        let begin = tus::request(&world, "zhengming", "POST", UPLOADS).await;
        let metadata = format!("filename {}", BASE64_STANDARD.encode(name));
        let begin = begin
            .insert_header(("upload-length", file.len().to_string()))
            .insert_header(("upload-metadata", metadata));
        let answer = world.send(begin).await;
        if name == long {
            assert_eq!(answer.status(), 400);
            continue;
        }
        assert_eq!(answer.status(), 201, "{name}");
        assert!(!answer.headers().contains_key(header::SET_COOKIE));
        let upload = answer.headers().get(header::LOCATION).unwrap().to_str().unwrap();
        let piece = tus::piece(&world, ("zhengming", upload), 0, &file).await;
        assert_eq!(world.send(piece).await.status(), 204);
        work(&world).await;
        let upload: UploadId = upload.rsplit('/').next().unwrap().parse().unwrap();
        let standing = world.person("zhengming").await.call(ShowUpload { upload }).await.unwrap();
        assert_eq!(standing.state, UploadState::Done);
        // The same in a multipart body.
        let (status, _) =
            world.person("zhengming").await.upload("/api/console/media", "x", &file).await;
        assert_eq!(status, 200);
    }
    for entry in std::fs::read_dir(world.app.media.folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.parse::<uuid::Uuid>().is_ok(), "{name}");
    }
}
