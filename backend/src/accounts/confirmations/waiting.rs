//! Confirmations from being asked for to being used up: each step is one conditional write, so that
//! of many who try at once, one can.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::Expr,
};
use shared::{accounts::PersonId, problem::Code};
use uuid::Uuid;

use super::entity::confirmation::{self, Column, Entity};
use crate::{
    Result,
    db::{Connection, Transaction},
};

/// Long enough to take the phone out and scan; too short to be talked into it.
pub(super) const LIVES: TimeDelta = TimeDelta::minutes(2);

/// Writes one down in place of the one before of the same challenge.
pub(super) async fn insert(
    tx: &Transaction,
    row: confirmation::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    // Those that nobody answered go too.
    let over = Condition::any()
        .add(Column::ExpiresAt.lte(now))
        .add(Column::ChallengeHash.eq(row.challenge_hash.clone()));
    Entity::delete_many().filter(over).exec(tx).await?;
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// The one that a browser asked for with this challenge.
///
/// # Errors
/// `sign_in_over` for any other browser or challenge, and after two minutes.
pub(super) async fn of_browser(
    db: &Connection,
    challenge_hash: &[u8],
    browser_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<confirmation::Model> {
    let found = Entity::find()
        .filter(Column::ChallengeHash.eq(challenge_hash.to_vec()))
        .filter(Column::BrowserHash.eq(browser_hash.to_vec()))
        .filter(Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(found.ok_or(Code::SignInOver)?)
}

/// What still waits for an answer of this person.
fn unanswered(person: PersonId, id: Option<Uuid>, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::PersonId.eq(person))
        .add_option(id.map(|id| Column::Id.eq(id)))
        .add(Column::ExpiresAt.gt(now))
        .add(Column::ConfirmedAt.is_null())
}

/// The one that waits for an answer of this person; without an id the latest.
pub(super) async fn of_person(
    db: &Connection,
    person: PersonId,
    id: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Option<confirmation::Model>> {
    let find = Entity::find().filter(unanswered(person, id, now));
    Ok(find.order_by_desc(Column::CreatedAt).one(db).await?)
}

/// Confirms it, if this is its number.
pub(super) async fn confirm(
    tx: &Transaction,
    person: PersonId,
    id: Uuid,
    number: i32,
    now: DateTime<Utc>,
) -> Result<bool> {
    let confirmed = Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(now))
        .filter(unanswered(person, Some(id), now))
        .filter(Column::Number.eq(number))
        .exec(tx)
        .await?
        .rows_affected;
    Ok(confirmed == 1)
}

/// Takes it away unconfirmed; the challenge that it answered.
pub(super) async fn decline(
    tx: &Transaction,
    person: PersonId,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Vec<u8>>> {
    let Some(row) = of_person(tx, person, Some(id), now).await? else { return Ok(None) };
    let of_it = unanswered(person, Some(id), now);
    let gone = Entity::delete_many().filter(of_it).exec(tx).await?.rows_affected;
    Ok((gone == 1).then_some(row.challenge_hash))
}

/// Uses up one that was confirmed.
///
/// # Errors
/// `sign_in_over`.
pub(super) async fn redeem(tx: &Transaction, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let redeemed = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::ConfirmedAt.is_not_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?
        .rows_affected;
    if redeemed == 1 { Ok(()) } else { Err(Code::SignInOver.into()) }
}

/// Forgets those of a person.
pub(in crate::accounts) async fn forget(tx: &Transaction, person: PersonId) -> Result<()> {
    Entity::delete_many().filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(())
}
