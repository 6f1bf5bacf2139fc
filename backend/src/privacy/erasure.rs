//! Those who left are forgotten: a pseudonym stands for them. Results, attendance and the audit log
//! hold ids only, so they stay as they are and can still be verified.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait};
use shared::accounts::PersonId;

use super::{consent, entity::erasure};
use crate::{
    App, Result, accounts,
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
    learning, notifications, roster, training,
};

/// Erases somebody who left; nothing happens where they were erased before.
///
/// # Errors
/// `not_found`, and `invalid_request` for somebody who is on post.
pub async fn erase(app: &App, actor: Actor, person: PersonId) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                // Nobody returns meanwhile.
                roster::lock_roster(tx).await?;
                let now = clock.now(tx).await?;
                if is_erased(tx, person).await? {
                    return Ok(());
                }
                forget(tx, actor, person, now).await
            })
        })
        .await?;
    app.callers.forget_all();
    Ok(())
}

async fn forget(
    tx: &Transaction,
    actor: Actor,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let erased = accounts::erase(tx, person).await?;
    roster::erase(tx, person).await?;
    notifications::erase(tx, person).await?;
    training::erase(tx, person).await?;
    learning::erase(tx, person).await?;
    consent::unlink(tx, person).await?;
    let row = erasure::ActiveModel { person_id: Set(person), erased_at: Set(now) };
    erasure::Entity::insert(row).exec_without_returning(tx).await?;
    let act = actor.did(Event::PersonErased, person).within(erased.organization_id);
    audit::record(tx, &act, now).await
}

/// Whether somebody is known by a pseudonym only.
pub async fn is_erased(db: &Connection, person: PersonId) -> Result<bool> {
    Ok(erasure::Entity::find_by_id(person).one(db).await?.is_some())
}
