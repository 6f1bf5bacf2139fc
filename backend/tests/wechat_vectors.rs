//! WeChat's own examples, and those of its SDKs: our arithmetic is theirs.
#![allow(clippy::unwrap_used, reason = "a vector that cannot be read has failed")]

use backend::wechat::{
    callback::{
        Query,
        channel::{Channel, Refused},
    },
    message_key::{MessageKey, Unsealable},
    open_data::{self, NotOurs},
    signature,
};
use serde_json::{Value, json};

#[test]
fn every_vector_comes_out_as_it_says() {
    let file: Value = serde_json::from_str(include_str!("wechat_vectors/vectors.json")).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 25);
    for vector in vectors {
        check(&Vector(vector), &vector["expect"]);
    }
}

struct Vector<'a>(&'a Value);

impl Vector<'_> {
    fn name(&self) -> &str {
        self.0["id"].as_str().unwrap()
    }

    /// An input, as a text.
    fn get(&self, name: &str) -> &str {
        let input = &self.0["input"][name];
        input.as_str().unwrap_or_else(|| panic!("{} has no {name}", self.name()))
    }

    fn has(&self, name: &str) -> bool {
        self.0["input"][name].is_string()
    }

    fn query(&self) -> Query {
        Query {
            timestamp: self.get("timestamp").into(),
            nonce: self.get("nonce").into(),
            msg_signature: self.get("msg_signature").into(),
            ..Query::default()
        }
    }

    fn key(&self) -> MessageKey {
        MessageKey::read(self.get("encoding_aes_key")).unwrap()
    }

    fn opened(&self) -> Result<String, Refused> {
        let (token, key) = (self.get("token").into(), self.get("encoding_aes_key").into());
        let channel = Channel::configured("a test", self.get("appid"), &token, &key);
        channel.unwrap().unwrap().unseal(&self.query(), self.get("encrypt"))
    }
}

fn check(vector: &Vector, expect: &Value) {
    let name = vector.name();
    match vector.0["kind"].as_str().unwrap() {
        "plain_signature" => {
            let ours =
                signature::of_parts(&["token", "timestamp", "nonce"].map(|it| vector.get(it)));
            assert_eq!(json!(signature::is(&ours, vector.get("signature"))), expect["valid"]);
        }
        "msg_signature" => {
            let ours = message_signature(vector, vector.get("encrypt"));
            assert_eq!(json!(signature::is(&ours, vector.get("msg_signature"))), expect["valid"]);
        }
        "message_decrypt" | "echostr_encrypted" => opens(vector, expect),
        "message_decrypt_reject" => {
            assert_eq!(vector.opened(), Err(refusal(&expect["reject"])), "{name}");
        }
        "message_encrypt" => seals(vector, expect),
        "jsapi_signature" => {
            let timestamp = vector.0["input"]["timestamp"].as_i64().unwrap();
            let [ticket, nonce, url] = ["jsapi_ticket", "noncestr", "url"].map(|it| vector.get(it));
            let ours = signature::of_page(ticket, nonce, timestamp, url);
            assert_eq!(ours, expect["signature"], "{name}");
        }
        "userdata_decrypt" => opens_data(vector, expect),
        "userdata_decrypt_reject" => {
            assert_eq!(expect["reject"], "watermark_appid");
            assert_eq!(open_data(vector, vector.get("appid")), Err(NotOurs::Watermark), "{name}");
        }
        "rawdata_signature" => {
            let ours =
                open_data::raw_data_signature(vector.get("raw_data"), vector.get("session_key"));
            assert_eq!(json!(signature::is(&ours, vector.get("signature"))), expect["valid"]);
        }
        "session_key_hmac" => {
            let ours =
                open_data::session_key_signature(vector.get("session_key"), vector.get("message"));
            assert_eq!(json!(ours), expect["signature"], "{name}");
        }
        "api_aes256_gcm" => {
            let [key, iv, data, tag, bound] =
                ["key", "iv", "data", "authtag", "aad"].map(|it| vector.get(it));
            let opened = open_data::open_secured(key, iv, data, tag, bound);
            assert_eq!(json!(opened), expect["plaintext"], "{name}");
        }
        other => panic!("{name} is of the unknown kind {other}"),
    }
}

fn message_signature(vector: &Vector, sealed: &str) -> String {
    let [token, timestamp, nonce] = ["token", "timestamp", "nonce"].map(|it| vector.get(it));
    signature::of_parts(&[token, timestamp, nonce, sealed])
}

/// Opened, it is the text; sealed again with the same random bytes, it is what it was, so that the
/// length and the padding that the vector names are right too.
fn opens(vector: &Vector, expect: &Value) {
    let name = vector.name();
    let text = vector.opened().unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    assert_eq!(text, expect["plaintext"], "{name}");
    assert_eq!(json!(text.len()), expect["msg_len"], "{name}");
    let padding = 32 - (20 + text.len() + vector.get("appid").len()) % 32;
    assert_eq!(json!(padding), expect["pad"], "{name}");
    let random = expect["random16"].as_str().unwrap().as_bytes().try_into().unwrap();
    assert_eq!(vector.key().seal(&text, vector.get("appid"), random), vector.get("encrypt"));
}

fn seals(vector: &Vector, expect: &Value) {
    let random = vector.get("random16").as_bytes().try_into().unwrap();
    let sealed = vector.key().seal(vector.get("plaintext"), vector.get("appid"), random);
    assert_eq!(sealed, expect["encrypt"], "{}", vector.name());
    assert_eq!(vector.has("token"), expect["msg_signature"].is_string(), "{}", vector.name());
    if vector.has("token") {
        assert_eq!(message_signature(vector, &sealed), expect["msg_signature"]);
    }
}

fn opens_data(vector: &Vector, expect: &Value) {
    let meant: Value = serde_json::from_str(expect["plaintext"].as_str().unwrap()).unwrap();
    let opened = open_data(vector, expect["watermark_appid"].as_str().unwrap()).unwrap();
    assert_eq!(opened["watermark"]["timestamp"], expect["watermark_timestamp"]);
    assert_eq!(opened, meant, "{}", vector.name());
}

fn refusal(named: &Value) -> Refused {
    match named.as_str().unwrap() {
        "msg_signature" => Refused::Signature,
        "base64" => Refused::Sealed(Unsealable::Base64),
        "padding" => Refused::Sealed(Unsealable::Padding),
        "msg_len" => Refused::Sealed(Unsealable::Length),
        "appid" => Refused::Sealed(Unsealable::AppId),
        other => panic!("no vector was refused for {other} before"),
    }
}

fn open_data(vector: &Vector, app_id: &str) -> Result<Value, NotOurs> {
    let [key, iv, data] = ["session_key", "iv", "encrypted_data"].map(|it| vector.get(it));
    open_data::open(key, iv, data, app_id)
}
