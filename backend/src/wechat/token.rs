//! The keeper of what WeChat issues for a while: an account's access token, and the ticket for pages.
//!
//! Guarantees: however many calls need one, in this process and on other servers, each renewal is
//! one call to WeChat; while an old access token is still good nobody waits for the new one; a late
//! complaint about an old one does not touch its successor.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, sleep, timeout_at},
};

use super::{
    held_token::{Held, Token, Why},
    stored_token::{Standing, StoredToken, TokenRow},
    wire::Failure,
};

/// Between two looks at a row that another server renews, and how often to look.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const LOOKS: u32 = 30;
/// After a renewal that failed.
const REST: Duration = Duration::from_secs(10);

/// Where a renewed one comes from.
pub(super) trait Source: Send + Sync + 'static {
    /// The address of the call, for reports.
    const PATH: &'static str;
    /// Whether WeChat gives another one before the present one is over.
    const IN_ADVANCE: bool;

    /// One that is good now, and for how long. `former` is the one that it replaces.
    fn ask(
        &self,
        former: Option<&SecretString>,
    ) -> impl Future<Output = Result<(SecretString, Duration), Failure>> + Send;
}

/// Cheap to clone.
pub(super) struct Tokens<S>(Arc<Keeper<S>>);

impl<S> Clone for Tokens<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

struct Keeper<S> {
    source: S,
    row: TokenRow,
    held: RwLock<Option<Held>>,
    /// When WeChat last refused us one.
    refused_at: RwLock<Option<Instant>>,
    /// Whoever renews in this process.
    turn: Arc<Mutex<()>>,
}

impl<S: Source> Tokens<S> {
    pub(super) fn new(source: S, row: TokenRow) -> Self {
        Self(Arc::new(Keeper {
            source,
            row,
            held: RwLock::default(),
            refused_at: RwLock::default(),
            turn: Arc::default(),
        }))
    }

    /// The name of its row.
    pub(super) fn app_id(&self) -> &str {
        &self.0.row.app_id
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

impl<S: Source> Keeper<S> {
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
                Standing::There(stored) => return Ok(self.hold(Self::taken(stored, why))),
                Standing::Ours(version, former) => {
                    return self.fetch(version, former.as_ref(), why).await;
                }
                Standing::Theirs => sleep(LOOK_AGAIN).await,
            }
        }
        Err(Failure::NotSent)
    }

    fn taken(stored: StoredToken, why: Why) -> Held {
        Held::new(stored, why, S::IN_ADVANCE)
    }

    async fn fetch(
        &self,
        version: i32,
        former: Option<&SecretString>,
        why: Why,
    ) -> Result<Token, Failure> {
        match self.ask(former).await {
            Ok((value, lives)) => {
                if let Err(error) = self.row.store(version, &value, lives).await {
                    not_kept(&error);
                }
                let stored = StoredToken { value, version: version + 1, lives };
                Ok(self.hold(Self::taken(stored, why)))
            }
            Err(failure) => {
                if let Err(error) = self.row.let_go(version).await {
                    not_kept(&error);
                }
                Err(failure)
            }
        }
    }

    async fn ask(
        &self,
        former: Option<&SecretString>,
    ) -> Result<(SecretString, Duration), Failure> {
        self.was_not_just_refused()?;
        self.source.ask(former).await.inspect_err(|failure| self.note(failure))
    }

    fn was_not_just_refused(&self) -> Result<(), Failure> {
        let at = *self.refused_at.read().unwrap_or_else(PoisonError::into_inner);
        if at.is_some_and(|at| Instant::now() < at + REST) { Err(Failure::NotSent) } else { Ok(()) }
    }

    fn note(&self, failure: &Failure) {
        if let Failure::Refused(refusal) = failure {
            refusal.alarm(S::PATH);
            let now = Some(Instant::now());
            *self.refused_at.write().unwrap_or_else(PoisonError::into_inner) = now;
        }
    }
}

fn not_kept(error: &crate::Error) -> Failure {
    tracing::error!(%error, "WeChat's token cannot be shared through the database");
    Failure::NotSent
}
