//! Whom the callback believes, and what it does with a message then.

use backend::wechat::{callback::Query, signature};
use chrono::Utc;
use serde_json::json;

use crate::caller::{
    APP_ID, Call, KEY, OPENID, TEMPLATE, TOKEN, jobs, popup, remaining, set_up, signed_at, work_off,
};

const OTHER_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/// The same event as XML, with an element for each item.
fn popup_in_xml(at: i64, status: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName>\n<FromUserName><![CDATA[{OPENID}]]>\
         </FromUserName><CreateTime>{at}</CreateTime><MsgType><![CDATA[event]]></MsgType>\
         <Event><![CDATA[subscribe_msg_popup_event]]></Event><SubscribeMsgPopupEvent>\
         <List><TemplateId><![CDATA[{TEMPLATE}]]></TemplateId><SubscribeStatusString>\
         <![CDATA[{status}]]></SubscribeStatusString><PopupScene>2</PopupScene></List>\
         <List><TemplateId><![CDATA[TPL_SESSION]]></TemplateId><SubscribeStatusString>\
         <![CDATA[reject]]></SubscribeStatusString></List></SubscribeMsgPopupEvent></xml>"
    )
}

scene!(an_acceptance_counts_in_plain_and_safe_mode_as_xml_and_as_json, |world| async move {
    let (now, mut world) = (Utc::now().timestamp(), world);
    for (mode, keys) in ["", KEY].into_iter().enumerate() {
        world = set_up(world, keys).await;
        let first = now + 10 * i64::try_from(mode).unwrap();
        for (at, text) in
            [(first, popup(first, "accept")), (first + 1, popup_in_xml(first + 1, "accept"))]
        {
            let before = remaining(&world).await;
            let call = if keys.is_empty() { Call::plain(text) } else { Call::safe(&text) };
            call.succeeds(&world).await;
            assert_eq!(remaining(&world).await, before, "WeChat does not wait for the work");
            work_off(&world).await;
            assert_eq!(remaining(&world).await, before + 1, "at {at}");
        }
    }
});

scene!(safe_mode_takes_the_envelope_as_xml_too, |world| async move {
    let world = set_up(world, KEY).await;
    let mut call = Call::safe(&popup_in_xml(Utc::now().timestamp(), "accept"));
    let sealed = serde_json::from_str::<serde_json::Value>(&call.body).unwrap();
    let sealed = sealed["Encrypt"].as_str().unwrap();
    call.body = format!(
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    );
    call.succeeds(&world).await;
    work_off(&world).await;
    assert_eq!(remaining(&world).await, 1);
});

scene!(a_message_is_heeded_once_however_often_it_comes, |world| async move {
    let world = set_up(world, KEY).await;
    let text = popup(Utc::now().timestamp(), "accept");
    let call = Call::safe(&text);
    for again in [&call, &call, &Call::safe(&text)] {
        again.succeeds(&world).await;
    }
    assert_eq!(jobs(&world).await.len(), 1);
    work_off(&world).await;
    assert_eq!(remaining(&world).await, 1);
});

scene!(a_message_that_could_not_be_noted_down_is_taken_when_it_comes_again, |world| async move {
    let world = set_up(world, KEY).await;
    let call = Call::safe(&popup(Utc::now().timestamp(), "accept"));
    world.sql("ALTER TABLE jobs RENAME TO jobs_away").await;
    assert_eq!(call.to(&world).await.0, 500);
    world.sql("ALTER TABLE jobs_away RENAME TO jobs").await;
    call.succeeds(&world).await;
    assert_eq!(jobs(&world).await.len(), 1);
});

scene!(an_observed_signature_does_not_carry_another_message, |world| async move {
    let world = set_up(world, "").await;
    let call = Call::plain(popup(Utc::now().timestamp(), "reject"));
    call.succeeds(&world).await;
    let forged = Call { body: popup(Utc::now().timestamp(), "accept"), ..call.clone() };
    for _ in 0..2 {
        assert_eq!(forged.to(&world).await.0, 403);
    }
    call.succeeds(&world).await;
    assert_eq!(jobs(&world).await.len(), 1);
});

scene!(a_message_of_a_user_is_accepted_and_left_alone, |world| async move {
    let world = set_up(world, KEY).await;
    for message in [
        json!({ "FromUserName": OPENID, "CreateTime": 1, "MsgType": "text", "Content": "在吗", "MsgId": 1 }),
        json!({ "FromUserName": OPENID, "CreateTime": 1, "MsgType": "event", "Event": "debug_demo" }),
        json!({ "FromUserName": OPENID, "CreateTime": 1, "Event": "subscribe_msg_popup_event" }),
        json!({ "Event": ["subscribe_msg_popup_event"], "List": 7 }),
        json!({}),
    ] {
        Call::safe(&message.to_string()).succeeds(&world).await;
    }
    assert_eq!(jobs(&world).await, []);
});

scene!(while_a_key_is_changed_the_old_one_opens_too, |world| async move {
    let world = set_up(world, &format!("{OTHER_KEY}, {KEY}")).await;
    let now = Utc::now().timestamp();
    for (at, key) in [(now, KEY), (now + 1, OTHER_KEY)] {
        Call::sealed(&popup(at, "accept"), key, APP_ID).succeeds(&world).await;
    }
    work_off(&world).await;
    assert_eq!(remaining(&world).await, 2);
});

scene!(whatever_is_not_as_agreed_is_refused_in_the_same_words, |world| async move {
    let world = set_up(world, KEY).await;
    let text = popup(Utc::now().timestamp(), "accept");
    let mut heard = Vec::new();
    for (why, call) in wrong(&text) {
        let (status, answer) = call.to(&world).await;
        assert_eq!(status, 403, "{why}: {answer}");
        heard.push(answer);
    }
    heard.dedup();
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(jobs(&world).await, []);
});

/// The same message with a proof for this query.
fn proven(query: Query, call: &Call) -> Call {
    let mut call = Call { query, body: call.body.clone() };
    let envelope: serde_json::Value = serde_json::from_str(&call.body).unwrap();
    call.query.msg_signature = call.message_signature(envelope["Encrypt"].as_str().unwrap());
    call
}

fn wrong(text: &str) -> Vec<(&'static str, Call)> {
    let right = Call::safe(text);
    let with = |change: fn(&mut Call)| {
        let mut call = right.clone();
        change(&mut call);
        call
    };
    let stale = |seconds: i64| proven(signed_at(Utc::now().timestamp() + seconds), &right);
    let signed = |sealed: &str| {
        let mut call = Call::plain(json!({ "Encrypt": sealed }).to_string());
        call.query.msg_signature = call.message_signature(sealed);
        call
    };
    vec![
        ("no proof", with(|it| it.query.msg_signature.clear())),
        (
            "the proof of the address alone",
            with(|it| {
                it.query.msg_signature = it.query.signature.clone();
            }),
        ),
        ("another nonce", with(|it| it.query.nonce.push('1'))),
        (
            "a capital letter in the proof",
            with(|it| {
                it.query.msg_signature = it.query.msg_signature.to_uppercase();
            }),
        ),
        ("eleven minutes old", stale(-660)),
        ("eleven minutes ahead", stale(660)),
        ("another app's", Call::sealed(text, KEY, "wx5823bf96d3bd56c7")),
        ("another key's", Call::sealed(text, OTHER_KEY, APP_ID)),
        ("plain although there is a key", Call::plain(text)),
        ("no message in it", Call::sealed("hello", KEY, APP_ID)),
        ("a document type", Call::sealed("<!DOCTYPE a><xml><A>1</A></xml>", KEY, APP_ID)),
        ("no base64", signed("***not base64***")),
        ("half a block", signed("AAAA")),
        ("no envelope", with(|it| it.body = "hello".into())),
        ("an empty body", with(|it| it.body.clear())),
        ("a number for a text", with(|it| it.body = json!({ "Encrypt": 1 }).to_string())),
        ("a timestamp that is none", {
            let timestamp = "now".to_owned();
            let signature = signature::of_parts(&[TOKEN, &timestamp, "1"]);
            proven(Query { signature, timestamp, nonce: "1".into(), ..Query::default() }, &right)
        }),
    ]
}

scene!(a_sealed_message_is_refused_where_there_is_no_key, |world| async move {
    let world = set_up(world, "").await;
    let call = Call::safe(&popup(Utc::now().timestamp(), "accept"));
    assert_eq!(call.to(&world).await.0, 403);
    assert_eq!(jobs(&world).await, []);
});

scene!(a_message_of_more_than_64_kilobytes_is_not_read, |world| async move {
    let world = set_up(world, "").await;
    let long = |bytes: usize| Call::plain(format!("{{\"A\":\"{}\"}}", "x".repeat(bytes)));
    assert_eq!(long(64 * 1024).to(&world).await.0, 413);
    long(60 * 1024).succeeds(&world).await;
});
