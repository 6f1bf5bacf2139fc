//! Recovery codes: for the day when the phone is gone.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use shared::accounts::PersonId;

use super::entity::recovery_code;
use crate::{
    Result,
    accounts::spoken_code,
    db::{Connection, Transaction},
    keys::{Keys, mac},
};

const COUNT: usize = 10;
const LENGTH: usize = 10;

/// New ones in place of all before.
pub(super) async fn renew(
    tx: &Transaction,
    keys: &Keys,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    forget(tx, person).await?;
    let codes: Vec<_> =
        std::iter::repeat_with(|| spoken_code::random(LENGTH)).take(COUNT).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        hash: Set(hash(keys, person, code)),
        person_id: Set(person),
        created_at: Set(now),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

/// As it is easier to copy: `ABCDE-FGHJK`.
fn grouped(code: &str) -> String {
    let (first, second) = code.split_at(LENGTH / 2);
    format!("{first}-{second}")
}

fn hash(keys: &Keys, person: PersonId, code: &str) -> Vec<u8> {
    mac(&keys.derive("recovery-code-v1"), &[person.0.as_bytes(), code.as_bytes()]).to_vec()
}

pub(super) async fn forget(tx: &Transaction, person: PersonId) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::PersonId.eq(person))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many were not used.
pub(super) async fn left(db: &Connection, person: PersonId) -> Result<u32> {
    let unused = recovery_code::Entity::find()
        .filter(recovery_code::Column::PersonId.eq(person))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(u32::try_from(unused.count(db).await?).unwrap_or_default())
}

/// Uses a code up; of many who try at once, one can.
pub(super) async fn spend(
    tx: &Transaction,
    keys: &Keys,
    person: PersonId,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let spent = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::Hash.eq(hash(keys, person, code)))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?
        .rows_affected;
    Ok(spent == 1)
}
