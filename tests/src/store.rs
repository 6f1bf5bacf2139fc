//! Where an installation keeps its data: an SQLite file of its own, or a fresh database on a shared
//! PostgreSQL beside a fresh database of a shared Redis.

use anyhow::{Context, Result};
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

use crate::environment;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// SQLite in the data directory, the cache in memory: what a new installation has.
    Sqlite,
    /// PostgreSQL, and Redis if there is one.
    Postgres,
}

impl Kind {
    /// Whether there is a server to make such a store on.
    ///
    /// # Panics
    /// In CI, where every store must be tested.
    pub fn is_available(self) -> bool {
        let available = self == Self::Sqlite || environment::text("TEST_DATABASE_URL").is_some();
        assert!(
            available || environment::text("CI").is_none(),
            "TEST_DATABASE_URL must name a server in CI"
        );
        if !available {
            eprintln!("not run on {self:?}: TEST_DATABASE_URL is not set; see `cargo xtask test`");
        }
        available
    }
}

/// The addresses of an empty store; absent where the server's own default is used.
#[derive(Debug, Default)]
pub struct Store {
    pub database_url: Option<String>,
    pub redis_url: Option<String>,
}

impl Store {
    pub async fn fresh(kind: Kind) -> Result<Self> {
        if kind == Kind::Sqlite {
            return Ok(Self::default());
        }
        let server = environment::text("TEST_DATABASE_URL").context("TEST_DATABASE_URL")?;
        let redis_url = match environment::text("TEST_REDIS_URL") {
            Some(server) => Some(empty_redis(&server).await?),
            None => None,
        };
        Ok(Self { database_url: Some(empty_postgres(&server).await?), redis_url })
    }
}

async fn empty_postgres(server: &str) -> Result<String> {
    let name = format!("outside_{}", Uuid::new_v4().simple());
    let administration = Database::connect(server).await.context("TEST_DATABASE_URL")?;
    administration.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    administration.close().await?;
    let (address, query) = server.split_once('?').unwrap_or((server, ""));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    let question_mark = if query.is_empty() { "" } else { "?" };
    Ok(format!("{base}/{name}{question_mark}{query}"))
}

/// Redis has sixteen databases; the first counts which of the others are taken.
async fn empty_redis(server: &str) -> Result<String> {
    let base = server.split_once('?').map_or(server, |(base, _)| base);
    let scheme_end = base.find("://").map_or(0, |at| at + 3);
    let host_end = base[scheme_end..].find('/').map_or(base.len(), |at| scheme_end + at);
    let counter = redis::Client::open(server)?;
    let mut counter = counter.get_multiplexed_async_connection().await.context("TEST_REDIS_URL")?;
    let taken: u64 = redis::cmd("INCR").arg("outside-tests").query_async(&mut counter).await?;
    let own = format!("{}/{}", &base[..host_end], taken % 15 + 1);
    let client = redis::Client::open(own.as_str())?;
    let mut connection = client.get_multiplexed_async_connection().await?;
    redis::cmd("FLUSHDB").query_async::<()>(&mut connection).await?;
    Ok(own)
}
