//! An account's access token.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Account, NOBODY_WAITS,
    reply::number,
    stored_token::TokenRow,
    token::{Source, Tokens},
    wire::{Call, Failure, Lane},
    within,
};

/// The longest life that is believed, in seconds.
const LONGEST: u64 = 86_400;
/// What is given again until it is over claims its full life each time. So one that we have had before
/// is near its end, whatever is said of it.
const SAME_AGAIN: Duration = Duration::from_mins(5);

/// `stable_token`, never forced.
pub(super) struct StableToken {
    account: Account,
    lane: Lane,
}

impl StableToken {
    /// The account's tokens, shared through a row under its app id.
    pub(super) fn kept(account: &Account, lane: Lane, row: &TokenRow) -> Tokens<Self> {
        let row = TokenRow { app_id: account.app_id.clone(), ..row.clone() };
        Tokens::new(Self { account: account.clone(), lane }, row)
    }
}

#[derive(Deserialize)]
struct Issued {
    access_token: SecretString,
    expires_in: Value,
}

impl Source for StableToken {
    const PATH: &'static str = "/cgi-bin/stable_token";
    const IN_ADVANCE: bool = true;

    /// The same token as before until its last minutes: `force_refresh` is left to people.
    async fn ask(&self, _: Option<&SecretString>) -> Result<(SecretString, Duration), Failure> {
        let body = json!({
            "grant_type": "client_credential",
            "appid": self.account.app_id,
            "secret": self.account.secret.expose_secret(),
        });
        let call = Call::post(Self::PATH, &body);
        let issued: Issued = self.lane.ask_patiently(&call, within(NOBODY_WAITS)).await?;
        Ok((issued.access_token, life(&issued.expires_in)?))
    }
}

/// How long something that WeChat has issued is good for.
fn life(expires_in: &Value) -> Result<Duration, Failure> {
    let seconds = number(expires_in).and_then(|it| u64::try_from(it).ok());
    let seconds = seconds.filter(|it| (1..=LONGEST).contains(it)).ok_or(Failure::NoAnswer)?;
    Ok(Duration::from_secs(seconds))
}

/// The same for what stays the same until it is over, and may be what we have had.
pub(super) fn life_of_what_stays(
    issued: &SecretString,
    former: Option<&SecretString>,
    expires_in: &Value,
) -> Result<Duration, Failure> {
    let same = former.is_some_and(|it| it.expose_secret() == issued.expose_secret());
    let lives = life(expires_in)?;
    Ok(if same { lives.min(SAME_AGAIN) } else { lives })
}
