//! Messages made to break us.

use backend::wechat::{
    callback::{
        Query,
        channel::{Channel, Refused},
        event::{Message, SubscribeEvents},
        markup,
    },
    message_key::MessageKey,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::Utc;
use proptest::prelude::*;
use serde_json::json;

use crate::caller::{APP_ID, Call, KEY, TOKEN, popup, signed_at};

fn channel(keys: &str) -> Channel {
    Channel::configured("a test", APP_ID, &TOKEN.into(), &keys.into()).unwrap().unwrap()
}

/// A body as it came, with a proof for whatever is sealed in it.
fn proven(body: &[u8]) -> Query {
    let mut query = signed_at(Utc::now().timestamp());
    let sealed = std::str::from_utf8(body).ok().and_then(markup::read);
    if let Some(sealed) = sealed.as_ref().and_then(|it| it["Encrypt"].as_str()) {
        let call = Call { query: query.clone(), body: String::new() };
        query.msg_signature = call.message_signature(sealed);
    }
    query
}

/// Something that looks like a message here and there.
fn nearly_a_message() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<xml>"),
        Just("</xml>"),
        Just("<List>"),
        Just("</List>"),
        Just("<List/>"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<!--"),
        Just("-->"),
        Just("<!DOCTYPE"),
        Just("<?"),
        Just("&amp;"),
        Just("&#x0;"),
        Just("&#1114112;"),
        Just("&x;"),
        Just("&"),
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just("\"List\":"),
        Just("\"Encrypt\":\"AAAA\""),
        Just("\"Event\":\"subscribe_msg_popup_event\""),
        Just(","),
        Just("1e999"),
        Just("党"),
        Just("\u{0}"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_body_makes_the_parser_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        text in nearly_a_message(),
    ) {
        for body in [bytes.as_slice(), text.as_bytes()] {
            for keys in ["", KEY] {
                let message = channel(keys).message(&proven(body), body, Utc::now());
                drop(message.map(|it| SubscribeEvents::read(&it, APP_ID)));
            }
        }
    }

    #[test]
    fn no_value_in_an_events_place_makes_its_reading_panic(
        name in "(subscribe_msg_(popup|change|sent)_event)?",
        at in prop_oneof![any::<i64>().prop_map(|it| json!(it)), ".{0,8}".prop_map(|it| json!(it))],
        from in ".{0,8}",
        status in "(accept|reject|.{0,8})",
    ) {
        for list in [json!({ "TemplateId": from, "SubscribeStatusString": status, "MsgID": at }),
            json!([[status]]), json!(null), json!([{ "TemplateId": "a", "MsgID": from, "ErrorCode": at }])]
        {
            let fields = json!({ "Event": name, "FromUserName": from, "CreateTime": at, "List": list });
            let events = SubscribeEvents::read(&Message::new("", fields), APP_ID);
            prop_assert!(events.is_none_or(|it| !it.items.is_empty() && !it.openid.contains('\0')));
        }
    }

    #[test]
    fn a_sealed_message_with_any_bit_changed_is_refused(bit in any::<prop::sample::Index>()) {
        let key = MessageKey::read(KEY).unwrap();
        let sealed = key.seal(&popup(Utc::now().timestamp(), "accept"), APP_ID, [7; 16]);
        let call = Call { query: signed_at(Utc::now().timestamp()), body: String::new() };
        let query = Query { msg_signature: call.message_signature(&sealed), ..call.query };
        prop_assert!(channel(KEY).unseal(&query, &sealed).is_ok());
        let mut bytes = BASE64_STANDARD.decode(sealed).unwrap();
        let bit = bit.index(8 * bytes.len());
        bytes[bit / 8] ^= 1 << (bit % 8);
        let touched = BASE64_STANDARD.encode(bytes);
        prop_assert_eq!(channel(KEY).unseal(&query, &touched), Err(Refused::Signature));
    }

    #[test]
    fn whatever_is_sealed_is_opened_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let key = MessageKey::read(KEY).unwrap();
        // Whatever opens had been sealed with the key: that other bytes do is beyond chance.
        prop_assert!(key.open(&BASE64_STANDARD.encode(bytes), APP_ID).is_err());
    }

    #[test]
    fn every_text_that_is_sealed_is_opened(text in ".{0,200}", random in any::<[u8; 16]>()) {
        let key = MessageKey::read(KEY).unwrap();
        prop_assert_eq!(key.open(&key.seal(&text, APP_ID, random), APP_ID), Ok(text));
    }
}
