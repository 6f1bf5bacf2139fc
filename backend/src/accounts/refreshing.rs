//! Refresh tokens: each is exchanged once, for its successor and a fresh access token.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    accounts::{ClientKind, PersonId, SignInId},
    problem::Code,
};

use super::{
    entity::{refresh_token, sign_in as sign_ins},
    people,
    sign_in::{self, SignedInTokens},
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::Transaction,
    keys::{hash, mac},
};

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
    Next(PersonId, SignInId, ClientKind),
    /// The token was used before: somebody else may have it, so nobody keeps the sign-in.
    Reused(SignInId),
    Unknown,
}

/// Exchanges a refresh token for its one successor and a fresh access token.
///
/// Guarantees: a token has one successor, which a device whose answer was lost gets again within
/// thirty seconds, as long as the successor was not used; any later use ends the sign-in.
pub async fn rotate(app: &App, actor: Actor, presented: String) -> Result<SignedInTokens> {
    // The successor follows from the token, so that a lost answer can be given again.
    let key = app.keys.derive("refresh-token-v1");
    let successor = successor_of(&key, &presented);
    let (old, new) = (hash(presented.as_bytes()), hash(successor.as_bytes()));
    let clock = app.clock.clone();
    let rotation = app
        .db
        .write(move |tx| {
            Box::pin(async move { rotate_in(tx, actor, old, new, clock.now(tx).await?).await })
        })
        .await?;
    match rotation {
        Rotation::Next(person, sign_in, client) => {
            sign_in::tokens(app, person, sign_in, client, successor)
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
    tx: &Transaction,
    actor: Actor,
    old: Vec<u8>,
    new: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Rotation> {
    let Some(token) = refresh_token::Entity::find_by_id(old.clone()).one(tx).await? else {
        return Ok(Rotation::Unknown);
    };
    let running = sign_ins::Entity::find_by_id(token.sign_in_id)
        .filter(sign_ins::Column::EndedAt.is_null())
        .filter(sign_ins::Column::ExpiresAt.gt(now))
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
        sign_in::insert_token(tx, new, running.id, now).await?;
        touch(tx, &running, now).await?;
    } else if !answer_was_lost(tx, &token, new, now).await? {
        sign_in::finish(tx, running.id, "refresh_token_reused", now).await?;
        let actor = actor.being(running.person_id).on(running.id);
        let act = actor.was_refused(Event::RefreshTokenReused, running.id);
        audit::record(tx, &act, now).await?;
        return Ok(Rotation::Reused(running.id));
    }
    Ok(Rotation::Next(running.person_id, running.id, running.client))
}

async fn answer_was_lost(
    tx: &Transaction,
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

async fn touch(tx: &Transaction, running: &sign_ins::Model, now: DateTime<Utc>) -> Result<()> {
    let expires_at = sign_in::expiry_after_use(running, now);
    sign_ins::Entity::update_many()
        .col_expr(sign_ins::Column::LastUsedAt, Expr::value(now))
        .col_expr(sign_ins::Column::ExpiresAt, Expr::value(expires_at))
        .filter(sign_ins::Column::Id.eq(running.id))
        .exec(tx)
        .await?;
    Ok(())
}
