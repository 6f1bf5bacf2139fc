//! Where files lie: one contract for the disk and for S3, and how browsers get them from either.

use std::time::Duration;

use actix_web::{body::to_bytes, http::header};
use backend::media::storage::{Kept, Key};
use futures_util::{StreamExt, TryStreamExt};
use shared::content::{MakeMediaLink, MediaId, media_url};
use uuid::Uuid;

use super::{demo_video, s3::Store, shown, tus};
use crate::scene::{Kind, World};

/// Every place for files keeps this.
async fn contract(world: &World) {
    let storage = world.app.media.storage();
    let id = MediaId(Uuid::now_v7());
    let (key, made) = (Key::of(id), Key::made(id, "w360").unwrap());
    let file = world.app.media.folder().join(".upload-x");
    let read = async |key: &Key, range: std::ops::Range<u64>| {
        let pieces: Vec<_> = storage.read(key, range).await.unwrap().try_collect().await.unwrap();
        pieces.concat()
    };
    assert_eq!(storage.size(&key).await.unwrap(), None);
    // Larger than what travels in one part.
    let large: Vec<u8> = (0..20_000_000_u32).map(|it| (it / 7).to_le_bytes()[0]).collect();
    std::fs::write(&file, &large).unwrap();
    storage.keep(&key, &file).await.unwrap();
    std::fs::write(&file, b"small").unwrap();
    storage.keep(&made, &file).await.unwrap();
    let _ = std::fs::remove_file(&file);
    assert_eq!(storage.size(&key).await.unwrap(), Some(20_000_000));
    assert!(read(&key, 0..20_000_000).await == large);
    assert!(read(&key, 9_999_990..10_000_007).await == large[9_999_990..10_000_007]);
    assert_eq!(read(&made, 1..4).await, b"mal");
    assert_eq!(read(&made, 4..5).await, b"l");
    // Written again, it is what was written last.
    std::fs::write(&file, b"other").unwrap();
    storage.keep(&made, &file).await.unwrap();
    let _ = std::fs::remove_file(&file);
    assert_eq!(read(&made, 0..5).await, b"other");
    let kept: Vec<Kept> = storage.list().try_collect().await.unwrap();
    let mut sizes: Vec<_> = kept.iter().map(|it| (it.key.as_str(), it.bytes)).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [(key.as_str(), 20_000_000), (made.as_str(), 5)]);
    storage.remove(&made).await.unwrap();
    storage.remove(&made).await.unwrap();
    assert_eq!(storage.size(&made).await.unwrap(), None);
    storage.remove(&key).await.unwrap();
    assert_eq!(storage.list().count().await, 0);
}

#[actix_web::test]
async fn files_on_the_disk_keep_the_contract() {
    let world = World::configured(&[]).await;
    contract(&world).await;
    let key = Key::of(MediaId(Uuid::nil()));
    let link = world.app.media.storage().link(&key, Duration::from_mins(1)).await.unwrap();
    assert_eq!(link, None, "only our server hands them out");
}

#[actix_web::test]
async fn files_in_an_s3_store_keep_the_contract() {
    let store = Store::start();
    let world = World::configured(&store.arguments()).await;
    contract(&world).await;
    assert_eq!(store.uploads_in_parts(), 1, "the large one, and only that");
    store.stop().await;
}

#[actix_web::test]
async fn a_video_in_an_s3_store_is_served_in_ranges_and_by_a_link_of_the_store() {
    let store = Store::start();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(world) = World::configured_on(kind, &store.arguments()).await else { continue };
        let video = demo_video();
        let file = tus::kept(&world, "zhengming", &video).await;
        shown(&world, file.id, file.kind).await;
        assert!(store.names().contains(&format!("media/{}", file.id)));
        assert!(!world.app.media.path(file.id).exists());
        let wang = world.person("wangxiuying").await;
        let get = async |range: &str| {
            let ask = wang.request("GET", &media_url(file.id));
            let answer = world.send(ask.insert_header((header::RANGE, range))).await;
            let status = answer.status().as_u16();
            let described = answer.headers().get(header::CONTENT_RANGE).cloned();
            let described = described.map(|it| it.to_str().unwrap().to_owned());
            (status, described, to_bytes(answer.into_body()).await.unwrap())
        };
        let (status, described, bytes) = get("bytes=100-199").await;
        assert_eq!((status, &*bytes), (206, &video[100..200]));
        assert_eq!(described.unwrap(), format!("bytes 100-199/{}", video.len()));
        let (status, _, bytes) = get("bytes=-5").await;
        assert_eq!((status, &*bytes), (206, &video[video.len() - 5..]));
        assert_eq!(get("bytes=999999999-").await.0, 416);
        let (status, _, bytes) = get("lines=1-2").await;
        assert_eq!((status, bytes.len()), (200, video.len()));
        let link = MakeMediaLink { media: file.id, name: None };
        let link = wang.call(link).await.unwrap();
        assert!(link.url.starts_with(&store.endpoint) && link.url.contains("X-Amz-Expires=1800"));
    }
    store.stop().await;
}

scene!(a_link_is_good_for_its_file_and_as_long_as_the_sign_in_it_was_made_by, |world| async move {
    let file = tus::kept(&world, "zhengming", &super::png(900, 90)).await;
    shown(&world, file.id, file.kind).await;
    let other = tus::kept(&world, "zhengming", &super::png(3, 3)).await;
    let wang = world.person("wangxiuying").await;
    let link = async |name: Option<&str>| {
        let name = name.map(str::to_owned);
        wang.call(MakeMediaLink { media: file.id, name }).await.map(|it| it.url)
    };
    let stranger = world.stranger();
    let opened = async |url: &str| stranger.outcome("GET", url, None).await;
    let until = wang.call(MakeMediaLink { media: file.id, name: None }).await.unwrap().expires_at;
    let left = (until - world.app.clock.process_now()).num_seconds();
    assert!((1790..=1800).contains(&left), "{left}");
    let whole = link(None).await.unwrap();
    let small = link(Some("w360")).await.unwrap();
    assert_eq!((opened(&whole).await, opened(&small).await), (Ok(()), Ok(())));
    let not_found = Err("not_found".to_owned());
    let id = file.id.to_string();
    for forged in [
        whole.replace(&id, &other.id.to_string()),
        whole.replace(&id, &format!("{id}/w360")),
        whole.replace("&e=1", "&e=2"),
        whole.replace("&k=", "&k=AAAA"),
        format!("{whole}&x=1"),
        format!("/media/{id}?k="),
    ] {
        assert_eq!(opened(&forged).await, not_found, "{forged}");
    }
    assert_eq!(link(Some("../x")).await.unwrap_err().code.as_str(), "not_found");
    let unseen = MakeMediaLink { media: other.id, name: None };
    assert_eq!(wang.call(unseen).await.unwrap_err().code.as_str(), "not_found");
    world.sql("UPDATE sign_ins SET ended_at = created_at").await;
    world.app.callers.forget_all();
    assert_eq!(opened(&whole).await, Err("not_signed_in".into()));
});
