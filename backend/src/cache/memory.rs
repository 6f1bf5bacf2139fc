//! The cache of a single server.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use moka::{Expiry, future::Cache};

/// A counter and how long it lives.
#[derive(Clone)]
struct Entry {
    count: Arc<AtomicU64>,
    lives: Duration,
}

/// Every entry lives as long as it was given when it was made.
struct OwnLife;

impl Expiry<String, Entry> for OwnLife {
    fn expire_after_create(&self, _: &String, entry: &Entry, _: Instant) -> Option<Duration> {
        Some(entry.lives)
    }
}

#[derive(Clone)]
pub struct Memory(Cache<String, Entry>);

impl Default for Memory {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(100_000).expire_after(OwnLife).build())
    }
}

impl Memory {
    pub async fn mark(&self, key: &str, lives: Duration) -> bool {
        self.count(key, lives).await == 1
    }

    pub async fn count(&self, key: &str, lives: Duration) -> u64 {
        let fresh = async { Entry { count: Arc::default(), lives } };
        self.0.get_with_by_ref(key, fresh).await.count.fetch_add(1, Ordering::Relaxed) + 1
    }
}
