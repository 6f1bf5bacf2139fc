//! Claims: a WeChat on its way from WeChat's word to the form, so that no openid is in a form.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use shared::{accounts::binding::BindingClaim, problem::Code};

use crate::{
    App, Result,
    accounts::entity::binding_claim,
    db::{Connection, Transaction},
    keys::{hash, random_token},
    wechat::WeChatIdentity,
};

/// Long enough to walk over to the team leader for a code.
pub(super) const LIVES: TimeDelta = TimeDelta::minutes(30);

/// A claim on the WeChat that has just shown up.
///
/// # Errors
/// Where the database does not take it.
pub async fn give(app: &App, identity: WeChatIdentity) -> Result<BindingClaim> {
    let claim = random_token();
    let hashed = hash(claim.as_bytes());
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move { insert(tx, hashed, identity, clock.now(tx).await?).await })
        })
        .await?;
    let expires_in = u32::try_from(LIVES.num_seconds()).unwrap_or_default();
    Ok(BindingClaim { claim, expires_in })
}

async fn insert(
    tx: &Transaction,
    hash: Vec<u8>,
    identity: WeChatIdentity,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = binding_claim::ActiveModel {
        hash: Set(hash),
        app_id: Set(identity.app_id),
        openid: Set(identity.openid),
        unionid: Set(identity.unionid),
        created_at: Set(now),
        expires_at: Set(now + LIVES),
    };
    row.insert(tx).await?;
    Ok(())
}

/// The WeChat that a claim stands for, in the app that it was made for.
///
/// # Errors
/// `binding_over` for any other claim.
pub(super) async fn find(
    db: &Connection,
    hash: &[u8],
    app_id: &str,
    now: DateTime<Utc>,
) -> Result<WeChatIdentity> {
    let found = binding_claim::Entity::find_by_id(hash.to_vec())
        .filter(binding_claim::Column::AppId.eq(app_id))
        .filter(binding_claim::Column::ExpiresAt.gt(now))
        .one(db)
        .await?
        .ok_or(Code::BindingOver)?;
    Ok(WeChatIdentity { app_id: found.app_id, openid: found.openid, unionid: found.unionid })
}

/// Uses a claim up; of many who try at once, one can.
pub(super) async fn spend(tx: &Transaction, hash: Vec<u8>, now: DateTime<Utc>) -> Result<()> {
    let spent = binding_claim::Entity::delete_many()
        .filter(binding_claim::Column::Hash.eq(hash))
        .filter(binding_claim::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?
        .rows_affected;
    if spent == 1 { Ok(()) } else { Err(Code::BindingOver.into()) }
}

/// Forgets the claims that nobody used.
pub(crate) async fn forget_old(tx: &Transaction, now: DateTime<Utc>) -> Result<()> {
    binding_claim::Entity::delete_many()
        .filter(binding_claim::Column::ExpiresAt.lt(now - TimeDelta::days(1)))
        .exec(tx)
        .await?;
    Ok(())
}
