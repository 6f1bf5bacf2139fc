//! Codes that a team leader reads out to somebody who stands beside them: good once, for one purpose.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use shared::{
    accounts::{PersonId, binding::Invitation},
    problem::Code,
};

use super::{
    entity::{one_time_code, person},
    spoken_code,
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
    keys::mac,
};

const LENGTH: usize = 8;

/// What a code is good for. One of the one purpose is unknown to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Binding a WeChat.
    Binding,
    /// Setting a password.
    Password,
}

impl Purpose {
    /// As the table has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::Password => "password",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Binding => "invitation-v1",
            Self::Password => "password-code-v1",
        }
    }

    /// How long somebody has to use a code: to walk to the PC, or to find the phone.
    fn lives(self) -> TimeDelta {
        match self {
            Self::Binding => TimeDelta::days(7),
            Self::Password => TimeDelta::minutes(30),
        }
    }
}

/// A new code for a person; those for this purpose that were not used yet are worth nothing any more.
pub(super) async fn make(
    app: &App,
    actor: Actor,
    purpose: Purpose,
    person: PersonId,
    by: PersonId,
) -> Result<Invitation> {
    let code = spoken_code::random(LENGTH);
    let hash = hash_of(app, purpose, &code);
    let clock = app.clock.clone();
    let expires_at = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let act = actor.did(Event::InvitationMade, person).with("for", purpose.name());
                audit::record(tx, &act, now).await?;
                replace(tx, hash, purpose, (person, by), now).await
            })
        })
        .await?;
    Ok(Invitation { code, expires_at })
}

/// What a code is found by: too short for a hash without a key.
pub(super) fn hash_of(app: &App, purpose: Purpose, code: &str) -> Vec<u8> {
    mac(&app.keys.derive(purpose.key()), &[code.as_bytes()]).to_vec()
}

async fn replace(
    tx: &Transaction,
    hash: Vec<u8>,
    purpose: Purpose,
    (person, by): (PersonId, PersonId),
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>> {
    // Two who make codes for one person take turns, so that one code remains.
    person::Entity::find_by_id(person).lock_exclusive().one(tx).await?;
    one_time_code::Entity::delete_many()
        .filter(one_time_code::Column::PersonId.eq(person))
        .filter(one_time_code::Column::Purpose.eq(purpose.name()))
        .filter(one_time_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    let row = one_time_code::ActiveModel {
        hash: Set(hash),
        purpose: Set(purpose.name().into()),
        person_id: Set(person),
        made_by: Set(by),
        created_at: Set(now),
        expires_at: Set(now + purpose.lives()),
        used_at: Set(None),
    };
    Ok(row.insert(tx).await?.expires_at)
}

/// The active person whose staff number and code these are, if `fits` finds nothing wrong with them.
///
/// # Errors
/// `binding_refused`, after the same work whatever is wrong.
pub(super) async fn holder(
    db: &Connection,
    hash: &[u8],
    staff_number: &str,
    fits: impl FnOnce(&person::Model) -> bool,
    now: DateTime<Utc>,
) -> Result<PersonId> {
    let made = one_time_code::Entity::find_by_id(hash.to_vec())
        .filter(one_time_code::Column::UsedAt.is_null())
        .filter(one_time_code::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    let numbered = person::Entity::find()
        .filter(person::Column::StaffNumber.eq(staff_number))
        .filter(person::Column::Active.eq(true))
        .one(db)
        .await?;
    match (made, numbered.filter(fits)) {
        (Some(made), Some(numbered)) if made.person_id == numbered.id => Ok(numbered.id),
        _ => Err(Code::BindingRefused.into()),
    }
}

/// Uses a code up; of many who try at once, one can.
///
/// # Errors
/// `binding_refused` for all others.
pub(super) async fn spend(
    tx: &Transaction,
    hash: Vec<u8>,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let spent = one_time_code::Entity::update_many()
        .col_expr(one_time_code::Column::UsedAt, Expr::value(now))
        .filter(one_time_code::Column::Hash.eq(hash))
        .filter(one_time_code::Column::PersonId.eq(person))
        .filter(one_time_code::Column::UsedAt.is_null())
        .filter(one_time_code::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?
        .rows_affected;
    if spent == 1 { Ok(()) } else { Err(Code::BindingRefused.into()) }
}

/// Forgets the codes that were made for somebody.
pub(super) async fn forget(tx: &Transaction, person: PersonId) -> Result<()> {
    let of_them = one_time_code::Column::PersonId.eq(person);
    one_time_code::Entity::delete_many().filter(of_them).exec(tx).await?;
    Ok(())
}
