//! What the fuzzer tries of the callback.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    callback::{
        Query,
        channel::Channel,
        event::{Message, SubscribeEvents},
        markup,
    },
    message_key::MessageKey,
    signature,
};

const APP_ID: &str = "wx0123456789abcdef";
const TOKEN: &str = "fuzz";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const THEN: i64 = 1_780_000_000;

/// The body of a callback: in plain mode, as what was sealed in safe mode, and as what should be
/// sealed. A signature is there for all of it, so that it is read.
pub fn callback(body: &[u8]) {
    let now = DateTime::from_timestamp(THEN, 0).expect("a time");
    believe(read("", body, now));
    believe(read(KEY, body, now));
    let text = String::from_utf8_lossy(body);
    let key = MessageKey::read(KEY).expect("a key");
    let sealed = key.seal(&text, APP_ID, [7; 16]);
    assert_eq!(key.open(&sealed, APP_ID).as_deref(), Ok(&*text));
    believe(read(KEY, format!("<xml><Encrypt>{sealed}</Encrypt></xml>").as_bytes(), now));
    if let Some(fields) = markup::read(&text) {
        assert!(fields.is_object());
        assert_eq!(markup::read(&fields.to_string()), Some(fields), "both ways mean the same");
    }
}

fn read(keys: &str, body: &[u8], now: DateTime<Utc>) -> Option<Message> {
    let channel = Channel::configured("fuzz", APP_ID, &TOKEN.into(), &keys.into());
    let channel = channel.expect("a key").expect("a token");
    let (timestamp, nonce) = (THEN.to_string(), "n".to_owned());
    let sealed = std::str::from_utf8(body).ok().and_then(markup::read);
    let sealed = sealed.as_ref().and_then(|it| it.get("Encrypt")).and_then(Value::as_str);
    let query = Query {
        signature: signature::of_parts(&[TOKEN, &timestamp, &nonce]),
        msg_signature: signature::of_parts(&[
            TOKEN,
            &timestamp,
            &nonce,
            sealed.unwrap_or_default(),
        ]),
        timestamp,
        nonce,
        echostr: String::new(),
    };
    channel.message(&query, body, now).ok()
}

fn believe(message: Option<Message>) {
    let Some(message) = message else { return };
    assert!(!message.identity().is_empty());
    if let Some(events) = SubscribeEvents::read(&message, APP_ID) {
        assert!(!events.openid.is_empty() && events.openid.bytes().all(|it| it.is_ascii_graphic()));
        assert!(!events.items.is_empty());
    }
}
