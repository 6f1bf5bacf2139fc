//! Uploads that go on where they stopped.

use actix_web::http::header;
use base64::{Engine, prelude::BASE64_STANDARD};
use ring::digest::{SHA256, digest};
use shared::{
    content::MediaKind,
    media::{ShowUploadSpace, UPLOADS, UploadState},
};

use super::{demo_video, png, tus::*};
use crate::scene::{Kind, World};

scene!(a_file_that_comes_in_pieces_is_whole_in_the_end, |world| async move {
    let video = demo_video();
    let upload = begun(&world, "zhengming", video.len()).await;
    let (first, second) = video.split_at(100_000);
    let piece_of = async |offset, bytes| piece(&world, ("zhengming", &upload), offset, bytes).await;
    let answer = world.send(piece_of(0, first).await).await;
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.headers().get("upload-offset").unwrap(), "100000");
    assert_eq!(answer.headers().get("tus-resumable").unwrap(), "1.0.0");
    assert!(answer.headers().contains_key("upload-expires"));
    let receiving = standing(&world, "zhengming", &upload).await;
    assert_eq!((receiving.state, receiving.received), (UploadState::Receiving, 100_000));
    assert_eq!(world.send(piece_of(100_000, second).await).await.status(), 204);
    let checking = standing(&world, "zhengming", &upload).await;
    assert_eq!((checking.state, checking.file), (UploadState::Checking, None));
    work(&world).await;
    let done = standing(&world, "zhengming", &upload).await;
    let file = done.file.unwrap();
    assert_eq!((done.state, file.kind), (UploadState::Done, MediaKind::Video));
    assert_eq!((file.width, file.height, file.bytes), (640, 360, video.len() as u64));
    let late = world.send(piece_of(video.len(), b"").await).await;
    assert_eq!((late.status().as_u16(), &*code(late).await), (409, "upload_out_of_step"));
});

scene!(an_upload_goes_on_after_the_server_was_started_again, |world| async move {
    let video = demo_video();
    let upload = begun(&world, "zhengming", video.len()).await;
    let first = piece(&world, ("zhengming", &upload), 0, &video[..70_000]).await;
    assert_eq!(world.send(first).await.status(), 204);
    // What a request wrote that never ended is no part of it.
    let part = upload.rsplit('/').next().unwrap();
    let part = world.app.media.folder().join(format!(".part-{part}"));
    let longer = [&video[..70_000], b"half a piece"].concat();
    std::fs::write(&part, longer).unwrap();
    let world = world.restarted().await;
    assert_eq!(offset(&world, "zhengming", &upload).await, Some(70_000));
    let rest = piece(&world, ("zhengming", &upload), 70_000, &video[70_000..]).await;
    assert_eq!(world.send(rest).await.status(), 204);
    work(&world).await;
    let done = standing(&world, "zhengming", &upload).await;
    assert_eq!(done.file.unwrap().bytes, video.len() as u64);
    assert!(!part.exists(), "what arrived is gone once it is kept");
});

scene!(a_piece_for_another_place_is_refused_and_changes_nothing, |world| async move {
    let upload = begun(&world, "zhengming", 1000).await;
    let at = async |offset, bytes: &[u8]| {
        let answer = world.send(piece(&world, ("zhengming", &upload), offset, bytes).await).await;
        (answer.status().as_u16(), code(answer).await)
    };
    assert_eq!(at(5, b"later").await, (409, "upload_out_of_step".into()));
    assert_eq!(at(0, b"12345").await.0, 204);
    assert_eq!(at(0, b"12345").await, (409, "upload_out_of_step".into()));
    assert_eq!(at(5, &[0; 996]).await, (413, "body_too_large".into()));
    assert_eq!(offset(&world, "zhengming", &upload).await, Some(5));
});

scene!(of_two_requests_for_the_same_place_one_writes, |world| async move {
    let bytes = vec![7; 300_000];
    let upload = begun(&world, "zhengming", bytes.len() + 1).await;
    let first = piece(&world, ("zhengming", &upload), 0, &bytes).await;
    let second = piece(&world, ("zhengming", &upload), 0, &bytes).await;
    let (first, second) = futures_util::join!(world.send(first), world.send(second));
    let mut answers = [first.status().as_u16(), second.status().as_u16()];
    answers.sort_unstable();
    assert_eq!(answers[0], 204);
    assert!(matches!(answers[1], 409 | 423), "{answers:?}");
    assert_eq!(offset(&world, "zhengming", &upload).await, Some(bytes.len()));
});

scene!(while_one_request_writes_another_waits_and_a_dead_one_loses_its_turn, |world| async move {
    let upload = begun(&world, "zhengming", 10).await;
    let held = "UPDATE uploads SET writer = id, writer_until =";
    world.sql(&format!("{held} '2999-01-01T00:00:00+00:00'")).await;
    let answer = world.send(piece(&world, ("zhengming", &upload), 0, b"x").await).await;
    assert_eq!((answer.status().as_u16(), &*code(answer).await), (423, "upload_busy"));
    world.sql(&format!("{held} '2020-01-01T00:00:00+00:00'")).await;
    let answer = world.send(piece(&world, ("zhengming", &upload), 0, b"x").await).await;
    assert_eq!(answer.status(), 204);
});

scene!(an_upload_exists_for_whoever_began_it_only, |world| async move {
    // Another officer of the whole bureau, and somebody who may not upload at all.
    world.sql("UPDATE role_grants SET role = 'training_officer' WHERE role = 'instructor'").await;
    world.app.callers.forget_all();
    let upload = begun(&world, "zhengming", 10).await;
    let unknown = format!("{UPLOADS}/{}", uuid::Uuid::now_v7());
    for target in [&upload, &unknown] {
        for method in ["PATCH", "DELETE"] {
            let ask = piece(&world, ("wufang", target), 0, b"x").await;
            let answer = world.send(ask.method(method.parse().unwrap())).await;
            assert_eq!((answer.status().as_u16(), &*code(answer).await), (404, "not_found"));
        }
        assert_eq!(offset(&world, "wufang", target).await, None);
        let status = format!("{target}/standing");
        let (status, _) = world.person("wufang").await.raw("GET", &status, None).await;
        assert_eq!(status, 404);
    }
    let learner = world.send(piece(&world, ("wangxiuying", &upload), 0, b"x").await).await;
    assert_eq!((learner.status().as_u16(), &*code(learner).await), (403, "not_allowed"));
    assert_eq!(offset(&world, "zhengming", &upload).await, Some(0));
});

scene!(a_piece_that_does_not_fit_its_checksum_is_thrown_away, |world| async move {
    let upload = begun(&world, "zhengming", 100).await;
    let with = async |offset, bytes: &[u8], checksum: String| {
        let piece = piece(&world, ("zhengming", &upload), offset, bytes).await;
        let answer = world.send(piece.insert_header(("upload-checksum", checksum))).await;
        (answer.status().as_u16(), code(answer).await)
    };
    let of = |bytes: &[u8]| BASE64_STANDARD.encode(digest(&SHA256, bytes));
    let wrong = with(0, b"hallo", format!("sha256 {}", of(b"hello"))).await;
    assert_eq!(wrong, (460, "upload_damaged".into()));
    assert_eq!(offset(&world, "zhengming", &upload).await, Some(0));
    assert_eq!(with(0, b"hello", format!("sha256 {}", of(b"hello"))).await.0, 204);
    assert_eq!(with(5, b"hello", "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=".into()).await.0, 204);
    assert_eq!(with(10, b"x", "crc32 AAAA".into()).await.0, 400);
    assert_eq!(with(10, b"x", "sha256".into()).await.0, 400);
    assert_eq!(offset(&world, "zhengming", &upload).await, Some(10));
});

scene!(an_upload_is_given_up_by_its_owner_or_by_waiting_too_long, |world| async move {
    let parts = || {
        let folder = std::fs::read_dir(world.app.media.folder()).unwrap();
        folder
            .filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'))
            .count()
    };
    let first = begun(&world, "zhengming", 10).await;
    assert_eq!(world.send(piece(&world, ("zhengming", &first), 0, b"x").await).await.status(), 204);
    let end = request(&world, "zhengming", "DELETE", &first).await;
    assert_eq!(world.send(end).await.status(), 204);
    assert_eq!((offset(&world, "zhengming", &first).await, parts()), (None, 0));
    let second = begun(&world, "zhengming", 10).await;
    let sent = piece(&world, ("zhengming", &second), 0, b"x").await.method("POST".parse().unwrap());
    let sent = sent.insert_header(("x-http-method-override", "PATCH"));
    assert_eq!(world.send(sent).await.status(), 204);
    backend::media::forget_old_uploads(&world.app).await.unwrap();
    assert_eq!((offset(&world, "zhengming", &second).await, parts()), (Some(1), 1));
    world.sql("UPDATE uploads SET expires_at = '2020-01-01T00:00:00+00:00'").await;
    backend::media::forget_old_uploads(&world.app).await.unwrap();
    assert_eq!((offset(&world, "zhengming", &second).await, parts()), (None, 0));
});

scene!(what_is_no_tus_is_refused, |world| async move {
    let asked = async |length: &str, headers: &[(&str, &str)]| {
        let ask = world.person("zhengming").await.request("POST", UPLOADS);
        let ask = ask.insert_header(("upload-length", length));
        let ask = headers.iter().fold(ask, |ask, (name, value)| ask.insert_header((*name, *value)));
        let answer = world.send(ask).await;
        (answer.status().as_u16(), answer.headers().contains_key("tus-version"))
    };
    let tus = ("tus-resumable", "1.0.0");
    assert_eq!(asked("10", &[]).await, (412, true));
    assert_eq!(asked("10", &[("tus-resumable", "0.2.2")]).await, (412, true));
    for length in ["", "-1", "+1", "1e3", "0x10", "99999999999999999999999"] {
        assert_eq!(asked(length, &[tus]).await.0, 400, "{length}");
    }
    assert_eq!(asked("524288001", &[tus]).await.0, 413);
    assert_eq!(asked("0", &[tus]).await.0, 422);
    for metadata in ["filename !!!", "a b c", ",", "filename=x"] {
        let (status, _) = asked("10", &[tus, ("upload-metadata", metadata)]).await;
        assert_eq!(status, if metadata == "filename=x" { 201 } else { 400 }, "{metadata}");
    }
    let named = asked("10", &[tus, ("upload-metadata", "filename Li4vLi4veA==,empty")]).await;
    assert_eq!(named.0, 201);
    let upload = begun(&world, "zhengming", 10).await;
    let plain = piece(&world, ("zhengming", &upload), 0, b"x").await;
    let plain = plain.insert_header((header::CONTENT_TYPE, "application/octet-stream"));
    assert_eq!(world.send(plain).await.status(), 415);
    let able = world.send(world.stranger().request("OPTIONS", UPLOADS)).await;
    assert_eq!(able.headers().get("tus-max-size").unwrap(), "524288000");
    let (status, _) = world.person("zhengming").await.raw("PUT", &upload, None).await;
    assert_eq!(status, 405);
});

#[actix_web::test]
async fn nobody_uploads_more_than_there_is_room_for() {
    for (quota, whose) in [("person", "个人"), ("organization", "本单位")] {
        for kind in [Kind::Sqlite, Kind::Postgres] {
            let argument = format!("--upload-quota-{quota}-mb");
            let world = World::configured_on(kind, &[&argument, "1"]).await;
            let Some(world) = world else { continue };
            let half = 600_000;
            let first = begun(&world, "zhengming", half).await;
            let answer = begin(&world, "zhengming", half).await;
            assert_eq!(answer.status(), 413);
            let said = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
            assert!(String::from_utf8_lossy(&said).contains(whose));
            let space = world.person("zhengming").await.call(ShowUploadSpace {}).await.unwrap();
            assert_eq!(space.person_used, half as u64);
            let end = request(&world, "zhengming", "DELETE", &first).await;
            assert_eq!(world.send(end).await.status(), 204);
            let kept = kept(&world, "zhengming", &png(20, 20)).await;
            let space = world.person("zhengming").await.call(ShowUploadSpace {}).await.unwrap();
            assert_eq!((space.person_used, space.organization_used), (kept.bytes, kept.bytes));
            assert_eq!(begin(&world, "zhengming", half).await.status(), 201);
        }
    }
}

scene!(nobody_keeps_more_than_twenty_uploads_open, |world| async move {
    for _ in 0..20 {
        begun(&world, "zhengming", 1).await;
    }
    let answer = begin(&world, "zhengming", 1).await;
    assert_eq!((answer.status().as_u16(), &*code(answer).await), (413, "quota_reached"));
});

scene!(a_file_that_cannot_be_used_is_refused_after_the_check_in_words, |world| async move {
    let refused = sent(&world, "zhengming", b"<html><script>alert(1)</script></html>").await;
    assert_eq!(refused.state, UploadState::Refused);
    assert!(refused.refusal().unwrap().sentence().contains("PDF"));
    let broken = sent(&world, "zhengming", &demo_video()[..5000]).await;
    assert!(broken.refusal().unwrap().sentence().contains("重新导出"));
    let large = [png(1, 1), vec![0; 5 * 1024 * 1024]].concat();
    let large = sent(&world, "zhengming", &large).await;
    assert!(large.refusal().unwrap().sentence().contains("5 MB"));
    assert_eq!(super::kept(&world), 0, "nothing is left of them");
});
