//! The keeper of the mini-program's access token.
//!
//! Guarantees: however many calls need one, in this process and on other servers, each renewal is
//! one call of `stable_token`, never a forced one; while the old token is still good nobody waits
//! for the new one; a late complaint about an old token does not touch its successor.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, sleep, timeout_at},
};

use super::{
    Account, NOBODY_WAITS,
    held_token::{Held, Token, Why},
    reply::number,
    stored_token::{Standing, StoredToken, TokenRow},
    wire::{Call, Failure, Lane},
    within,
};
use crate::{clock::Clock, db::Db, keys::Keys};

const PATH: &str = "/cgi-bin/stable_token";
/// Between two looks at a row that another server renews, and how often to look.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const LOOKS: u32 = 30;
/// After a renewal that failed.
const REST: Duration = Duration::from_secs(10);
/// Cheap to clone.
#[derive(Clone)]
pub(super) struct Tokens(Arc<Keeper>);

struct Keeper {
    account: Account,
    lane: Lane,
    row: TokenRow,
    held: RwLock<Option<Held>>,
    /// When WeChat last refused us a token.
    refused_at: RwLock<Option<Instant>>,
    /// Whoever renews in this process.
    turn: Arc<Mutex<()>>,
}

#[derive(Deserialize)]
struct Issued {
    access_token: SecretString,
    expires_in: Value,
}

impl Tokens {
    pub(super) fn new(account: Account, lane: Lane, db: Db, clock: Clock, keys: Arc<Keys>) -> Self {
        let row = TokenRow { app_id: account.app_id.clone(), db, clock, keys };
        Self(Arc::new(Keeper {
            account,
            lane,
            row,
            held: RwLock::default(),
            refused_at: RwLock::default(),
            turn: Arc::default(),
        }))
    }

    /// A token that is good as far as we know.
    pub(super) async fn current(&self, deadline: Instant) -> Result<Token, Failure> {
        let now = Instant::now();
        match self.0.held() {
            Some(held) if now < held.renew_at => Ok(held.token),
            Some(held) if now < held.expires_at => {
                if let Ok(turn) = self.0.turn.clone().try_lock_owned() {
                    drop(self.begin(turn, Some(held.token.version), Why::Due));
                }
                Ok(held.token)
            }
            held => {
                let outdated = held.map(|it| it.token.version);
                self.renewed(outdated, Why::Due, deadline).await
            }
        }
    }

    /// Another token for the one that WeChat complained about.
    pub(super) async fn instead_of(
        &self,
        token: &Token,
        deadline: Instant,
    ) -> Result<Token, Failure> {
        self.renewed(Some(token.version), Why::Complaint, deadline).await
    }

    async fn renewed(
        &self,
        outdated: Option<i32>,
        why: Why,
        deadline: Instant,
    ) -> Result<Token, Failure> {
        let turn = timeout_at(deadline, self.0.turn.clone().lock_owned()).await;
        let turn = turn.map_err(|_| Failure::NotSent)?;
        // Whoever had the turn before may have done it.
        if let Some(held) = self.0.held().filter(|held| held.serves(outdated, why)) {
            return Ok(held.token);
        }
        let renewal = timeout_at(deadline, self.begin(turn, outdated, why)).await;
        renewal.map_err(|_| Failure::NotSent)?.unwrap_or(Err(Failure::NotSent))
    }

    /// Renews in a task of its own: a caller who gives up leaves no claim behind.
    fn begin(
        &self,
        turn: OwnedMutexGuard<()>,
        outdated: Option<i32>,
        why: Why,
    ) -> tokio::task::JoinHandle<Result<Token, Failure>> {
        let keeper = self.0.clone();
        tokio::spawn(async move {
            let outcome = keeper.renew(outdated, why).await;
            if outcome.is_err() {
                keeper.rest();
            }
            drop(turn);
            outcome
        })
    }
}

impl Keeper {
    fn held(&self) -> Option<Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hold(&self, held: Held) -> Token {
        let token = held.token.clone();
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
        token
    }

    /// The token in hand is gone on with for a while.
    fn rest(&self) {
        if let Some(held) = self.held.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            held.renew_at = held.renew_at.max(Instant::now() + REST);
        }
    }

    async fn renew(&self, outdated: Option<i32>, why: Why) -> Result<Token, Failure> {
        for _ in 0..LOOKS {
            match self.row.look(outdated).await.map_err(|error| not_kept(&error))? {
                Standing::There(stored) => return Ok(self.hold(Held::new(stored, why))),
                Standing::Ours(version) => return self.fetch(version, why).await,
                Standing::Theirs => sleep(LOOK_AGAIN).await,
            }
        }
        Err(Failure::NotSent)
    }

    async fn fetch(&self, version: i32, why: Why) -> Result<Token, Failure> {
        match self.ask().await {
            Ok((value, lives)) => {
                if let Err(error) = self.row.store(version, &value, lives).await {
                    not_kept(&error);
                }
                Ok(self.hold(Held::new(StoredToken { value, version: version + 1, lives }, why)))
            }
            Err(failure) => {
                if let Err(error) = self.row.let_go(version).await {
                    not_kept(&error);
                }
                Err(failure)
            }
        }
    }

    /// The same token as before until its last minutes: `force_refresh` is left to people.
    async fn ask(&self) -> Result<(SecretString, Duration), Failure> {
        self.was_not_just_refused()?;
        let body = json!({
            "grant_type": "client_credential",
            "appid": self.account.app_id,
            "secret": self.account.secret.expose_secret(),
        });
        let answer = self.lane.ask_patiently(&Call::post(PATH, &body), within(NOBODY_WAITS)).await;
        let issued: Issued = answer.inspect_err(|failure| self.note(failure))?;
        let seconds = number(&issued.expires_in).and_then(|it| u64::try_from(it).ok());
        let seconds = seconds.filter(|it| (1..=86_400).contains(it)).ok_or(Failure::NoAnswer)?;
        Ok((issued.access_token, Duration::from_secs(seconds)))
    }

    fn was_not_just_refused(&self) -> Result<(), Failure> {
        let at = *self.refused_at.read().unwrap_or_else(PoisonError::into_inner);
        if at.is_some_and(|at| Instant::now() < at + REST) { Err(Failure::NotSent) } else { Ok(()) }
    }

    fn note(&self, failure: &Failure) {
        if let Failure::Refused(refusal) = failure {
            refusal.alarm(PATH);
            let now = Some(Instant::now());
            *self.refused_at.write().unwrap_or_else(PoisonError::into_inner) = now;
        }
    }
}

fn not_kept(error: &crate::Error) -> Failure {
    tracing::error!(%error, "WeChat's token cannot be shared through the database");
    Failure::NotSent
}
