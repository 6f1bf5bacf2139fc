//! The cache that several servers share, while it answers.

mod seldom;

use std::{
    sync::{Arc, PoisonError, RwLock, Weak},
    time::{Duration, Instant},
};

use redis::{
    Client, ExistenceCheck, RedisResult, Script, SetExpiry, SetOptions,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use tokio::sync::Notify;

use crate::Result;
use seldom::Seldom;

/// Longer than this nobody waits for a connection, nor for an answer.
const CONNECTING: Duration = Duration::from_secs(1);
const ANSWERING: Duration = Duration::from_millis(500);

/// After a failure it is left alone for so long, and everybody goes on without it.
const REST: Duration = Duration::from_secs(1);

/// Between two lines in the log about the same trouble.
const QUIET: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub struct Redis(Arc<Inner>);

struct Inner {
    client: Client,
    /// Nothing while it does not answer.
    connection: RwLock<Option<ConnectionManager>>,
    lost: Notify,
    warnings: Seldom,
}

impl Redis {
    /// Tries to reach it once, and goes on trying in the background for as long as it is not there.
    ///
    /// # Errors
    /// For an address that is none.
    pub async fn connect(url: &str) -> Result<Self> {
        let inner = Arc::new(Inner {
            client: Client::open(url)?,
            connection: RwLock::default(),
            lost: Notify::new(),
            warnings: Seldom::every(QUIET),
        });
        inner.reach().await;
        tokio::spawn(keep_reaching(Arc::downgrade(&inner)));
        Ok(Self(inner))
    }

    /// Whether the mark was not there; nothing without an answer.
    pub async fn mark(&self, key: &str, lives: Duration) -> Option<bool> {
        let options = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::PX(millis(lives)));
        let mut connection = self.0.connection()?;
        let set = redis::AsyncCommands::set_options(&mut connection, name(key), 1, options).await;
        let set: Option<String> = self.0.answer(set)?;
        Some(set.is_some())
    }

    /// The count; nothing without an answer.
    pub async fn count(&self, key: &str, window: Duration) -> Option<u64> {
        // One script, so that a counter can never be left without an end.
        let script = Script::new(
            "local n = redis.call('INCR', KEYS[1])
             if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
             return n",
        );
        let mut connection = self.0.connection()?;
        let count = script.key(name(key)).arg(millis(window)).invoke_async(&mut connection).await;
        self.0.answer(count)
    }
}

impl Inner {
    fn connection(&self) -> Option<ConnectionManager> {
        self.connection.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, connection: Option<ConnectionManager>) {
        *self.connection.write().unwrap_or_else(PoisonError::into_inner) = connection;
    }

    async fn reach(&self) {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(CONNECTING))
            .set_response_timeout(Some(ANSWERING))
            .set_number_of_retries(0);
        let reached = ConnectionManager::new_with_config(self.client.clone(), config).await;
        let connection = self.answer(reached);
        if connection.is_some() {
            tracing::info!("Redis answers");
        }
        self.hold(connection);
    }

    /// What it answered. Trouble of any kind ends the connection.
    fn answer<T>(&self, answer: RedisResult<T>) -> Option<T> {
        let error = match answer {
            Ok(answer) => return Some(answer),
            Err(error) => error,
        };
        if self.warnings.admits(Instant::now()) {
            tracing::error!(%error, "Redis does not answer: each server keeps its own limits");
        }
        self.hold(None);
        self.lost.notify_one();
        None
    }
}

/// Until nobody uses it any more.
async fn keep_reaching(redis: Weak<Inner>) {
    while let Some(inner) = redis.upgrade() {
        if inner.connection().is_some() {
            // Looks up now and then, to see whether anybody still uses it.
            drop(tokio::time::timeout(QUIET, inner.lost.notified()).await);
            continue;
        }
        tokio::time::sleep(REST).await;
        inner.reach().await;
    }
}

/// Our corner of a Redis that others may use too.
fn name(key: &str) -> String {
    format!("fingertip:{key}")
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
