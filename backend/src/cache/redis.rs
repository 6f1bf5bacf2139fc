//! The cache that several servers share.

use std::time::Duration;

use redis::{ExistenceCheck, Script, SetExpiry, SetOptions, aio::ConnectionManager};

use crate::Result;

#[derive(Clone)]
pub struct Redis(ConnectionManager);

impl Redis {
    pub async fn connect(url: &str) -> Result<Self> {
        let client = redis::Client::open(url)?;
        Ok(Self(ConnectionManager::new(client).await?))
    }

    pub async fn mark(&self, key: &str, lives: Duration) -> Result<bool> {
        let options = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::PX(millis(lives)));
        let mut connection = self.0.clone();
        let set: Option<String> =
            redis::AsyncCommands::set_options(&mut connection, name(key), 1, options).await?;
        Ok(set.is_some())
    }

    pub async fn count(&self, key: &str, window: Duration) -> Result<u64> {
        // One script, so that a counter can never be left without an end.
        let script = Script::new(
            "local n = redis.call('INCR', KEYS[1])
             if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
             return n",
        );
        let mut connection = self.0.clone();
        Ok(script.key(name(key)).arg(millis(window)).invoke_async(&mut connection).await?)
    }
}

/// Our corner of a Redis that others may use too.
fn name(key: &str) -> String {
    format!("fingertip:{key}")
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
