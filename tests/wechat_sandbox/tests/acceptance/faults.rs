//! Injected faults, on the wire.

use std::time::{Duration, Instant};

use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use wechat_sandbox::{Fault, FaultRule};

use crate::support::{MINI_APP_ID, MINI_SECRET, World, ends_with_rid, errcode, json_of, text};

const PATH: &str = "/sns/jscode2session";

fn sign_in(world: &World, code: &str) -> RequestBuilder {
    world.client.get(world.url(PATH)).query(&[
        ("appid", MINI_APP_ID),
        ("secret", MINI_SECRET),
        ("js_code", code),
        ("grant_type", "authorization_code"),
    ])
}

/// Signs in with a fresh code under this fault, which strikes once.
async fn spoiled(world: &World, fault: Fault) -> reqwest::Result<Response> {
    world.sandbox.inject(PATH, fault, 1);
    let code = world.sandbox.mini_program_code("wufang").unwrap();
    sign_in(world, &code).send().await
}

#[tokio::test]
async fn an_error_code_strikes_as_often_as_ordered_and_only_at_its_endpoint() {
    let world = World::start().await;
    for ordered in [-1, 45011] {
        world.sandbox.inject(PATH, Fault::Errcode { errcode: ordered, errmsg: None }, 2);
        let code = world.sandbox.mini_program_code("wufang").unwrap();
        world.mini_token().await;
        for _ in 0..2 {
            let answer = world.code2session(&code).await;
            assert_eq!(errcode(&answer), ordered);
            assert!(ends_with_rid(&answer), "{answer}");
        }
        // The code was not touched by the refused calls.
        assert_eq!(errcode(&world.code2session(&code).await), 0);
    }
}

#[tokio::test]
async fn a_502_is_an_html_page() {
    let world = World::start().await;
    let response = spoiled(&world, Fault::Status { status: 502 }).await.unwrap();
    assert_eq!(response.status(), 502);
    assert!(response.text().await.unwrap().starts_with("<html>"));
}

#[tokio::test]
async fn a_truncated_answer_breaks_off_after_the_first_bytes() {
    let world = World::start().await;
    let mut response = spoiled(&world, Fault::Truncate { keep_bytes: 10 }).await.unwrap();
    assert_eq!(response.status(), 200);
    let mut received = Vec::new();
    let end = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => received.extend_from_slice(&chunk),
            end => break end,
        }
    };
    assert!(end.is_err());
    assert_eq!(received.len(), 10);
}

#[tokio::test]
async fn a_slow_answer_arrives_byte_by_byte_and_is_right_in_the_end() {
    let world = World::start().await;
    let started = Instant::now();
    let response = spoiled(&world, Fault::SlowBody { millis_per_byte: 3 }).await.unwrap();
    let bytes = response.bytes().await.unwrap();
    let answer: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(text(&answer, "openid"), "oMP_wufang");
    let least = Duration::from_millis(3) * u32::try_from(bytes.len()).unwrap();
    assert!(started.elapsed() >= least, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_huge_answer_has_at_least_the_ordered_size_and_is_still_json() {
    let world = World::start().await;
    let response = spoiled(&world, Fault::HugeBody { bytes: 5_000_000 }).await.unwrap();
    let bytes = response.bytes().await.unwrap();
    assert!(bytes.len() > 5_000_000);
    let answer: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(text(&answer, "openid"), "oMP_wufang");
}

#[tokio::test]
async fn a_reset_connection_gives_no_answer_at_all() {
    let world = World::start().await;
    let error = spoiled(&world, Fault::Reset).await.unwrap_err();
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_hanging_endpoint_is_given_up_by_the_client_and_counted_all_the_same() {
    let world = World::start().await;
    world.sandbox.inject(PATH, Fault::Hang, 1);
    let request = sign_in(&world, "any").timeout(Duration::from_millis(300));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(world.sandbox.calls(PATH), 1);
}

#[tokio::test]
async fn a_delayed_answer_is_late_and_right() {
    let world = World::start().await;
    let started = Instant::now();
    let response = spoiled(&world, Fault::Delay { millis: 120 }).await.unwrap();
    assert_eq!(text(&json_of(response).await, "openid"), "oMP_wufang");
    assert!(started.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn a_call_whose_answer_was_lost_has_taken_effect_and_a_repeat_gets_40163() {
    let world = World::start().await;
    for fault in [Fault::Hang, Fault::Reset, Fault::Status { status: 502 }] {
        let rule = FaultRule { path: PATH.to_owned(), times: 1, processed: true, fault };
        world.sandbox.inject_rule(rule);
        let code = world.sandbox.mini_program_code("wufang").unwrap();
        let lost = sign_in(&world, &code).timeout(Duration::from_secs(1)).send().await;
        assert!(lost.is_err() || lost.unwrap().status() == 502);
        assert_eq!(errcode(&world.code2session(&code).await), 40163);
    }
}

#[tokio::test]
async fn an_error_code_can_come_as_a_string_and_unknown_fields_can_appear() {
    let world = World::start().await;
    world.sandbox.inject(PATH, Fault::StringErrcode, 1);
    let answer = world.code2session("made-up").await;
    assert_eq!(answer["errcode"], "40029");
    let answer = json_of(spoiled(&world, Fault::UnknownField).await.unwrap()).await;
    assert_eq!(text(&answer, "openid"), "oMP_wufang");
    assert_eq!(answer.as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn a_fault_on_the_star_path_strikes_every_api_until_it_is_called_off() {
    let world = World::start().await;
    world.sandbox.inject("*", Fault::Errcode { errcode: -1, errmsg: None }, 100);
    assert_eq!(world.fate_of("any").await, -1);
    assert_eq!(errcode(&world.code2session("any").await), -1);
    world.sandbox.clear_faults();
    assert_eq!(errcode(&world.code2session("any").await), 40029);
}
