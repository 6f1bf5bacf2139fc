//! Short-lived marks and counters: in memory, or in Redis where several servers share them.
//!
//! Nothing authoritative lives here: whatever is forgotten must be harmless. Redis only makes
//! several servers know of each other. Each server remembers all it was asked by itself too, so
//! without Redis it goes on as if it were the only one: what was marked on it stays marked, and its
//! counters go on.

mod memory;
mod redis;

use std::time::Duration;

use crate::Result;

#[derive(Clone)]
pub struct Cache {
    here: memory::Memory,
    shared: Option<redis::Redis>,
}

impl Cache {
    /// Shared through Redis where an address is given, whether or not it answers already.
    ///
    /// # Errors
    /// For an address that is none.
    pub async fn connect(redis_url: Option<&str>) -> Result<Self> {
        let shared = match redis_url {
            Some(url) => Some(redis::Redis::connect(url).await?),
            None => None,
        };
        Ok(Self { here: memory::Memory::default(), shared })
    }

    /// Leaves a mark for a while; false if it was there already. One of many callers gets true: of
    /// all servers, or of each server while Redis does not answer.
    pub async fn mark(&self, key: &str, lives: Duration) -> bool {
        if !self.here.mark(key, lives).await {
            return false;
        }
        match &self.shared {
            Some(redis) => redis.mark(key, lives).await.unwrap_or(true),
            None => true,
        }
    }

    /// Counts one more within a window that begins with the first, and answers the count: of all
    /// servers, or of this one while Redis does not answer.
    pub async fn count(&self, key: &str, window: Duration) -> u64 {
        let here = self.here.count(key, window).await;
        match &self.shared {
            Some(redis) => redis.count(key, window).await.unwrap_or(here),
            None => here,
        }
    }
}
