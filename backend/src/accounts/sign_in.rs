//! Signed-in devices and their tokens.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::{PersonId, SignInId, Tokens},
    problem::Code,
};
use uuid::Uuid;

use super::{
    access_token,
    entity::{refresh_token, sign_in},
    people,
};
use crate::{
    App, Result,
    keys::{hash, mac, random_token},
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
fn access_token_of(app: &App, person: PersonId, sign_in: SignInId) -> Result<String> {
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

async fn insert_token(
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

/// A device that did not get the answer may ask again this long.
const LOST_REPLY: TimeDelta = TimeDelta::seconds(30);

/// The sign-in that a refresh token stands for, which may have ended: nothing where the token is
/// unknown or was replaced more than thirty seconds ago. Uses nothing up.
pub(super) async fn of_refresh_token(app: &App, token: &str) -> Result<Option<SignInId>> {
    let row = refresh_token::Entity::find_by_id(hash(token.as_bytes())).one(app.db.read()).await?;
    let now = app.clock.process_now();
    let stands = |used: DateTime<Utc>| now - used <= LOST_REPLY;
    Ok(row.filter(|it| it.used_at.is_none_or(stands)).map(|it| it.sign_in_id))
}

enum Rotation {
    Next(PersonId, SignInId),
    /// The token was used before: somebody else may have it, so nobody keeps the sign-in.
    Reused(SignInId),
    Unknown,
}

/// Exchanges a refresh token for its one successor and a fresh access token.
///
/// Guarantees: a token has one successor, which a device whose answer was lost gets again within
/// thirty seconds, as long as the successor was not used; any later use ends the sign-in.
pub async fn rotate(app: &App, presented: String) -> Result<SignedInTokens> {
    // The successor follows from the token, so that a lost answer can be given again.
    let key = app.keys.derive("refresh-token-v1");
    let successor = successor_of(&key, &presented);
    let (old, new) = (hash(presented.as_bytes()), hash(successor.as_bytes()));
    let clock = app.clock.clone();
    let rotation = app
        .db
        .write(move |tx| {
            Box::pin(async move { rotate_in(tx, old, new, clock.now(tx).await?).await })
        })
        .await?;
    match rotation {
        Rotation::Next(person, sign_in) => {
            let access_token = access_token_of(app, person, sign_in)?;
            Ok(SignedInTokens { person, access_token, refresh_token: successor })
        }
        Rotation::Reused(sign_in) => {
            tracing::warn!(%sign_in, "a refresh token was used twice; the sign-in is ended");
            app.callers.forget(sign_in).await;
            Err(Code::NotSignedIn.into())
        }
        Rotation::Unknown => Err(Code::NotSignedIn.into()),
    }
}

fn successor_of(key: &[u8], token: &str) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(mac(key, &[token.as_bytes()]))
}

async fn rotate_in(
    tx: &DatabaseTransaction,
    old: Vec<u8>,
    new: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Rotation> {
    let Some(token) = refresh_token::Entity::find_by_id(old.clone()).one(tx).await? else {
        return Ok(Rotation::Unknown);
    };
    let running = sign_in::Entity::find_by_id(token.sign_in_id)
        .filter(sign_in::Column::EndedAt.is_null())
        .filter(sign_in::Column::ExpiresAt.gt(now))
        .one(tx)
        .await?;
    let Some(running) = running else { return Ok(Rotation::Unknown) };
    if people::active_name(tx, running.person_id).await?.is_none() {
        return Ok(Rotation::Unknown);
    }
    let first = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .filter(refresh_token::Column::Hash.eq(old))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(tx)
        .await?
        .rows_affected
        == 1;
    if first {
        insert_token(tx, new, running.id, now).await?;
        touch(tx, running.id, now).await?;
    } else if !answer_was_lost(tx, &token, new, now).await? {
        finish(tx, running.id, "refresh_token_reused", now).await?;
        return Ok(Rotation::Reused(running.id));
    }
    Ok(Rotation::Next(running.person_id, running.id))
}

async fn answer_was_lost(
    tx: &DatabaseTransaction,
    token: &refresh_token::Model,
    successor: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<bool> {
    // On PostgreSQL the loser of a race read the token before the winner marked it.
    let used_at = token.used_at.unwrap_or(now);
    let unused = refresh_token::Entity::find_by_id(successor)
        .filter(refresh_token::Column::UsedAt.is_null())
        .one(tx)
        .await?;
    Ok(now - used_at <= LOST_REPLY && unused.is_some())
}

async fn touch(tx: &DatabaseTransaction, id: SignInId, now: DateTime<Utc>) -> Result<()> {
    sign_in::Entity::update_many()
        .col_expr(sign_in::Column::LastUsedAt, Expr::value(now))
        .filter(sign_in::Column::Id.eq(id))
        .exec(tx)
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

async fn finish(
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
