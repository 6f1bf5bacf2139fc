//! Forgets sign-ins that have been over for long.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use shared::accounts::SignInId;

use super::{
    binding,
    entity::{refresh_token, sign_in, web_ticket},
};
use crate::{App, Result, db::Transaction};

/// How long one can look up who was signed in where.
const REMEMBERED: TimeDelta = TimeDelta::days(90);

/// Forgotten in one transaction, so that nobody's write waits long.
const AT_ONCE: u64 = 200;

/// Forgets the sign-ins that ended or expired long ago, with their refresh tokens; to be run once in
/// a while.
pub async fn forget_old_sign_ins(app: &App) -> Result<()> {
    loop {
        let clock = app.clock.clone();
        let forgotten = app
            .db
            .write(move |tx| Box::pin(async move { forget_some(tx, clock.now(tx).await?).await }))
            .await?;
        if forgotten < AT_ONCE {
            return Ok(());
        }
    }
}

async fn forget_some(tx: &Transaction, now: DateTime<Utc>) -> Result<u64> {
    let over = Condition::any()
        .add(sign_in::Column::EndedAt.lt(now - REMEMBERED))
        .add(sign_in::Column::ExpiresAt.lt(now - REMEMBERED));
    let mut ids: Vec<SignInId> = sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::Id)
        .filter(over)
        .limit(AT_ONCE)
        .into_tuple()
        .all(tx)
        .await?;
    binding::forget_old_claims(tx, now).await?;
    let forgotten = ids.len() as u64;
    // Those of web views ended with their parents', at the latest.
    let children = sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::Id)
        .filter(sign_in::Column::ParentId.is_in(ids.clone()));
    ids.extend(children.into_tuple::<SignInId>().all(tx).await?);
    delete(tx, ids).await?;
    Ok(forgotten)
}

/// Deletes sign-ins and all that hangs on them.
pub(super) async fn delete(tx: &Transaction, ids: Vec<SignInId>) -> Result<()> {
    web_ticket::Entity::delete_many()
        .filter(web_ticket::Column::SignInId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::SignInId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    sign_in::Entity::delete_many().filter(sign_in::Column::Id.is_in(ids)).exec(tx).await?;
    Ok(())
}
