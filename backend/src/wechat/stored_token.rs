//! An access token or a ticket as all servers share it: one row for each, which one of them renews at
//! a time.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Result,
    clock::Clock,
    db::{Db, Transaction},
    keys::Keys,
};

/// A server that does not come back with a token leaves renewing to the others after this.
const CLAIM: TimeDelta = TimeDelta::seconds(10);
const PURPOSE: &str = "wechat-token";

mod wechat_token {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "wechat_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub app_id: String,
        pub sealed_token: Option<Vec<u8>>,
        pub expires_at: DateTime<Utc>,
        /// Grows with every renewal.
        pub version: i32,
        /// Until then one server is renewing it.
        pub refreshing_until: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

/// A token, its version and how long it is good for.
pub(super) struct StoredToken {
    pub value: SecretString,
    pub version: i32,
    pub lives: Duration,
}

/// What to do about a token that is needed.
pub(super) enum Standing {
    /// Take this one.
    There(StoredToken),
    /// Renew it: nobody else does. The version it has, and what it was, if there was one.
    Ours(i32, Option<SecretString>),
    /// Somebody else is renewing it.
    Theirs,
}

/// The row of one app, or of one app's ticket.
#[derive(Clone)]
pub(super) struct TokenRow {
    /// What it is found by.
    pub app_id: String,
    pub db: Db,
    pub clock: Clock,
    pub keys: Arc<Keys>,
}

impl TokenRow {
    /// A token whose version is not the `outdated` one, or who is to get it.
    pub(super) async fn look(&self, outdated: Option<i32>) -> Result<Standing> {
        let row = self.clone();
        self.db.write(move |tx| Box::pin(async move { row.look_in(tx, outdated).await })).await
    }

    async fn look_in(&self, tx: &Transaction, outdated: Option<i32>) -> Result<Standing> {
        let now = self.clock.now(tx).await?;
        let (version, former) = match wechat_token::Entity::find_by_id(&self.app_id).one(tx).await?
        {
            Some(row) => match self.open(&row, now) {
                Some(token) if outdated != Some(row.version) => return Ok(Standing::There(token)),
                _ => (row.version, self.value(&row)),
            },
            None => (self.insert(tx, now).await?, None),
        };
        let claim = wechat_token::ActiveModel { refreshing_until: Set(now + CLAIM), ..no_change() };
        let claimed = wechat_token::Entity::update_many()
            .set(claim)
            .filter(wechat_token::Column::AppId.eq(&self.app_id))
            .filter(wechat_token::Column::Version.eq(version))
            .filter(wechat_token::Column::RefreshingUntil.lte(now))
            .exec(tx)
            .await?;
        let ours = claimed.rows_affected == 1;
        Ok(if ours { Standing::Ours(version, former) } else { Standing::Theirs })
    }

    /// The first row of an app, at version 0.
    async fn insert(&self, tx: &Transaction, now: DateTime<Utc>) -> Result<i32> {
        let row = wechat_token::ActiveModel {
            app_id: Set(self.app_id.clone()),
            sealed_token: Set(None),
            expires_at: Set(now),
            version: Set(0),
            refreshing_until: Set(now),
        };
        wechat_token::Entity::insert(row)
            .on_conflict(OnConflict::column(wechat_token::Column::AppId).do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        Ok(0)
    }

    /// What is stored, if it is still good and was sealed with our key.
    fn open(&self, row: &wechat_token::Model, now: DateTime<Utc>) -> Option<StoredToken> {
        let lives = (row.expires_at - now).to_std().ok().filter(|lives| !lives.is_zero())?;
        Some(StoredToken { value: self.value(row)?, version: row.version, lives })
    }

    fn value(&self, row: &wechat_token::Model) -> Option<SecretString> {
        let value = self.keys.open(PURPOSE, row.sealed_token.as_deref()?)?;
        Some(String::from_utf8(value).ok()?.into())
    }

    /// Puts a renewed token in place of the one of this version and lets go of the row.
    pub(super) async fn store(
        &self,
        version: i32,
        value: &SecretString,
        lives: Duration,
    ) -> Result<()> {
        let sealed = self.keys.seal(PURPOSE, value.expose_secret().as_bytes());
        let lives = TimeDelta::from_std(lives).unwrap_or_default();
        self.update(version, move |now| wechat_token::ActiveModel {
            sealed_token: Set(Some(sealed)),
            expires_at: Set(now + lives),
            version: Set(version + 1),
            refreshing_until: Set(now),
            ..no_change()
        })
        .await
    }

    /// Lets go of the row without a token.
    pub(super) async fn let_go(&self, version: i32) -> Result<()> {
        self.update(version, |now| wechat_token::ActiveModel {
            refreshing_until: Set(now),
            ..no_change()
        })
        .await
    }

    async fn update(
        &self,
        version: i32,
        change: impl FnOnce(DateTime<Utc>) -> wechat_token::ActiveModel + Send + 'static,
    ) -> Result<()> {
        let (app_id, clock) = (self.app_id.clone(), self.clock.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let now = clock.now(tx).await?;
                    wechat_token::Entity::update_many()
                        .set(change(now))
                        .filter(wechat_token::Column::AppId.eq(app_id))
                        .filter(wechat_token::Column::Version.eq(version))
                        .exec(tx)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}

fn no_change() -> wechat_token::ActiveModel {
    <wechat_token::ActiveModel as sea_orm::ActiveModelTrait>::default()
}
