//! Remembers what arrived and enqueues what is to be done about it, both or nothing.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use super::{
    entity::callback,
    event::{Message, SubscribeEvents},
};
use crate::{
    App, Result,
    db::Transaction,
    jobs::{self, Job},
    keys::hash,
};

/// WeChat tries three times within a minute, and signatures are good for ten.
const REMEMBERED: TimeDelta = TimeDelta::days(1);

/// What tells one arrival from another.
pub(super) struct Arrival {
    /// The signature it came with.
    request: Vec<u8>,
    /// The message, whatever it came with.
    message: Vec<u8>,
    digest: Vec<u8>,
}

impl Arrival {
    pub(super) fn new(account: &str, proof: &str, message: &Message) -> Self {
        let identity = message.identity().join("\n");
        Self {
            request: hash(format!("request\n{account}\n{proof}").as_bytes()),
            message: hash(format!("message\n{account}\n{identity}").as_bytes()),
            digest: message.digest.clone(),
        }
    }
}

/// Whether it is worth anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recorded {
    New,
    /// What there is to do about it was enqueued with the first one.
    Repeated,
    /// A signature that came with another message before: in plain mode it does not cover it.
    Forged,
}

pub(super) async fn record(
    app: &App,
    arrival: Arrival,
    events: Option<SubscribeEvents>,
) -> Result<Recorded> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                if !note(tx, &arrival.request, &arrival.digest, now).await? {
                    return earlier(tx, &arrival).await;
                }
                if !note(tx, &arrival.message, &arrival.digest, now).await? {
                    return Ok(Recorded::Repeated);
                }
                if let Some(events) = events {
                    jobs::enqueue(tx, &Job::SubscribeEvents(events), None, now).await?;
                }
                Ok(Recorded::New)
            })
        })
        .await
}

/// False if it was seen before.
async fn note(tx: &Transaction, seen: &[u8], message: &[u8], now: DateTime<Utc>) -> Result<bool> {
    let row = callback::ActiveModel {
        seen: Set(seen.to_vec()),
        message: Set(message.to_vec()),
        received_at: Set(now),
    };
    let noted = callback::Entity::insert(row)
        .on_conflict(OnConflict::column(callback::Column::Seen).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(noted == 1)
}

async fn earlier(tx: &Transaction, arrival: &Arrival) -> Result<Recorded> {
    let earlier = callback::Entity::find_by_id(arrival.request.clone()).one(tx).await?;
    let same = earlier.is_some_and(|it| it.message == arrival.digest);
    Ok(if same { Recorded::Repeated } else { Recorded::Forged })
}

/// Forgets what cannot come again.
pub async fn forget_old_callbacks(tx: &Transaction, now: DateTime<Utc>) -> Result<()> {
    callback::Entity::delete_many()
        .filter(callback::Column::ReceivedAt.lt(now - REMEMBERED))
        .exec(tx)
        .await?;
    Ok(())
}
