//! What one account and we have agreed on, and whether a request keeps to it.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{Query, event::Message, markup};
use crate::wechat::{
    message_key::{MessageKey, Unsealable},
    signature,
};

/// How far WeChat's clock may be from ours, its tries of a quarter of a minute included.
const WINDOW: TimeDelta = TimeDelta::minutes(10);

/// Why a request is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Signature,
    /// The signature is one of these seconds ago, or ahead.
    Stale(i64),
    /// A signature seen before, with another message now.
    Replayed,
    /// Not encrypted although we have a key, or encrypted although we have none.
    WrongMode,
    Sealed(Unsealable),
    Unreadable,
}

/// The callback of one account.
pub struct Channel {
    name: &'static str,
    app_id: String,
    token: SecretString,
    /// The current one, then the one before; none in plain mode.
    keys: Vec<MessageKey>,
}

impl Channel {
    /// Nothing where there is no token or no such account. `keys` are separated by commas.
    ///
    /// # Errors
    /// For a key that is none.
    pub fn configured(
        name: &'static str,
        app_id: &str,
        token: &SecretString,
        keys: &SecretString,
    ) -> anyhow::Result<Option<Self>> {
        if app_id.is_empty() || token.expose_secret().is_empty() {
            return Ok(None);
        }
        let keys = keys.expose_secret().split(',').map(str::trim).filter(|it| !it.is_empty());
        let keys = keys.map(|key| {
            MessageKey::read(key).with_context(|| {
                format!("the EncodingAESKey of the {name} is 43 letters and digits")
            })
        });
        let keys = keys.collect::<anyhow::Result<_>>()?;
        Ok(Some(Self { name, app_id: app_id.to_owned(), token: token.clone(), keys }))
    }

    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// Whether the address was called by somebody who knows the token, and lately.
    ///
    /// # Errors
    /// `Signature`, `Stale`.
    pub fn verify(&self, query: &Query, now: DateTime<Utc>) -> Result<(), Refused> {
        let parts = [self.token.expose_secret(), &query.timestamp, &query.nonce];
        if !signature::is(&signature::of_parts(&parts), &query.signature) {
            return Err(Refused::Signature);
        }
        lately(query, now)
    }

    /// The message of a body in either mode.
    ///
    /// # Errors
    /// If anything about it is not as agreed.
    pub fn message(
        &self,
        query: &Query,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Message, Refused> {
        if self.keys.is_empty() {
            self.verify(query, now)?;
        }
        let text = std::str::from_utf8(body).map_err(|_| Refused::Unreadable)?;
        let fields = markup::read(text).ok_or(Refused::Unreadable)?;
        let sealed = fields.get("Encrypt").and_then(Value::as_str);
        match sealed {
            None if self.keys.is_empty() => Ok(Message::new(text, fields)),
            Some(sealed) if !self.keys.is_empty() => {
                let text = self.unseal(query, sealed)?;
                lately(query, now)?;
                let fields = markup::read(&text).ok_or(Refused::Unreadable)?;
                Ok(Message::new(&text, fields))
            }
            _ => Err(Refused::WrongMode),
        }
    }

    /// The text of a sealed message.
    ///
    /// # Errors
    /// `Signature`, or what the last key makes of it.
    pub fn unseal(&self, query: &Query, sealed: &str) -> Result<String, Refused> {
        let parts = [self.token.expose_secret(), &query.timestamp, &query.nonce, sealed];
        if !signature::is(&signature::of_parts(&parts), &query.msg_signature) {
            return Err(Refused::Signature);
        }
        let mut outcome = Err(Refused::WrongMode);
        for key in &self.keys {
            outcome = key.open(sealed, &self.app_id).map_err(Refused::Sealed);
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// The signature that was believed.
    pub(super) fn proof<'a>(&self, query: &'a Query) -> &'a str {
        if self.keys.is_empty() { &query.signature } else { &query.msg_signature }
    }
}

fn lately(query: &Query, now: DateTime<Utc>) -> Result<(), Refused> {
    let then = query.timestamp.parse().map_err(|_| Refused::Signature)?;
    let ago = now.timestamp().saturating_sub(then);
    if ago.unsigned_abs() <= WINDOW.num_seconds().unsigned_abs() {
        return Ok(());
    }
    Err(Refused::Stale(ago))
}
