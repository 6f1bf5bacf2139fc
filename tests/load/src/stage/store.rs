//! A database and its copy.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use reqwest::Url;
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

use crate::usage;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file, which `fingertip` makes where it is told nothing else.
    Sqlite,
    /// On the server that `TEST_DATABASE_URL` names, which must run on this machine.
    Postgres,
}

pub struct Store {
    pub kind: Kind,
    pub url: String,
}

impl Store {
    /// An empty one.
    pub async fn fresh(kind: Kind, data: &Path) -> Result<Self> {
        let url = match kind {
            Kind::Sqlite => sqlite(&file(data)),
            Kind::Postgres => create("").await?,
        };
        Ok(Self { kind, url })
    }

    /// The variable that `fingertip` needs to find it.
    pub fn setting(&self) -> Option<(&'static str, String)> {
        (self.kind == Kind::Postgres).then(|| ("DATABASE_URL", self.url.clone()))
    }

    /// Copies all of it, and answers the address of the copy. Nobody may be connected.
    pub async fn copy(&self, data: &Path) -> Result<String> {
        match self.kind {
            Kind::Sqlite => {
                let database = Database::connect(&self.url).await?;
                // What was written last is in a file of its own until then.
                database.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
                database.close().await?;
                let copy = data.join("copy.sqlite");
                fs::copy(file(data), &copy).context("cannot copy the database")?;
                Ok(sqlite(&copy))
            }
            Kind::Postgres => {
                let original = Url::parse(&self.url)?;
                create(&format!("TEMPLATE {}", original.path().trim_start_matches('/'))).await
            }
        }
    }

    /// The process that all processes of PostgreSQL descend from.
    pub async fn cluster(&self) -> Result<Option<u32>> {
        if self.kind == Kind::Sqlite {
            return Ok(None);
        }
        let database = Database::connect(&self.url).await?;
        let ask = sea_orm::Statement::from_string(
            database.get_database_backend(),
            "SELECT pg_backend_pid()",
        );
        let row = database.query_one_raw(ask).await?.context("PostgreSQL does not know itself")?;
        let process: i32 = row.try_get_by_index(0)?;
        let cluster =
            usage::parent(u32::try_from(process)?).context("PostgreSQL runs elsewhere")?;
        database.close().await?;
        Ok(Some(cluster))
    }
}

fn file(data: &Path) -> PathBuf {
    data.join("fingertip.sqlite")
}

fn sqlite(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// A new database on the server; `from` says what it is made from.
async fn create(from: &str) -> Result<String> {
    let server = env::var("TEST_DATABASE_URL").context("TEST_DATABASE_URL")?;
    let name = format!("load_{}", Uuid::new_v4().simple());
    let administration = Database::connect(&server).await.context("TEST_DATABASE_URL")?;
    administration.execute_unprepared(&format!("CREATE DATABASE {name} {from}")).await?;
    administration.close().await?;
    let mut url = Url::parse(&server)?;
    url.set_path(&name);
    Ok(url.into())
}
