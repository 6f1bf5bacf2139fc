//! Signed-in devices and their tokens.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::accounts::{ClientKind, PersonId, SignInId, Tokens};
use uuid::Uuid;

use super::{
    access_token,
    entity::{refresh_token, sign_in},
};
use crate::{
    App, Result,
    keys::{hash, random_token},
};

/// How long a sign-in lasts at most.
fn lives(client: ClientKind) -> TimeDelta {
    match client {
        ClientKind::OfficialAccount | ClientKind::MiniProgram => TimeDelta::days(30),
        ClientKind::Password => TimeDelta::hours(12),
        ClientKind::WebView => TimeDelta::hours(2),
    }
}

/// How long a sign-in lasts that is not used: an office PC is left behind signed in, a phone is not.
fn idle(client: ClientKind) -> Option<TimeDelta> {
    (client == ClientKind::Password).then(|| TimeDelta::hours(2))
}

/// When a sign-in that is used now ends by itself.
pub(super) fn expiry_after_use(it: &sign_in::Model, now: DateTime<Utc>) -> DateTime<Utc> {
    match idle(it.client) {
        Some(idle) => (it.created_at + lives(it.client)).min(now + idle),
        None => it.expires_at,
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
    let new = NewSignIn::new();
    let (id, first) = (new.id, new.first());
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
    new.tokens(app, person)
}

/// A sign-in that is about to begin, and its secret.
pub(super) struct NewSignIn {
    pub id: SignInId,
    refresh_token: String,
}

impl NewSignIn {
    pub(super) fn new() -> Self {
        Self { id: SignInId(Uuid::now_v7()), refresh_token: random_token() }
    }

    /// What its first refresh token is found by.
    pub(super) fn first(&self) -> Vec<u8> {
        hash(self.refresh_token.as_bytes())
    }

    /// Its tokens, once it is in the database.
    pub(super) fn tokens(self, app: &App, person: PersonId) -> Result<SignedInTokens> {
        let access_token = access_token_of(app, person, self.id)?;
        Ok(SignedInTokens { person, access_token, refresh_token: self.refresh_token })
    }
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
        client: Set(client),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(now + idle(client).unwrap_or_else(|| lives(client))),
        ended_at: Set(None),
        ended_because: Set(None),
        parent_id: Set(None),
    };
    row.insert(tx).await?;
    Ok(())
}

/// Begins a sign-in of a web view, which ends with the mini-program's.
pub(super) async fn insert_child(
    tx: &DatabaseTransaction,
    id: SignInId,
    first: Vec<u8>,
    parent: &sign_in::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = sign_in::ActiveModel {
        id: Set(id),
        person_id: Set(parent.person_id),
        client: Set(ClientKind::WebView),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(parent.expires_at.min(now + lives(ClientKind::WebView))),
        ended_at: Set(None),
        ended_because: Set(None),
        parent_id: Set(Some(parent.id)),
    };
    row.insert(tx).await?;
    insert_token(tx, first, id, now).await
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

/// Ends a sign-in and those of its web views.
pub(super) async fn finish(
    tx: &DatabaseTransaction,
    id: SignInId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let family =
        Condition::any().add(sign_in::Column::Id.eq(id)).add(sign_in::Column::ParentId.eq(id));
    sign_in::Entity::update_many()
        .col_expr(sign_in::Column::EndedAt, Expr::value(now))
        .col_expr(sign_in::Column::EndedBecause, Expr::value(because))
        .filter(family)
        .filter(sign_in::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all of a person's sign-ins through WeChat: which they were.
pub(super) async fn finish_of_wechat(
    tx: &DatabaseTransaction,
    person: PersonId,
    because: &str,
    now: DateTime<Utc>,
) -> Result<Vec<SignInId>> {
    let running: Vec<SignInId> = sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::Id)
        .filter(sign_in::Column::PersonId.eq(person))
        .filter(sign_in::Column::Client.ne(ClientKind::Password))
        .filter(sign_in::Column::EndedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    for id in &running {
        finish(tx, *id, because, now).await?;
    }
    Ok(running)
}
