//! Signed-in devices and their tokens.

mod ending;
mod lasting;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use shared::accounts::{ClientKind, PersonId, Role, SignInId, Tokens};
use uuid::Uuid;

pub use ending::end;
pub(super) use ending::{finish, finish_of_password, finish_of_wechat};
pub(super) use lasting::expiry_after_use;
use lasting::{idle, lives};

use super::{
    access_token, caller,
    entity::{refresh_token, sign_in},
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::Transaction,
    keys::{hash, random_token},
};

/// Whether somebody with these roles works in the console.
pub(super) fn is_console(roles: &[Role]) -> bool {
    roles.iter().any(|role| !matches!(role, Role::Learner | Role::TeamLeader))
}

/// Both tokens of a sign-in and whose they are.
pub struct SignedInTokens {
    pub person: PersonId,
    pub sign_in: SignInId,
    pub access_token: String,
    /// Seconds that the access token lives.
    pub expires_in: u32,
    pub refresh_token: String,
}

impl From<SignedInTokens> for Tokens {
    fn from(tokens: SignedInTokens) -> Self {
        Self {
            access_token: tokens.access_token,
            expires_in: tokens.expires_in,
            refresh_token: tokens.refresh_token,
        }
    }
}

/// Signs a person in on a new device.
pub async fn begin(
    app: &App,
    actor: Actor,
    person: PersonId,
    client: ClientKind,
) -> Result<SignedInTokens> {
    write_down(app, actor, person, NewSignIn::new(client), false).await
}

/// Signs a person in who has just proven by more than a device who they are.
pub async fn begin_proven(
    app: &App,
    actor: Actor,
    person: PersonId,
    client: ClientKind,
) -> Result<SignedInTokens> {
    write_down(app, actor, person, NewSignIn::new(client), true).await
}

/// Signs a person in whose password was right.
pub(super) async fn begin_with_password(
    app: &App,
    actor: Actor,
    person: PersonId,
) -> Result<SignedInTokens> {
    write_down(app, actor, person, NewSignIn::by_password(app, person).await?, true).await
}

async fn write_down(
    app: &App,
    actor: Actor,
    person: PersonId,
    new: NewSignIn,
    proven: bool,
) -> Result<SignedInTokens> {
    let (row, clock) = (new.row(person, proven), app.clock.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move { insert(tx, row, actor, clock.now(tx).await?).await })
        })
        .await?;
    new.tokens(app, person)
}

/// A sign-in that is about to begin, and its secret.
pub(super) struct NewSignIn {
    pub id: SignInId,
    client: ClientKind,
    refresh_token: String,
}

/// A sign-in as it is written down.
pub(super) struct Row {
    id: SignInId,
    person: PersonId,
    client: ClientKind,
    /// Whether the person has just proven by more than a device who they are.
    proven: bool,
    first: Vec<u8>,
}

impl NewSignIn {
    pub(super) fn new(client: ClientKind) -> Self {
        Self { id: SignInId(Uuid::now_v7()), client, refresh_token: random_token() }
    }

    /// One of a browser, by password: it lasts shorter for those who may share the PC.
    pub(super) async fn by_password(app: &App, person: PersonId) -> Result<Self> {
        let console = is_console(&caller::roles(app.db.read(), person).await?);
        Ok(Self::new(if console { ClientKind::Password } else { ClientKind::Kiosk }))
    }

    /// What its first refresh token is found by.
    pub(super) fn first(&self) -> Vec<u8> {
        hash(self.refresh_token.as_bytes())
    }

    pub(super) fn row(&self, person: PersonId, proven: bool) -> Row {
        Row { id: self.id, person, client: self.client, proven, first: self.first() }
    }

    /// Its tokens, once it is in the database.
    pub(super) fn tokens(self, app: &App, person: PersonId) -> Result<SignedInTokens> {
        tokens(app, person, self.id, self.client, self.refresh_token)
    }
}

/// A fresh access token beside a refresh token, dated by the clock that [`access_token::verify`] is
/// asked with: the database's may be ahead of it, and a token from the future is refused.
pub(super) fn tokens(
    app: &App,
    person: PersonId,
    sign_in: SignInId,
    client: ClientKind,
    refresh_token: String,
) -> Result<SignedInTokens> {
    let key = access_token::signing_key(&app.keys);
    // Short where idling is counted in minutes: only refreshing says that somebody is there.
    let lives = if client == ClientKind::Kiosk { 120 } else { access_token::LIVES };
    let now = app.clock.process_now();
    let access_token = access_token::issue(&key, person, sign_in, now, lives)?;
    let expires_in = u32::try_from(lives).unwrap_or_default();
    Ok(SignedInTokens { person, sign_in, access_token, expires_in, refresh_token })
}

/// Writes a sign-in down.
pub(super) async fn insert(
    tx: &Transaction,
    row: Row,
    actor: Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    let Row { id, person, client, proven, first } = row;
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
        stepped_up_at: Set(proven.then_some(now)),
    };
    row.insert(tx).await?;
    insert_token(tx, first, id, now).await?;
    let act = actor.being(person).on(id).did(Event::SignedIn, id);
    audit::record(tx, &act.with("client", client), now).await
}

/// Begins a sign-in of a web view, which ends with the mini-program's.
pub(super) async fn insert_child(
    tx: &Transaction,
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
        stepped_up_at: Set(None),
    };
    row.insert(tx).await?;
    insert_token(tx, first, id, now).await
}

pub(super) async fn insert_token(
    tx: &Transaction,
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
