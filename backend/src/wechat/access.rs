//! Calls that carry an account's access token.

use tokio::time::Instant;

use super::{
    Inner,
    reply::Refusal,
    token::{Source, Tokens},
    wire::{Call, Failure, Lane},
};
use secrecy::ExposeSecret;

impl Inner {
    /// Asks on behalf of the mini-program.
    pub(super) async fn ask_with_token<T>(
        &self,
        lane: &Lane,
        call: &Call<'_>,
        deadline: Instant,
        read: fn(&[u8]) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.tokens.ask(lane, call, deadline, read).await
    }
}

impl<S: Source> Tokens<S> {
    /// Asks with the current token; if WeChat complains about that token, once more with the one
    /// that replaces it.
    pub(super) async fn ask<T>(
        &self,
        lane: &Lane,
        call: &Call<'_>,
        deadline: Instant,
        read: fn(&[u8]) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let token = self.current(deadline).await.map_err(without_token)?;
        let mut with_token = call.clone();
        with_token.query.push(("access_token", token.value.expose_secret()));
        match lane.ask(&with_token, deadline, read).await {
            Err(Failure::Refused(refusal)) if refusal.is_about_the_token() => {}
            other => return other,
        }
        let fresh = self.instead_of(&token, deadline).await.map_err(without_token)?;
        let mut again = call.clone();
        again.query.push(("access_token", fresh.value.expose_secret()));
        let outcome = lane.ask(&again, deadline, read).await;
        if let Err(Failure::Refused(refusal)) = &outcome
            && refusal.is_about_the_token()
        {
            refusal.alarm(call.path);
        }
        outcome
    }
}

/// Whatever became of the call for a token, the call that needed it was not made.
fn without_token(failure: Failure) -> Failure {
    match failure {
        Failure::Resting => Failure::Resting,
        Failure::Refused(refusal) if refusal.errcode != Refusal::BUSY => Failure::Refused(refusal),
        _ => Failure::NotSent,
    }
}
