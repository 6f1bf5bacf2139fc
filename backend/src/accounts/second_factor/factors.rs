//! A person's authenticator app: prepared, set up by its first code, used up step by step, removed.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, IntoCondition, OnConflict},
};
use shared::accounts::PersonId;

use super::{entity::factor, recovery, totp};
use crate::{
    Result,
    accounts::spoken_code,
    db::{Connection, Transaction},
    keys::Keys,
};

/// Stands before what is sealed, so that another way of sealing can follow: AES-256-GCM.
const ALGORITHM: u8 = 1;
const PURPOSE: &str = "second factor";

/// From seeing the secret to typing the first code.
const PREPARED: TimeDelta = TimeDelta::minutes(30);

/// Digits of a code of the app; recovery codes are longer.
const DIGITS: usize = 6;

/// Seals a secret for one person: moved to somebody else's row it no longer opens.
fn seal(keys: &Keys, person: PersonId, secret: &[u8]) -> Vec<u8> {
    let plain = [person.0.as_bytes().as_slice(), secret].concat();
    [&[ALGORITHM], keys.seal(PURPOSE, &plain).as_slice()].concat()
}

fn open(keys: &Keys, person: PersonId, sealed: &[u8]) -> Option<Vec<u8>> {
    let (&ALGORITHM, sealed) = sealed.split_first()? else { return None };
    let plain = keys.open(PURPOSE, sealed)?;
    plain.strip_prefix(person.0.as_bytes().as_slice()).map(<[u8]>::to_vec)
}

async fn of(db: &Connection, person: PersonId) -> Result<Option<factor::Model>> {
    Ok(factor::Entity::find_by_id(person).one(db).await?)
}

/// Since when the person has one.
pub(super) async fn since(db: &Connection, person: PersonId) -> Result<Option<DateTime<Utc>>> {
    Ok(of(db, person).await?.and_then(|it| it.since))
}

/// A new secret that waits for its first code. The one in use stays in use until then.
pub(super) async fn prepare(
    tx: &Transaction,
    keys: &Keys,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<u8>> {
    let secret = totp::new_secret();
    let row = factor::ActiveModel {
        person_id: Set(person),
        secret: Set(None),
        since: Set(None),
        last_step: Set(0),
        pending: Set(Some(seal(keys, person, &secret))),
        pending_at: Set(Some(now)),
    };
    let replace = OnConflict::column(factor::Column::PersonId)
        .update_columns([factor::Column::Pending, factor::Column::PendingAt])
        .to_owned();
    factor::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(secret)
}

fn waiting(keys: &Keys, factor: &factor::Model, now: DateTime<Utc>) -> Option<Vec<u8>> {
    let fresh = factor.pending_at.is_some_and(|at| now - at <= PREPARED);
    let sealed = factor.pending.as_ref().filter(|_| fresh)?;
    open(keys, factor.person_id, sealed)
}

/// Puts the prepared one into use, which a code of it proves to be in the app. New recovery codes;
/// nothing where the code is wrong or nothing was prepared.
pub(super) async fn set_up(
    tx: &Transaction,
    keys: &Keys,
    person: PersonId,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<Vec<String>>> {
    let Some(found) = of(tx, person).await? else { return Ok(None) };
    let Some(secret) = waiting(keys, &found, now) else { return Ok(None) };
    let Some(step) = totp::step_of(&secret, &spoken_code::meant(code), now)? else {
        return Ok(None);
    };
    // Of many who try at once, one can.
    let still = factor::Column::Pending.eq(found.pending.clone());
    put_into_use(tx, keys, (person, found.pending), step, still, now).await
}

/// The same for somebody who has none yet, with a secret that was shown to nobody else.
pub(super) async fn adopt(
    tx: &Transaction,
    keys: &Keys,
    (person, secret): (PersonId, &[u8]),
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<Vec<String>>> {
    let Some(step) = totp::step_of(secret, &spoken_code::meant(code), now)? else {
        return Ok(None);
    };
    let none = factor::ActiveModel {
        person_id: Set(person),
        secret: Set(None),
        since: Set(None),
        last_step: Set(0),
        pending: Set(None),
        pending_at: Set(None),
    };
    let insert = factor::Entity::insert(none).on_conflict_do_nothing();
    insert.exec_without_returning(tx).await?;
    let sealed = Some(seal(keys, person, secret));
    put_into_use(tx, keys, (person, sealed), step, factor::Column::Secret.is_null(), now).await
}

async fn put_into_use(
    tx: &Transaction,
    keys: &Keys,
    (person, sealed): (PersonId, Option<Vec<u8>>),
    step: i64,
    condition: impl IntoCondition,
    now: DateTime<Utc>,
) -> Result<Option<Vec<String>>> {
    let done = factor::Entity::update_many()
        .col_expr(factor::Column::Secret, Expr::value(sealed))
        .col_expr(factor::Column::Since, Expr::value(now))
        .col_expr(factor::Column::LastStep, Expr::value(step))
        .col_expr(factor::Column::Pending, Expr::value(None::<Vec<u8>>))
        .filter(factor::Column::PersonId.eq(person))
        .filter(condition.into_condition())
        .exec(tx)
        .await?
        .rows_affected;
    if done == 1 { recovery::renew(tx, keys, person, now).await.map(Some) } else { Ok(None) }
}

/// Uses up a code of the app or a recovery code: whether it was right and not used before.
pub(in crate::accounts) async fn spend(
    tx: &Transaction,
    keys: &Keys,
    person: PersonId,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let code = spoken_code::meant(code);
    let Some(found) = of(tx, person).await? else { return Ok(false) };
    let Some(sealed) = found.secret else { return Ok(false) };
    if code.len() != DIGITS {
        return recovery::spend(tx, keys, person, &code, now).await;
    }
    let Some(secret) = open(keys, person, &sealed) else { return Ok(false) };
    let Some(step) = totp::step_of(&secret, &code, now)? else { return Ok(false) };
    let spent = factor::Entity::update_many()
        .col_expr(factor::Column::LastStep, Expr::value(step))
        .filter(factor::Column::PersonId.eq(person))
        .filter(factor::Column::LastStep.lt(step))
        .exec(tx)
        .await?
        .rows_affected;
    Ok(spent == 1)
}

/// Takes the app and its recovery codes away from a person.
pub(super) async fn remove(tx: &Transaction, person: PersonId) -> Result<()> {
    factor::Entity::delete_by_id(person).exec(tx).await?;
    recovery::forget(tx, person).await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_secret_opens_for_its_person_only() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::load(dir.path()).unwrap();
        let [ming, wang] = [1, 2].map(|it| PersonId(Uuid::from_u128(it)));
        let sealed = seal(&keys, ming, b"12345678901234567890");
        assert!(!sealed.windows(4).any(|it| it == b"1234"));
        assert_eq!(open(&keys, ming, &sealed).unwrap(), b"12345678901234567890");
        assert_eq!(open(&keys, wang, &sealed), None);
    }
}
