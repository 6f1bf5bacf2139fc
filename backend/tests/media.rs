//! Uploads and what browsers get of them.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

#[path = "media/attached.rs"]
mod attached;
#[path = "media/clips.rs"]
mod clips;
#[path = "media/converted.rs"]
mod converted;
#[path = "media/fetching.rs"]
mod fetching;
#[path = "media/hostile.rs"]
mod hostile;
#[path = "media/kept.rs"]
mod kept;
#[path = "media/large.rs"]
mod large;
#[path = "media/made.rs"]
mod made;
#[path = "media/office.rs"]
mod office;
#[path = "media/orphans.rs"]
mod orphans;
#[path = "media/ready.rs"]
mod ready;
#[path = "media/s3.rs"]
mod s3;
#[path = "media/storage.rs"]
mod storage;
#[path = "media/subtitled.rs"]
mod subtitled;
#[path = "media/tus.rs"]
mod tus;
#[path = "media/uploads.rs"]
mod uploads;

use std::io::Cursor;

use actix_web::{body::to_bytes, cookie::Cookie, http::header};
use backend::{
    accounts::{ClientKind, refreshing, sign_in},
    audit::Actor,
    media::{NewFile, store},
};
use image::{DynamicImage, ImageFormat};
use scene::{Person, World};
use serde_json::Value;
use shared::{
    authoring::{
        AddChapter, AddLesson, CourseDetails, CreateCourse, MediaFile, RemoveLesson, SaveLesson,
    },
    content::{
        Block, LessonContent, LessonKind, MediaId, MediaKind, Picture, VideoLesson, media_url,
    },
};

/// The start of a multipart body, up to the file.
fn head(name: &str, content_type: &str) -> String {
    format!(
        "--line\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"x\"\r\n\
         Content-Type: {content_type}\r\n\r\n"
    )
}

fn multipart(name: &str, content_type: &str, file: &[u8]) -> Vec<u8> {
    [head(name, content_type).as_bytes(), file, b"\r\n--line--\r\n"].concat()
}

async fn send(world: &World, key: &str, body: Vec<u8>) -> (u16, Value) {
    let request = world
        .person(key)
        .await
        .request("POST", "/api/console/media")
        .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=line"))
        .set_payload(body);
    let answer = world.send(request).await;
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

/// The refusal's code.
async fn refused(world: &World, content_type: &str, file: &[u8]) -> String {
    let (_, problem) = send(world, "zhengming", multipart("file", content_type, file)).await;
    problem["code"].as_str().unwrap().to_owned()
}

async fn upload(world: &World, content_type: &str, file: &[u8]) -> MediaFile {
    let (status, file) = send(world, "zhengming", multipart("file", content_type, file)).await;
    assert_eq!(status, 200, "{file}");
    serde_json::from_value(file).unwrap()
}

/// Lets learners see the file in a lesson of a course that they see.
async fn shown(world: &World, id: MediaId, kind: MediaKind) {
    let content = match kind {
        MediaKind::Image => LessonContent::Article { blocks: vec![Block::Picture(picture(id))] },
        _ => LessonContent::Video(VideoLesson { media: Some(id), ..VideoLesson::default() }),
    };
    written::published(world, written::details(world, "会议室保洁"), vec![("看", 5, content)])
        .await;
}

fn picture(media: MediaId) -> Picture {
    Picture { media, alt: "抹布".into(), caption: String::new(), width: 1, height: 1 }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = DynamicImage::new_rgb8(width, height);
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

/// With something in it, so that it is no smaller than its smaller versions.
fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let dot = |x: u32, y: u32| image::Rgb([x, y, x * y].map(|it| it.to_le_bytes()[0]));
    let image = image::RgbImage::from_fn(width, height, dot);
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
    bytes
}

fn demo_video() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/seed/courses/canteen/demo.mp4")).unwrap()
}

/// How many files lie in the media folder.
fn kept(world: &World) -> usize {
    let folder = world.app.media.path(MediaId(uuid::Uuid::nil()));
    std::fs::read_dir(folder.parent().unwrap()).unwrap().count()
}

scene!(
    an_uploaded_picture_is_served_to_those_who_see_its_lesson_and_kept_by_their_browsers,
    |world| async move {
        let file = upload(&world, "image/png", &png(40, 30)).await;
        shown(&world, file.id, file.kind).await;
        assert_eq!(
            (file.kind, file.width, file.height, file.seconds),
            (MediaKind::Image, 40, 30, 0)
        );
        let wang = world.person("wangxiuying").await;
        let answer = world.send(wang.request("GET", &media_url(file.id))).await;
        let header = |name| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
        assert_eq!(header(header::CONTENT_TYPE).as_deref(), Some("image/png"));
        let forever = "private, max-age=31536000, immutable";
        assert_eq!(header(header::CACHE_CONTROL).as_deref(), Some(forever));
        let body = to_bytes(answer.into_body()).await.unwrap();
        assert_eq!(body.len() as u64, file.bytes);
        let head = world.send(wang.request("HEAD", &media_url(file.id))).await;
        assert_eq!(head.status(), 200);
    }
);

scene!(a_video_is_served_in_ranges, |world| async move {
    let video = demo_video();
    let file = upload(&world, "video/mp4", &video).await;
    assert_eq!((file.kind, file.width, file.height), (MediaKind::Video, 640, 360));
    assert!((20..=70).contains(&file.seconds), "{file:?}");
    shown(&world, file.id, file.kind).await;
    let wang = world.person("wangxiuying").await;
    let range = (header::RANGE, "bytes=100-199");
    let answer = world.send(wang.request("GET", &media_url(file.id)).insert_header(range)).await;
    assert_eq!(answer.status(), 206);
    let described = format!("bytes 100-199/{}", file.bytes);
    assert_eq!(answer.headers().get(header::CONTENT_RANGE).unwrap(), &described);
    assert_eq!(answer.headers().get(header::CONTENT_TYPE).unwrap(), "video/mp4");
    assert_eq!(to_bytes(answer.into_body()).await.unwrap(), &video[100..200]);
    let beyond = (header::RANGE, "bytes=999999999-");
    let answer = world.send(wang.request("GET", &media_url(file.id)).insert_header(beyond)).await;
    assert_eq!(answer.status(), 416);
});

scene!(only_officers_upload_and_only_people_signed_in_see_files, |world| async move {
    for key in ["wangxiuying", "wufang"] {
        let (status, problem) = send(&world, key, multipart("file", "image/png", &png(1, 1))).await;
        assert_eq!((status, problem["code"].as_str()), (403, Some("not_allowed")));
    }
    let file = upload(&world, "image/png", &png(1, 1)).await;
    let stranger = world.stranger();
    let (status, _) = stranger.raw("GET", &media_url(file.id), None).await;
    assert_eq!(status, 401);
    let (status, _) = stranger.raw("POST", "/api/console/media", None).await;
    assert_eq!(status, 401);
});

scene!(a_video_that_is_open_for_longer_than_an_access_token_lives_plays_on, |world| async move {
    let file = upload(&world, "video/mp4", &demo_video()).await;
    shown(&world, file.id, file.kind).await;
    let tokens = sign_in::begin(
        &world.app,
        Actor::SYSTEM,
        world.cast.id("wangxiuying"),
        ClientKind::Password,
    );
    let tokens = tokens.await.unwrap();
    let status = async |access: Option<&str>, refresh: &str| {
        let mut request = world.stranger().request("GET", &media_url(file.id));
        if let Some(access) = access {
            request = request.cookie(Cookie::new("fingertip_access", access.to_owned()));
        }
        let refresh = Cookie::new("fingertip_refresh", refresh.to_owned());
        world.send(request.cookie(refresh)).await.status().as_u16()
    };
    // The browser forgets the access token's cookie, or still sends what has expired.
    assert_eq!(status(None, &tokens.refresh_token).await, 200);
    assert_eq!(status(None, "made-up").await, 401);
    // What is forged does not become better by what lies beside it.
    assert_eq!(status(Some("forged"), &tokens.refresh_token).await, 401);
    // The page renewed its sign-in while the request was on its way.
    refreshing::rotate(&world.app, Actor::SYSTEM, tokens.refresh_token.clone()).await.unwrap();
    assert_eq!(status(None, &tokens.refresh_token).await, 200);
    world.sql("UPDATE refresh_tokens SET used_at = '2026-01-01 00:00:00+00:00'").await;
    assert_eq!(status(None, &tokens.refresh_token).await, 401);
    let ended =
        sign_in::begin(&world.app, Actor::SYSTEM, world.cast.id("chenmei"), ClientKind::Password);
    let ended = ended.await.unwrap();
    world.sql("UPDATE sign_ins SET ended_at = created_at").await;
    assert_eq!(status(None, &ended.refresh_token).await, 401);
});

scene!(a_file_is_seen_by_those_who_see_a_course_that_shows_it, |world| async move {
    let file = upload(&world, "image/png", &png(1, 1)).await;
    let (wang, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    let seen = async |person: &Person<'_>| {
        person.outcome("GET", &media_url(file.id), None).await.map_err(|code| code == "not_found")
    };
    assert_eq!((seen(&wang).await, seen(&officer).await), (Err(true), Ok(())), "not used yet");
    let content = LessonContent::Article { blocks: vec![Block::Picture(picture(file.id))] };
    let lessons = vec![("看", 5, content), ("读", 5, written::article())];
    let (course, lessons) =
        written::drafted(&world, written::details(&world, "会议室保洁"), lessons).await;
    assert_eq!(seen(&wang).await, Err(true), "in a draft");
    written::publish(&world, course).await;
    assert_eq!(seen(&wang).await, Ok(()));
    officer.call(RemoveLesson { lesson: lessons[0] }).await.unwrap();
    assert_eq!(seen(&wang).await, Ok(()), "in what they read");
    written::publish(&world, course).await;
    assert_eq!(seen(&wang).await, Err(true), "no longer shown");
    assert_eq!(seen(&officer).await, Ok(()), "in an earlier revision");
});

scene!(a_file_of_a_draft_out_of_reach_is_none_to_whoever_knows_its_id, |world| async move {
    let file = upload(&world, "image/png", &png(1, 1)).await.id;
    let content = LessonContent::Article { blocks: vec![Block::Picture(picture(file))] };
    written::drafted(&world, written::details(&world, "甲"), vec![("看", 5, content)]).await;
    world
        .sql(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT id, id, 'training_officer', 'organization', organization_id, created_at
             FROM people WHERE name = '刘强'",
        )
        .await;
    let (near, far) = (world.person("liuqiang").await, world.person("zhengming").await);
    let own = send(&world, "liuqiang", multipart("file", "image/png", &png(2, 2))).await.1;
    let own = serde_json::from_value::<MediaFile>(own).unwrap().id;

    let details =
        |cover| CourseDetails { cover: Some(picture(cover)), ..written::details(&world, "乙") };
    let refused = near.call(CreateCourse { details: details(file) }).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "details.cover.media");
    let course = near.call(CreateCourse { details: details(own) }).await.unwrap();
    let chapter = AddChapter { course: course.id, title: "一".into() };
    let chapter = near.call(chapter).await.unwrap().chapters[0].id;
    let lesson = AddLesson { chapter, title: "看".into(), kind: LessonKind::Article };
    let lesson = near.call(lesson).await.unwrap().id;
    let save = |version, file| SaveLesson {
        lesson,
        version,
        title: "看".into(),
        minutes: 5,
        position: Some(1),
        content: LessonContent::Article { blocks: vec![Block::Picture(picture(file))] },
    };
    let refused = near.call(save(1, file)).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "content.blocks[0].media");
    assert_eq!(
        refused.fields[0].message,
        near.call(save(1, MediaId(uuid::Uuid::now_v7()))).await.unwrap_err().fields[0].message
    );
    assert_eq!(near.call(save(1, own)).await.unwrap().version, 2);
    assert_eq!(far.call(save(2, own)).await.unwrap().version, 3, "shown by what they reach");
    assert_eq!(far.call(save(3, file)).await.unwrap().version, 4, "their own");
    assert_eq!(near.call(save(4, file)).await.unwrap().version, 5, "shown by what they reach");
});

scene!(what_is_no_file_of_ours_is_not_found, |world| async move {
    let wang = world.person("wangxiuying").await;
    let unknown = media_url(MediaId(uuid::Uuid::now_v7()));
    for target in [&*unknown, "/media/x", "/media/..%2f..%2fsecret.key", "/media/%2e%2e"] {
        let (status, _) = wang.raw("GET", target, None).await;
        assert_eq!(status, 404, "{target}");
    }
    let (status, _) = world.person("zhengming").await.raw("PUT", "/api/console/media", None).await;
    assert_eq!(status, 405);
});

scene!(
    what_is_neither_a_picture_nor_a_video_is_refused_and_leaves_nothing_behind,
    |world| async move {
        let page = b"<html><script>alert(1)</script></html>".repeat(4);
        assert_eq!(refused(&world, "image/png", &page).await, "not_a_picture");
        assert_eq!(
            refused(&world, "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>").await,
            "not_a_picture"
        );
        assert_eq!(refused(&world, "image/gif", &b"GIF89a".repeat(20)).await, "not_a_picture");
        assert_eq!(refused(&world, "image/png", &png(9, 9)[..50]).await, "not_a_picture");
        assert_eq!(refused(&world, "video/mp4", &page).await, "not_a_video");
        assert_eq!(refused(&world, "video/mp4", &demo_video()[..5000]).await, "not_a_video");
        assert_eq!(refused(&world, "image/png", b"").await, "not_a_picture");
        assert_eq!(kept(&world), 0);
    }
);

scene!(a_picture_of_more_than_five_megabytes_is_refused, |world| async move {
    let large = [png(1, 1), vec![0; 5 * 1024 * 1024]].concat();
    assert_eq!(refused(&world, "image/png", &large).await, "upload_too_large");
    assert_eq!(kept(&world), 0);
});

scene!(a_body_that_is_no_upload_is_refused_in_words, |world| async move {
    let file = png(1, 1);
    let (status, problem) =
        send(&world, "zhengming", multipart("picture", "image/png", &file)).await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("file")));
    let cut_off = [head("file", "image/png").as_bytes(), &file].concat();
    let (status, problem) = send(&world, "zhengming", cut_off).await;
    assert_eq!((status, problem["code"].as_str()), (400, Some("malformed_body")));
    let officer = world.person("zhengming").await;
    let (status, problem) = officer.raw("POST", "/api/console/media", Some("{}".into())).await;
    assert_eq!((status, problem["code"].as_str()), (415, Some("unsupported_body")));
    assert_eq!(kept(&world), 0);
});

scene!(a_drawing_of_our_own_cannot_run_anything, |world| async move {
    let drawing = NewFile {
        kind: MediaKind::Image,
        content_type: "image/svg+xml",
        width: 640,
        height: 480,
        seconds: 0,
        created_by: None,
    };
    let id = store(&world.app, b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), drawing)
        .await
        .unwrap();
    shown(&world, id, MediaKind::Image).await;
    let wang = world.person("wangxiuying").await;
    let answer = world.send(wang.request("GET", &media_url(id))).await;
    assert_eq!(answer.headers().get(header::CONTENT_TYPE).unwrap(), "image/svg+xml");
    let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
});
