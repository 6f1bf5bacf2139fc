//! Sign-ins that wait for their second factor.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use shared::{accounts::PersonId, problem::Code};

use super::entity::challenge;
use crate::{
    App, Result,
    accounts::people,
    db::{Connection, Transaction},
    keys::{hash, random_token},
};

/// Long enough to look for the phone.
pub(super) const LIVES: TimeDelta = TimeDelta::minutes(5);
/// Long enough to install an authenticator app.
pub(super) const LIVES_TO_SET_UP: TimeDelta = TimeDelta::minutes(30);

/// A challenge for somebody whose password was right.
pub(super) async fn give(app: &App, person: PersonId, lives: TimeDelta) -> Result<String> {
    let challenge = random_token();
    let hashed = hash(challenge.as_bytes());
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move { insert(tx, hashed, person, lives, clock.now(tx).await?).await })
        })
        .await?;
    Ok(challenge)
}

async fn insert(
    tx: &Transaction,
    hash: Vec<u8>,
    person: PersonId,
    lives: TimeDelta,
    now: DateTime<Utc>,
) -> Result<()> {
    // Those that nobody answered.
    challenge::Entity::delete_many().filter(challenge::Column::ExpiresAt.lt(now)).exec(tx).await?;
    let row = challenge::ActiveModel {
        hash: Set(hash),
        person_id: Set(person),
        created_at: Set(now),
        expires_at: Set(now + lives),
    };
    row.insert(tx).await?;
    Ok(())
}

/// Whose sign-in a challenge stands for.
///
/// # Errors
/// `sign_in_over` for any other challenge, and for somebody who left meanwhile.
pub(in crate::accounts) async fn person(
    db: &Connection,
    hash: &[u8],
    now: DateTime<Utc>,
) -> Result<PersonId> {
    let found = challenge::Entity::find_by_id(hash.to_vec())
        .filter(challenge::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    let person = found.ok_or(Code::SignInOver)?.person_id;
    people::active_name(db, person).await?.ok_or(Code::SignInOver)?;
    Ok(person)
}

/// Uses a challenge up; of many who try at once, one can.
pub(in crate::accounts) async fn spend(
    tx: &Transaction,
    hash: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<()> {
    let spent = challenge::Entity::delete_many()
        .filter(challenge::Column::Hash.eq(hash))
        .filter(challenge::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?
        .rows_affected;
    if spent == 1 { Ok(()) } else { Err(Code::SignInOver.into()) }
}

/// Forgets a challenge: the password is asked for again.
pub(in crate::accounts) async fn forget(tx: &Transaction, hash: Vec<u8>) -> Result<()> {
    challenge::Entity::delete_by_id(hash).exec(tx).await?;
    Ok(())
}

/// Forgets those of a person.
pub(in crate::accounts) async fn forget_all(tx: &Transaction, person: PersonId) -> Result<()> {
    let of_them = challenge::Column::PersonId.eq(person);
    challenge::Entity::delete_many().filter(of_them).exec(tx).await?;
    Ok(())
}
