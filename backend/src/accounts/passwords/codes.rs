//! Codes to set a password with: what a team leader reads out to somebody who stands beside them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use shared::{
    accounts::{PersonId, binding::Invitation},
    problem::Code,
};

use super::entity::password_code;
use crate::{
    App, Result,
    accounts::{entity::person, spoken_code},
    audit::{self, Actor, Event},
    keys::mac,
};

/// Long enough to walk to the PC.
const LIVES: TimeDelta = TimeDelta::minutes(30);
const LENGTH: usize = 8;

/// A new code for a person; those that were not used yet are worth nothing any more.
pub(super) async fn make(
    app: &App,
    actor: Actor,
    person: PersonId,
    by: PersonId,
) -> Result<Invitation> {
    let code = spoken_code::random(LENGTH);
    let hash = hash_of(app, &code);
    let clock = app.clock.clone();
    let expires_at = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let act = actor.did(Event::InvitationMade, person).with("for", "password");
                audit::record(tx, &act, now).await?;
                replace(tx, hash, person, by, now).await
            })
        })
        .await?;
    Ok(Invitation { code, expires_at })
}

/// What a code is found by: too short for a hash without a key.
pub(super) fn hash_of(app: &App, code: &str) -> Vec<u8> {
    mac(&app.keys.derive("password-code-v1"), &[code.as_bytes()]).to_vec()
}

async fn replace(
    tx: &DatabaseTransaction,
    hash: Vec<u8>,
    person: PersonId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>> {
    // Two who make codes for one person take turns, so that one code remains.
    person::Entity::find_by_id(person).lock_exclusive().one(tx).await?;
    password_code::Entity::delete_many()
        .filter(password_code::Column::PersonId.eq(person))
        .filter(password_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    let row = password_code::ActiveModel {
        hash: Set(hash),
        person_id: Set(person),
        made_by: Set(by),
        created_at: Set(now),
        expires_at: Set(now + LIVES),
        used_at: Set(None),
    };
    Ok(row.insert(tx).await?.expires_at)
}

/// The active person whose staff number and code these are.
///
/// # Errors
/// `binding_refused`, after the same work whatever is wrong.
pub(super) async fn holder(
    db: &impl ConnectionTrait,
    hash: &[u8],
    staff_number: &str,
    now: DateTime<Utc>,
) -> Result<PersonId> {
    let made = password_code::Entity::find_by_id(hash.to_vec())
        .filter(password_code::Column::UsedAt.is_null())
        .filter(password_code::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    let numbered = person::Entity::find()
        .filter(person::Column::StaffNumber.eq(staff_number))
        .filter(person::Column::Active.eq(true))
        .one(db)
        .await?;
    match (made, numbered) {
        (Some(made), Some(numbered)) if made.person_id == numbered.id => Ok(numbered.id),
        _ => Err(Code::BindingRefused.into()),
    }
}

/// Uses a code up; of many who try at once, one can.
pub(super) async fn spend(
    tx: &DatabaseTransaction,
    hash: Vec<u8>,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let spent = password_code::Entity::update_many()
        .col_expr(password_code::Column::UsedAt, Expr::value(now))
        .filter(password_code::Column::Hash.eq(hash))
        .filter(password_code::Column::PersonId.eq(person))
        .filter(password_code::Column::UsedAt.is_null())
        .filter(password_code::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?
        .rows_affected;
    if spent == 1 { Ok(()) } else { Err(Code::BindingRefused.into()) }
}
