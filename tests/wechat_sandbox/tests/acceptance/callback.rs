//! Events are pushed to the owner's address: proven, in both formats and modes, three times at most.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::Url;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use wechat_sandbox::{Callback, Format};

use crate::support::World;

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const POPUP: &str = "subscribe_msg_popup_event";

/// What the owner's address answers to a message; the check of the address always holds.
#[derive(Clone, Copy)]
enum Mood {
    Fine,
    Silent,
    Wordy,
}

/// The owner's server: what it heard, as query and body.
struct Owner {
    url: String,
    heard: Arc<Mutex<Vec<(Url, String)>>>,
}

impl Owner {
    /// In one mood after the other, then fine.
    async fn start(moods: &[Mood]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/callback", listener.local_addr().unwrap());
        let heard = Arc::<Mutex<Vec<_>>>::default();
        let (moods, notes) = (moods.to_vec(), heard.clone());
        tokio::spawn(async move {
            let mut moods = moods.into_iter();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (target, body) = request(&mut stream).await;
                let echo = target.query_pairs().find(|(name, _)| name == "echostr");
                let answer = if let Some((_, echo)) = echo {
                    echo.into_owned()
                } else {
                    notes.lock().unwrap().push((target.clone(), body));
                    match moods.next().unwrap_or(Mood::Fine) {
                        Mood::Fine => "success".to_owned(),
                        Mood::Wordy => "{\"ok\":true}".to_owned(),
                        Mood::Silent => {
                            tokio::spawn(async move { stream.read_u8().await });
                            continue;
                        }
                    }
                };
                let length = answer.len();
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{answer}"
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { url, heard }
    }

    fn heard(&self) -> Vec<(Url, String)> {
        self.heard.lock().unwrap().clone()
    }
}

/// The target and the body of one request.
async fn request(stream: &mut TcpStream) -> (Url, String) {
    let mut text = String::new();
    loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.unwrap();
        text.push_str(std::str::from_utf8(&piece[..count]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            let target = head.split(' ').nth(1).unwrap();
            let url = Url::parse("http://owner").unwrap().join(target).unwrap();
            return (url, body.to_owned());
        }
    }
}

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Waits until this many messages have ended.
async fn until_delivered(world: &World, count: usize) -> Value {
    loop {
        let answer = world.client.get(world.url("/_sandbox/deliveries")).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        if answer["deliveries"].as_array().unwrap().len() >= count {
            return answer["deliveries"].clone();
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn events_and_messages_are_pushed_signed_in_every_mode_and_format() {
    for (key, format) in [
        (None, Format::Json),
        (None, Format::Xml),
        (Some(KEY), Format::Json),
        (Some(KEY), Format::Xml),
    ] {
        let (world, owner) = (World::start().await, Owner::start(&[]).await);
        let callback = Callback::new(&owner.url, "AAAAA", key, format);
        world.sandbox.set_callback(callback).await.unwrap();
        world.sandbox.consent("wufang", "TPL_SESSION", true).unwrap();
        world.sandbox.withdraw("wufang", "TPL_SESSION").unwrap();
        world.sandbox.say("wufang", "在吗").unwrap();
        until_delivered(&world, 3).await;
        let heard = owner.heard();
        assert_eq!(heard.len(), 3);
        for (url, body) in heard {
            assert_eq!(query(&url, "openid").unwrap(), "oMP_wufang");
            assert_eq!(query(&url, "encrypt_type").as_deref(), key.map(|_| "aes"));
            assert_eq!(query(&url, "msg_signature").is_some(), key.is_some());
            assert_eq!(query(&url, "signature").unwrap().len(), 40);
            assert_eq!(body.contains("Encrypt"), key.is_some(), "{body}");
            assert_eq!(body.contains("oMP_wufang"), key.is_none(), "{body}");
            assert_eq!(body.starts_with("<xml>"), format == Format::Xml, "{body}");
        }
    }
}

#[tokio::test]
async fn without_an_answer_in_time_a_message_is_tried_three_times_in_all() {
    let world = World::start().await;
    let owner = Owner::start(&[Mood::Silent, Mood::Silent, Mood::Silent, Mood::Silent]).await;
    let mut callback = Callback::new(&owner.url, "AAAAA", None, Format::Json);
    assert_eq!(callback.patience, Duration::from_secs(5));
    callback.patience = Duration::from_millis(50);
    world.sandbox.set_callback(callback).await.unwrap();
    world.sandbox.consent("wufang", "TPL_SESSION", true).unwrap();
    let given_up = json!([{ "event": POPUP, "tries": 3, "answered": false }]);
    assert_eq!(until_delivered(&world, 1).await, given_up);
    assert_eq!(owner.heard().len(), 3);
}

#[tokio::test]
async fn an_answer_ends_the_tries_and_only_success_or_nothing_is_one() {
    let world = World::start().await;
    let owner = Owner::start(&[Mood::Wordy]).await;
    let callback = Callback::new(&owner.url, "AAAAA", None, Format::Json);
    world.sandbox.set_callback(callback).await.unwrap();
    world.sandbox.consent("wufang", "TPL_SESSION", true).unwrap();
    let delivered = json!([{ "event": POPUP, "tries": 2, "answered": true }]);
    assert_eq!(until_delivered(&world, 1).await, delivered);
    let bodies: Vec<String> = owner.heard().into_iter().map(|(_, body)| body).collect();
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn an_address_that_does_not_give_the_text_back_is_not_set() {
    let world = World::start().await;
    let elsewhere = json!({ "url": world.url("/_sandbox"), "token": "AAAAA", "format": "json" });
    let set = world.client.post(world.url("/_sandbox/callback")).json(&elsewhere);
    assert_eq!(set.send().await.unwrap().status(), 502);
    world.sandbox.consent("wufang", "TPL_SESSION", true).unwrap();
    assert_eq!(until_delivered(&world, 0).await, json!([]));
}

#[tokio::test]
async fn a_sent_message_is_told_of_and_so_is_one_that_failed_after_all() {
    let (world, owner) = (World::start().await, Owner::start(&[]).await);
    let callback = Callback::new(&owner.url, "AAAAA", None, Format::Json);
    world.sandbox.set_callback(callback).await.unwrap();
    let token = world.mini_token().await;
    let body = json!({
        "touser": "oMP_wufang",
        "template_id": "TPL_SESSION",
        "data": {
            "thing1": { "value": "实训" },
            "date2": { "value": "2026年11月30日 18:00" },
            "thing3": { "value": "教室" },
        },
    });
    world.post("/cgi-bin/message/subscribe/send", &token, &body).await;
    until_delivered(&world, 1).await;
    world.sandbox.fail(&world.sandbox.sent_messages()[0], -1);
    until_delivered(&world, 2).await;
    let heard: Vec<Value> = owner
        .heard()
        .iter()
        .map(|(_, body)| serde_json::from_str::<Value>(body).unwrap()["List"].clone())
        .collect();
    assert_eq!(heard[0]["ErrorCode"], "0");
    assert_eq!(heard[1][0]["ErrorCode"], "-1", "every second one is a list of one");
    assert_eq!(heard[0]["MsgID"], heard[1][0]["MsgID"]);
}
