//! How long the records of the audit log waited for their place in the chain.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tokio::time::{Instant, sleep};

/// Until the last record is sealed.
const PATIENCE: Duration = Duration::from_secs(20);

/// What 99 of 100 records that were made since then waited at most.
pub async fn lag(url: &str, since: DateTime<Utc>) -> Result<Duration> {
    let db = Database::connect(url).await?;
    let deadline = Instant::now() + PATIENCE;
    while count(&db, "SELECT count(*) FROM audit_pending").await? > 0 {
        ensure!(Instant::now() < deadline, "records are waiting to be sealed");
        sleep(Duration::from_millis(100)).await;
    }
    let ask = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT at, sealed_at FROM audit_log WHERE at >= $1",
        [since.into()],
    );
    let mut waited = Vec::new();
    for row in db.query_all_raw(ask).await? {
        let (at, sealed_at) =
            (row.try_get::<DateTime<Utc>>("", "at")?, row.try_get("", "sealed_at")?);
        waited.push(DateTime::<Utc>::signed_duration_since(sealed_at, at));
    }
    db.close().await?;
    waited.sort_unstable();
    let at = (waited.len() * 99).div_ceil(100).checked_sub(1).context("nothing was recorded")?;
    Ok(waited[at].to_std().unwrap_or_default())
}

async fn count(db: &DatabaseConnection, query: &str) -> Result<i64> {
    let ask = Statement::from_string(db.get_database_backend(), query);
    let row = db.query_one_raw(ask).await?.context("no count")?;
    Ok(row.try_get_by_index(0)?)
}
