//! Redis comes and goes; nobody is kept out, and what was used once stays used.

use std::time::Duration;

use backend::{accounts::password, cache::Cache};
use futures_util::future::join_all;
use shared::accounts::SignInWithPassword;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::timeout,
};

use crate::{LONG, key, scene::World};

/// A port that nobody listens on.
const NOBODY: &str = "redis://127.0.0.1:1/";

/// A way to the real Redis that can be cut off.
struct Way {
    port: u16,
    redis: String,
    connections: Option<JoinSet<()>>,
}

impl Way {
    /// Nothing where there is no Redis to test on.
    async fn to_redis() -> Option<Self> {
        let Ok(url) = std::env::var("TEST_REDIS_URL") else {
            assert!(std::env::var("CI").is_err(), "TEST_REDIS_URL is a duty in CI");
            return None;
        };
        let redis = url.trim_start_matches("redis://").split('/').next()?.to_owned();
        let mut way = Self { port: 0, redis, connections: None };
        way.open().await;
        Some(way)
    }

    async fn open(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        self.port = listener.local_addr().unwrap().port();
        let redis = self.redis.clone();
        let mut accepting = JoinSet::new();
        accepting.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut client, _)) = listener.accept().await {
                let mut server = TcpStream::connect(&redis).await.unwrap();
                connections
                    .spawn(async move { copy_bidirectional(&mut client, &mut server).await });
            }
        });
        self.connections = Some(accepting);
    }

    async fn cut(&mut self) {
        self.connections.take().unwrap().shutdown().await;
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}

/// Two servers that share a Redis, the first by way of something that can be cut.
async fn two_servers(way: &Way) -> (Cache, Cache) {
    let direct = format!("redis://{}/", way.redis);
    (Cache::connect(Some(&way.url())).await.unwrap(), Cache::connect(Some(&direct)).await.unwrap())
}

#[actix_web::test]
async fn what_one_server_marks_and_counts_the_other_knows() {
    let Some(way) = Way::to_redis().await else { return };
    let ((one, other), key) = (two_servers(&way).await, key());
    assert!(one.mark(&key, LONG).await);
    assert!(!other.mark(&key, LONG).await);
    let counter = format!("{key}:count");
    assert_eq!((one.count(&counter, LONG).await, other.count(&counter, LONG).await), (1, 2));
}

#[actix_web::test]
async fn what_was_used_once_stays_used_and_counted_when_redis_goes() {
    let Some(mut way) = Way::to_redis().await else { return };
    let ((server, _), key) = (two_servers(&way).await, key());
    let counter = format!("{key}:count");
    assert!(server.mark(&key, LONG).await);
    assert_eq!(server.count(&counter, LONG).await, 1);
    way.cut().await;
    assert!(!server.mark(&key, LONG).await);
    let later = format!("{key}:later");
    let marks = join_all((0..50).map(|_| server.mark(&later, LONG))).await;
    assert_eq!(marks.into_iter().filter(|first| *first).count(), 1);
    assert_eq!(server.count(&counter, LONG).await, 2);
}

#[actix_web::test]
async fn servers_know_of_each_other_again_when_redis_is_back() {
    let Some(mut way) = Way::to_redis().await else { return };
    let (one, other) = two_servers(&way).await;
    way.cut().await;
    let alone = key();
    assert!(one.mark(&alone, LONG).await && other.mark(&alone, LONG).await, "each for itself");
    way.open().await;
    let shared = async {
        loop {
            let key = key();
            if one.mark(&key, LONG).await && !other.mark(&key, LONG).await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), shared).await.unwrap();
}

#[actix_web::test]
async fn a_redis_that_never_answers_keeps_nobody_waiting() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("redis://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let cache = timeout(Duration::from_secs(5), Cache::connect(Some(&url))).await.unwrap().unwrap();
    let key = key();
    let marks = async { (cache.mark(&key, LONG).await, cache.mark(&key, LONG).await) };
    assert_eq!(timeout(Duration::from_millis(300), marks).await.unwrap(), (true, false));
}

#[actix_web::test]
async fn an_address_that_is_none_is_refused_at_the_start() {
    assert!(Cache::connect(Some("redis//nowhere")).await.is_err());
}

#[actix_web::test]
async fn without_its_redis_a_server_starts_and_people_sign_in() {
    let world = World::configured(&["--redis-url", NOBODY]).await;
    let (username, secret) = ("zhengming", "correct-horse");
    let hash = password::make(secret);
    let set = format!("UPDATE people SET password_hash = '{hash}' WHERE username = '{username}'");
    world.sql(&set).await;
    let request = SignInWithPassword { username: username.into(), password: secret.into() };
    assert_eq!(world.stranger().call(request).await.unwrap().me.unwrap().name, "郑明");
}
