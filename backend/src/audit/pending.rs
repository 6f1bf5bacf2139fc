//! How a record gets in.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{Act, entity::pending, record::Record};
use crate::{App, Result, db::Connection};

/// Acts in one statement.
const AT_ONCE: usize = 500;

/// Records many acts of one transaction.
pub async fn record_all(tx: &Connection, acts: &[Act], now: DateTime<Utc>) -> Result<()> {
    for some in acts.chunks(AT_ONCE) {
        let rows = some.iter().map(|act| row(act, now)).collect::<Result<Vec<_>>>()?;
        pending::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Records an act that changes nothing in the database, such as reading or exporting. Call it before
/// the answer is given: what cannot be recorded is not done.
pub async fn record_alone(app: &App, act: Act) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| Box::pin(async move { record(tx, &act, clock.now(tx).await?).await }))
        .await
}

/// Records an act in the transaction that does it: if this fails, so does the act.
pub async fn record(tx: &Connection, act: &Act, now: DateTime<Utc>) -> Result<()> {
    pending::Entity::insert(row(act, now)?).exec_without_returning(tx).await?;
    Ok(())
}

fn row(act: &Act, now: DateTime<Utc>) -> Result<pending::ActiveModel> {
    let record = Record::of(act, now);
    let canonical = record.canonical()?;
    Ok(pending::ActiveModel { id: Set(record.id), at: Set(now), canonical: Set(canonical) })
}
