//! The official account's ticket, by which pages prove that they may use WeChat's scanner.

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::{
    NOBODY_WAITS, reply,
    stable_token::{StableToken, life_of_what_stays},
    stored_token::TokenRow,
    token::{Source, Tokens},
    wire::{Call, Failure, Lane, once_more_if_busy},
    within,
};

pub(super) struct PageTicket {
    tokens: Tokens<StableToken>,
    lane: Lane,
}

impl PageTicket {
    /// The tickets, shared through a row beside that of the account's tokens.
    pub(super) fn kept(tokens: Tokens<StableToken>, lane: Lane, row: &TokenRow) -> Tokens<Self> {
        let row = TokenRow { app_id: format!("{} jsapi", tokens.app_id()), ..row.clone() };
        Tokens::new(Self { tokens, lane }, row)
    }
}

#[derive(Deserialize)]
struct Issued {
    ticket: SecretString,
    expires_in: Value,
}

impl Source for PageTicket {
    const PATH: &'static str = "/cgi-bin/ticket/getticket";
    const IN_ADVANCE: bool = false;

    async fn ask(
        &self,
        former: Option<&SecretString>,
    ) -> Result<(SecretString, Duration), Failure> {
        let call = Call::get(Self::PATH, vec![("type", "jsapi")]);
        let deadline = within(NOBODY_WAITS);
        let ask = || self.tokens.ask(&self.lane, &call, deadline, reply::read::<Issued>);
        let Issued { ticket, expires_in } = once_more_if_busy(ask).await?;
        let lives = life_of_what_stays(&ticket, former, &expires_in)?;
        Ok((ticket, lives))
    }
}
