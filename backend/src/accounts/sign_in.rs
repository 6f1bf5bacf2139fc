//! Signed-in devices and their tokens.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use shared::accounts::{PersonId, SignInId, Tokens};
use uuid::Uuid;

use super::{
    access_token,
    entity::{refresh_token, sign_in},
};
use crate::{
    App, Result,
    keys::{hash, random_token},
};

/// How somebody signed in, which decides how long they stay so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientKind {
    /// WeChat's browser, through the official account.
    OfficialAccount,
    MiniProgram,
    /// Any browser, with user name and password.
    Password,
}

impl ClientKind {
    const fn name(self) -> &'static str {
        match self {
            Self::OfficialAccount => "official_account",
            Self::MiniProgram => "mini_program",
            Self::Password => "password",
        }
    }

    fn lives(self) -> TimeDelta {
        match self {
            Self::OfficialAccount | Self::MiniProgram => TimeDelta::days(30),
            Self::Password => TimeDelta::hours(12),
        }
    }
}

/// Both tokens of a sign-in and whose they are.
pub struct SignedInTokens {
    pub person: PersonId,
    pub access_token: String,
    pub refresh_token: String,
}

impl From<SignedInTokens> for Tokens {
    fn from(tokens: SignedInTokens) -> Self {
        Self {
            access_token: tokens.access_token,
            expires_in: u32::try_from(access_token::LIVES).unwrap_or_default(),
            refresh_token: tokens.refresh_token,
        }
    }
}

/// Signs a person in on a new device.
pub async fn begin(app: &App, person: PersonId, client: ClientKind) -> Result<SignedInTokens> {
    let id = SignInId(Uuid::now_v7());
    let refresh_token = random_token();
    let first = hash(refresh_token.as_bytes());
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                insert(tx, id, person, client, now).await?;
                insert_token(tx, first, id, now).await
            })
        })
        .await?;
    let access_token = access_token_of(app, person, id)?;
    Ok(SignedInTokens { person, access_token, refresh_token })
}

/// A fresh one, dated by the clock that [`access_token::verify`] is asked with: the database's may
/// be ahead of it, and a token from the future is refused.
pub(super) fn access_token_of(app: &App, person: PersonId, sign_in: SignInId) -> Result<String> {
    let key = access_token::signing_key(&app.keys);
    access_token::issue(&key, person, sign_in, app.clock.process_now())
}

async fn insert(
    tx: &DatabaseTransaction,
    id: SignInId,
    person: PersonId,
    client: ClientKind,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = sign_in::ActiveModel {
        id: Set(id),
        person_id: Set(person),
        client: Set(client.name().into()),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(now + client.lives()),
        ended_at: Set(None),
        ended_because: Set(None),
    };
    row.insert(tx).await?;
    Ok(())
}

pub(super) async fn insert_token(
    tx: &DatabaseTransaction,
    hash: Vec<u8>,
    sign_in: SignInId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = refresh_token::ActiveModel {
        hash: Set(hash),
        sign_in_id: Set(sign_in),
        created_at: Set(now),
        used_at: Set(None),
    };
    refresh_token::Entity::insert(row)
        .on_conflict(OnConflict::column(refresh_token::Column::Hash).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Ends a sign-in: its tokens are worth nothing from now on.
pub async fn end(app: &App, id: SignInId, because: &'static str) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move { finish(tx, id, because, clock.now(tx).await?).await })
        })
        .await?;
    app.callers.forget(id).await;
    Ok(())
}

pub(super) async fn finish(
    tx: &DatabaseTransaction,
    id: SignInId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    sign_in::Entity::update_many()
        .col_expr(sign_in::Column::EndedAt, Expr::value(now))
        .col_expr(sign_in::Column::EndedBecause, Expr::value(because))
        .filter(sign_in::Column::Id.eq(id))
        .filter(sign_in::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
