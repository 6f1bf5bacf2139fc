//! Messages that reached a phone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Above 2^53, like real message ids: a client that reads it as a floating point number damages it.
const FIRST_MESSAGE_ID: i64 = 9_100_000_000_000_001;

/// One delivered subscribe message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentMessage {
    pub msgid: i64,
    /// Unix seconds of the sandbox's clock.
    pub sent_at: i64,
    /// Key of the person who got it.
    pub person: String,
    pub openid: String,
    pub template_id: String,
    pub title: String,
    /// Where a tap leads; nowhere if it is missing.
    pub page: Option<String>,
    pub miniprogram_state: String,
    pub lang: String,
    pub data: BTreeMap<String, String>,
    /// Label and value of each line, as the phone shows them.
    pub lines: Vec<(String, String)>,
}

#[derive(Default)]
pub struct SentMessages {
    messages: Vec<SentMessage>,
}

impl SentMessages {
    /// Gives the message its id and keeps it.
    pub fn record(&mut self, mut message: SentMessage) -> i64 {
        let number = i64::try_from(self.messages.len()).expect("fewer messages than i64 can count");
        message.msgid = FIRST_MESSAGE_ID + number;
        let msgid = message.msgid;
        self.messages.push(message);
        msgid
    }

    pub fn all(&self) -> &[SentMessage] {
        &self.messages
    }
}
