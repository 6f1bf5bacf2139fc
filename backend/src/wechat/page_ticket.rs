//! The official account's ticket, by which pages prove that they may use WeChat's scanner.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use super::{
    NOBODY_WAITS, reply,
    stable_token::{StableToken, life},
    stored_token::TokenRow,
    token::{Source, Tokens},
    wire::{Call, Failure, Lane, once_more_if_busy},
    within,
};

/// WeChat answers with the same ticket until it is over, and with its full life each time. So a
/// ticket that we have had before is near its end, whatever is said of it.
const SAME_AGAIN: Duration = Duration::from_mins(5);

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
        let same = former.is_some_and(|it| it.expose_secret() == ticket.expose_secret());
        let lives = life(&expires_in)?;
        Ok((ticket, if same { lives.min(SAME_AGAIN) } else { lives }))
    }
}
