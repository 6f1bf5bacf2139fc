//! Short-lived marks and counters: in memory, or in Redis where several servers share them.
//!
//! Nothing authoritative lives here: whatever is forgotten must be harmless.

mod memory;
mod redis;

use std::time::Duration;

use crate::Result;

#[derive(Clone)]
pub enum Cache {
    Memory(memory::Memory),
    Redis(redis::Redis),
}

impl Cache {
    /// Redis where an address is given, memory otherwise.
    pub async fn connect(redis_url: Option<&str>) -> Result<Self> {
        Ok(match redis_url {
            Some(url) => Self::Redis(redis::Redis::connect(url).await?),
            None => Self::Memory(memory::Memory::default()),
        })
    }

    /// Leaves a mark for a while; false if it was there already. One of many callers gets true.
    pub async fn mark(&self, key: &str, lives: Duration) -> Result<bool> {
        match self {
            Self::Memory(memory) => Ok(memory.mark(key, lives).await),
            Self::Redis(redis) => redis.mark(key, lives).await,
        }
    }

    /// Counts one more within a window that begins with the first, and answers the count.
    pub async fn count(&self, key: &str, window: Duration) -> Result<u64> {
        match self {
            Self::Memory(memory) => Ok(memory.count(key, window).await),
            Self::Redis(redis) => redis.count(key, window).await,
        }
    }
}
