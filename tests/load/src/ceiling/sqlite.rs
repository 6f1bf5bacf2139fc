//! The handlers compiled for SQLite: four connections that read and one that writes.

// The handlers are the same text for both databases, and generic code over sqlx would hide their
// statements behind a page of bounds.
#[expect(clippy::duplicate_mod, reason = "compiled once for each database")]
#[path = "attempts.rs"]
mod attempts;
#[expect(clippy::duplicate_mod, reason = "compiled once for each database")]
#[path = "check_ins.rs"]
mod check_ins;
#[expect(clippy::duplicate_mod, reason = "compiled once for each database")]
#[path = "courses.rs"]
mod courses;
#[expect(clippy::duplicate_mod, reason = "compiled once for each database")]
#[path = "progress.rs"]
mod progress;

use std::{str::FromStr, time::Duration};

use actix_web::web::ServiceConfig;
use chrono::{DateTime, Utc};
use sqlx::{
    ConnectOptions, Executor, Pool, Sqlite, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::store::Store;

type Db = Sqlite;

/// A transaction that writes is alone.
const LOCKED: &str = "";
const LOCKED_ATTEMPT: &str = "";

pub fn routes(config: &mut ServiceConfig) {
    courses::routes(config);
    attempts::routes(config);
    check_ins::routes(config);
    progress::routes(config);
}

pub async fn connect(url: &str) -> sqlx::Result<Store<Sqlite>> {
    let options = SqliteConnectOptions::from_str(url)?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("cache_size", "-8000")
        .busy_timeout(Duration::from_secs(5))
        .disable_statement_logging();
    let pool = |connections| {
        let pool = SqlitePoolOptions::new().max_connections(connections);
        pool.test_before_acquire(false).connect_with(options.clone())
    };
    Ok(Store { read: pool(4).await?, write: pool(1).await? })
}

async fn begin(pool: &Pool<Sqlite>) -> sqlx::Result<Transaction<'static, Sqlite>> {
    pool.begin_with("BEGIN IMMEDIATE").await
}

/// The clock of this process, as `fingertip` has it on SQLite.
async fn now(_: impl Executor<'_, Database = Sqlite>) -> sqlx::Result<DateTime<Utc>> {
    Ok(Utc::now())
}
