//! The handlers compiled for PostgreSQL: sixteen connections.

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

use std::str::FromStr;

use actix_web::web::ServiceConfig;
use chrono::{DateTime, Utc};
use sqlx::{
    ConnectOptions, Executor, Pool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::store::Store;

type Db = Postgres;

const LOCKED: &str = " FOR UPDATE";
const LOCKED_ATTEMPT: &str = r#" FOR UPDATE OF "attempts""#;

pub fn routes(config: &mut ServiceConfig) {
    courses::routes(config);
    attempts::routes(config);
    check_ins::routes(config);
    progress::routes(config);
}

pub async fn connect(url: &str) -> sqlx::Result<Store<Postgres>> {
    let options = PgConnectOptions::from_str(url)?.disable_statement_logging();
    let pool = PgPoolOptions::new().max_connections(16).test_before_acquire(false);
    let pool = pool.connect_with(options).await?;
    Ok(Store { read: pool.clone(), write: pool })
}

async fn begin(pool: &Pool<Postgres>) -> sqlx::Result<Transaction<'static, Postgres>> {
    pool.begin().await
}

async fn now(db: impl Executor<'_, Database = Postgres>) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(db).await
}
