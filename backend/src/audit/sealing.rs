//! The sealer: once a second a server gives what was committed its place in the chain.
//!
//! Everything happens in one transaction that has the sealer's row to itself, so that a crash loses
//! nothing and two servers cannot both go on from the same record; the keys of the table would refuse
//! the second. A server that was killed gives the row free with its connection: the others need not
//! wait for anything to run out, and whoever looks next goes on.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DbBackend, EntityTrait, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use super::{
    chain::{self, START},
    checkpoints,
    entity::{log, pending, sealer},
    record::Record,
};
use crate::{
    App, Result,
    db::{Connection, Transaction},
};

const PERIOD: Duration = Duration::from_secs(1);

/// Records in one transaction: other writers of SQLite wait for it.
const BATCH: u64 = 250;

/// Seals until the process ends. A failure is logged and tried again.
pub async fn seal_forever(app: App) {
    let owner = Uuid::now_v7();
    let mut period = interval(PERIOD);
    period.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        period.tick().await;
        if let Err(error) = seal(&app, owner).await {
            tracing::error!(error = format!("{error:#}"), "the audit log cannot be sealed");
        }
    }
}

/// Seals all there is, and signs a checkpoint where one is due; answers how many were sealed here.
pub async fn seal(app: &App, owner: Uuid) -> Result<u64> {
    let mut sealed = 0;
    while pending::Entity::find().one(app.db.read()).await?.is_some() {
        let batch = seal_batch(app).await?;
        if batch == 0 {
            break;
        }
        sealed += batch;
    }
    checkpoints::sign_if_due(app, owner).await?;
    Ok(sealed)
}

async fn seal_batch(app: &App) -> Result<u64> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if !is_alone(tx).await? {
                    return Ok(0);
                }
                let now = clock.now(tx).await?;
                let waiting = pending::Entity::find()
                    .order_by_asc(pending::Column::Id)
                    .limit(BATCH)
                    .all(tx)
                    .await?;
                append(tx, waiting, now).await
            })
        })
        .await
}

/// Whether this transaction has the sealer's row to itself until it ends. SQLite has one writer anyway.
async fn is_alone(tx: &Transaction) -> Result<bool> {
    let mut find = sealer::Entity::find();
    if tx.get_database_backend() == DbBackend::Postgres {
        find = find.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    Ok(find.one(tx).await?.is_some())
}

/// The last record of the chain: its place and its hash.
pub(super) async fn head(db: &Connection) -> Result<(i64, Vec<u8>)> {
    let last: Option<(i64, Vec<u8>)> = log::Entity::find()
        .select_only()
        .column(log::Column::Seq)
        .column(log::Column::Hash)
        .order_by_desc(log::Column::Seq)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.unwrap_or_else(|| (0, START.to_vec())))
}

async fn append(tx: &Transaction, waiting: Vec<pending::Model>, now: DateTime<Utc>) -> Result<u64> {
    if waiting.is_empty() {
        return Ok(0);
    }
    let (mut seq, mut prev) = head(tx).await?;
    let mut links = Vec::with_capacity(waiting.len());
    for row in waiting {
        seq += 1;
        let hash = chain::link(seq, &prev, &row.canonical);
        links.push(link(row, seq, std::mem::replace(&mut prev, hash.clone()), hash, now));
    }
    let count = links.len() as u64;
    // A trigger takes what is sealed off the queue: no server needs the right to delete from it.
    log::Entity::insert_many(links).exec_without_returning(tx).await?;
    Ok(count)
}

/// A row of the chain. What cannot be read, because somebody put it there by hand, is sealed as it is:
/// it must not keep the rest from being sealed, and the verifier names it.
fn link(
    row: pending::Model,
    seq: i64,
    prev: Vec<u8>,
    hash: Vec<u8>,
    now: DateTime<Utc>,
) -> log::ActiveModel {
    let read = Record::read(&row.canonical).ok();
    let told =
        |tell: fn(&Record) -> String| read.as_ref().map_or_else(|| "unreadable".to_owned(), tell);
    log::ActiveModel {
        seq: Set(seq),
        id: Set(row.id),
        prev: Set(prev),
        hash: Set(hash),
        at: Set(row.at),
        event: Set(told(|it| it.event.clone())),
        outcome: Set(told(|it| sea_orm::ActiveEnum::to_value(&it.outcome))),
        person_id: Set(read.as_ref().and_then(|it| it.person)),
        organization_id: Set(read.as_ref().and_then(|it| it.organization)),
        object_kind: Set(told(|it| it.object_kind.clone())),
        object_id: Set(read.as_ref().and_then(|it| it.object.clone())),
        canonical: Set(row.canonical),
        sealed_at: Set(now),
    }
}
