//! How a record gets in.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};

use super::{Act, entity::pending, record::Record};
use crate::Result;

/// Records an act in the transaction that does it: if this fails, so does the act.
pub async fn record(tx: &DatabaseTransaction, act: &Act, now: DateTime<Utc>) -> Result<()> {
    let record = Record::of(act, now);
    let row = pending::ActiveModel {
        id: Set(record.id),
        at: Set(now),
        canonical: Set(record.canonical()?),
    };
    pending::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
