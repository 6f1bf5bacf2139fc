//! One contract for the cache, whatever stands behind it.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

#[path = "cache/without_redis.rs"]
mod without_redis;

use std::time::Duration;

use backend::cache::Cache;
use uuid::Uuid;

/// Plays a scene on every kind of cache; Redis where `TEST_REDIS_URL` names a server, which `CI`
/// makes a duty.
macro_rules! on_every_cache {
    ($name:ident, |$cache:ident| $body:expr) => {
        mod $name {
            use super::*;

            async fn play($cache: Cache) {
                $body.await
            }

            #[actix_web::test]
            async fn in_memory() {
                play(Cache::connect(None).await.unwrap()).await;
            }

            #[actix_web::test]
            async fn in_redis() {
                match std::env::var("TEST_REDIS_URL") {
                    Ok(url) => play(Cache::connect(Some(&url)).await.unwrap()).await,
                    Err(_) => {
                        assert!(std::env::var("CI").is_err(), "TEST_REDIS_URL is a duty in CI");
                    }
                }
            }
        }
    };
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

const LONG: Duration = Duration::from_mins(1);

on_every_cache!(a_mark_is_left_once, |cache| async move {
    let key = key();
    assert!(cache.mark(&key, LONG).await);
    assert!(!cache.mark(&key, LONG).await);
});

on_every_cache!(one_of_many_leaves_the_mark, |cache| async move {
    let key = key();
    let marks = (0..50).map(|_| cache.mark(&key, LONG));
    let marks = futures_util::future::join_all(marks).await;
    assert_eq!(marks.into_iter().filter(|left| *left).count(), 1);
});

on_every_cache!(a_counter_counts_every_call, |cache| async move {
    let key = key();
    let mut counts = futures_util::future::join_all((0..50).map(|_| cache.count(&key, LONG))).await;
    counts.sort_unstable();
    assert_eq!(counts, (1..=50).collect::<Vec<_>>());
});

on_every_cache!(a_counter_begins_anew_after_its_window, |cache| async move {
    let key = key();
    let window = Duration::from_millis(200);
    assert_eq!(cache.count(&key, window).await, 1);
    let began_anew = async {
        while cache.count(&key, window).await != 1 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // Counting does not prolong the window, or this would never end.
    tokio::time::timeout(Duration::from_secs(10), began_anew).await.unwrap();
});
