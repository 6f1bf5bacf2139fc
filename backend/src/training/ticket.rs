//! Tickets: proof that a code was fresh when it was scanned, so that what follows may be slow.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    accounts::PersonId,
    training::{CheckInMethod, TrainingSessionId},
};

use super::entity::ticket;
use crate::{Result, db::Connection, keys::hash};

/// From the scan to its completion, for somebody who is signed in.
pub(super) const LIVES: TimeDelta = TimeDelta::seconds(60);
/// The same for somebody who has to sign in first.
pub(super) const LIVES_UNSIGNED: TimeDelta = TimeDelta::minutes(5);
/// How long a used ticket is remembered, so that completing again gives the same answer.
const REMEMBERED: TimeDelta = TimeDelta::days(1);

/// A code that was found fresh.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan {
    pub session: TrainingSessionId,
    pub method: CheckInMethod,
    pub at: DateTime<Utc>,
}

/// A ticket as its holder has it; the database knows only its hash.
#[derive(Clone)]
pub(super) struct Ticket {
    /// 128 random bits.
    pub secret: String,
    pub expires_at: DateTime<Utc>,
}

/// Gives a ticket for a scan to a person, or to a browser whose person is not known yet.
pub(super) async fn issue(db: &Connection, scan: Scan, person: Option<PersonId>) -> Result<Ticket> {
    let secret = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    let lives = if person.is_some() { LIVES } else { LIVES_UNSIGNED };
    let expires_at = scan.at + lives;
    let row = ticket::ActiveModel {
        hash: Set(hash(secret.as_bytes())),
        session_id: Set(scan.session),
        person_id: Set(person),
        method: Set(scan.method),
        scanned_at: Set(scan.at),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    ticket::Entity::insert(row).exec_without_returning(db).await?;
    Ok(Ticket { secret, expires_at })
}

/// The ticket with this secret.
pub(super) async fn find(db: &Connection, secret: &str) -> Result<Option<ticket::Model>> {
    Ok(ticket::Entity::find_by_id(hash(secret.as_bytes())).one(db).await?)
}

/// Gives a ticket that is nobody's yet to the person who has signed in; the first one keeps it.
pub(super) async fn bind(
    tx: &Connection,
    secret: &str,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    ticket::Entity::update_many()
        .col_expr(ticket::Column::PersonId, Expr::value(person))
        .filter(ticket::Column::Hash.eq(hash(secret.as_bytes())))
        .filter(ticket::Column::PersonId.is_null())
        .filter(ticket::Column::ExpiresAt.gte(now))
        .exec(tx)
        .await?;
    Ok(())
}

/// Spends a person's ticket, which one caller gets, once, and in time.
pub(super) async fn spend(
    tx: &Connection,
    secret: &str,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<ticket::Model>> {
    let spent = ticket::Entity::update_many()
        .col_expr(ticket::Column::UsedAt, Expr::value(now))
        .filter(ticket::Column::Hash.eq(hash(secret.as_bytes())))
        .filter(ticket::Column::PersonId.eq(person))
        .filter(ticket::Column::UsedAt.is_null())
        .filter(ticket::Column::ExpiresAt.gte(now))
        .exec_with_returning(tx)
        .await?;
    Ok(spent.into_iter().next())
}

/// Forgets tickets that nobody can ask about any more; to be run once in a while.
pub async fn forget_old_tickets(tx: &Connection, now: DateTime<Utc>) -> Result<()> {
    ticket::Entity::delete_many()
        .filter(ticket::Column::ExpiresAt.lt(now - REMEMBERED))
        .exec(tx)
        .await?;
    Ok(())
}
