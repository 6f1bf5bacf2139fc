//! The access token of an application in WeCom.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use super::{
    Account, NOBODY_WAITS,
    stable_token::life_of_what_stays,
    stored_token::TokenRow,
    token::{Source, Tokens},
    wire::{Call, Failure, Lane},
    within,
};

/// `gettoken`, which gives the same one until it is over.
pub(super) struct CorpToken {
    corp_id: String,
    secret: SecretString,
    lane: Lane,
}

impl CorpToken {
    /// The application's tokens, shared through a row under the name that the company has as an app.
    pub(super) fn kept(
        account: &Account,
        corp_id: &str,
        lane: Lane,
        row: &TokenRow,
    ) -> Tokens<Self> {
        let row = TokenRow { app_id: account.app_id.clone(), ..row.clone() };
        let secret = account.secret.clone();
        Tokens::new(Self { corp_id: corp_id.to_owned(), secret, lane }, row)
    }
}

#[derive(Deserialize)]
struct Issued {
    access_token: SecretString,
    expires_in: Value,
}

impl Source for CorpToken {
    const PATH: &'static str = "/cgi-bin/gettoken";
    const IN_ADVANCE: bool = false;

    async fn ask(
        &self,
        former: Option<&SecretString>,
    ) -> Result<(SecretString, Duration), Failure> {
        let query =
            vec![("corpid", self.corp_id.as_str()), ("corpsecret", self.secret.expose_secret())];
        let call = Call::get(Self::PATH, query);
        let issued: Issued = self.lane.ask_patiently(&call, within(NOBODY_WAITS)).await?;
        let lives = life_of_what_stays(&issued.access_token, former, &issued.expires_in)?;
        Ok((issued.access_token, lives))
    }
}
