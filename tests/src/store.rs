//! Where an installation keeps its data: an SQLite file of its own, or a fresh database on a shared
//! PostgreSQL beside a fresh database of a shared Redis.

use anyhow::{Context, Result};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, ExprTrait,
    sea_query::{Expr, Query},
};
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

/// The addresses of a store; absent where the server's own default is used.
#[derive(Debug, Default)]
pub struct Store {
    /// Where the database is to be, and what it is called there.
    pub database: Option<(Postgres, String)>,
    pub redis_url: Option<String>,
}

impl Store {
    /// A store of its own, of which the database is still to be made.
    pub async fn fresh(kind: Kind) -> Result<Self> {
        if kind == Kind::Sqlite {
            return Ok(Self::default());
        }
        let server = Postgres(environment::text("TEST_DATABASE_URL").context("TEST_DATABASE_URL")?);
        let redis_url = match environment::text("TEST_REDIS_URL") {
            Some(server) => Some(empty_redis(&server).await?),
            None => None,
        };
        let name = format!("outside_{}", Uuid::new_v4().simple());
        Ok(Self { database: Some((server, name)), redis_url })
    }

    pub fn database_url(&self) -> Option<String> {
        self.database.as_ref().map(|(server, name)| server.address(name))
    }
}

/// The PostgreSQL that `TEST_DATABASE_URL` names, which may make databases.
#[derive(Debug)]
pub struct Postgres(String);

impl Postgres {
    /// Where one of its databases is.
    pub fn address(&self, name: &str) -> String {
        let (address, query) = self.0.split_once('?').unwrap_or((&self.0, ""));
        let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
        let question_mark = if query.is_empty() { "" } else { "?" };
        format!("{base}/{name}{question_mark}{query}")
    }

    pub async fn has(&self, name: &str) -> Result<bool> {
        let query = Query::select()
            .expr(Expr::val(1))
            .from("pg_database")
            .and_where(Expr::col("datname").eq(name))
            .to_owned();
        let connection = self.connect().await?;
        let found = connection.query_one(&query).await?.is_some();
        connection.close().await?;
        Ok(found)
    }

    /// An empty database, whatever was there under that name.
    pub async fn make_anew(&self, name: &str) -> Result<()> {
        self.order(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        self.order(&format!("CREATE DATABASE {name}")).await
    }

    pub async fn copy(&self, from: &str, to: &str) -> Result<()> {
        self.order(&format!("CREATE DATABASE {to} TEMPLATE {from}")).await
    }

    async fn order(&self, statement: &str) -> Result<()> {
        let connection = self.connect().await?;
        connection.execute_unprepared(statement).await?;
        Ok(connection.close().await?)
    }

    async fn connect(&self) -> Result<DatabaseConnection> {
        Database::connect(&self.0).await.context("TEST_DATABASE_URL")
    }
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
