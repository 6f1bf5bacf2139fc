//! Access tokens: how long they live, what replaces them, and where they are good for.

use serde_json::json;

use crate::support::{MINI_APP_ID, MINI_SECRET, World, errcode, json_of, mini_program, text};

async fn plain_token(world: &World) -> String {
    let query =
        [("grant_type", "client_credential"), ("appid", MINI_APP_ID), ("secret", MINI_SECRET)];
    text(&world.get("/cgi-bin/token", &query).await, "access_token")
}

async fn forced_token(world: &World) -> String {
    text(&world.stable_token_answer(&mini_program(), true).await, "access_token")
}

#[tokio::test]
async fn the_stable_token_stays_the_same_while_its_remaining_seconds_fall() {
    let world = World::start().await;
    let first = world.stable_token_answer(&mini_program(), false).await;
    assert_eq!(first["expires_in"], 7200);
    world.sandbox.advance(1000);
    let second = world.stable_token_answer(&mini_program(), false).await;
    assert_eq!(first["access_token"], second["access_token"]);
    let remaining = second["expires_in"].as_i64().unwrap();
    assert!((6100..=6200).contains(&remaining), "{remaining}");
}

#[tokio::test]
async fn in_its_last_300_seconds_a_stable_token_is_renewed_and_both_work() {
    let world = World::start().await;
    let old = world.mini_token().await;
    world.sandbox.advance(7200 - 250);
    let new = world.mini_token().await;
    assert_ne!(old, new);
    assert_eq!((world.fate_of(&old).await, world.fate_of(&new).await), (0, 0));
}

#[tokio::test]
async fn after_the_overlap_the_old_token_is_refused_with_40001() {
    let world = World::start().await;
    let old = world.mini_token().await;
    world.sandbox.advance(7200 - 250);
    let new = world.mini_token().await;
    world.sandbox.advance(301);
    assert_eq!((world.fate_of(&old).await, world.fate_of(&new).await), (40001, 0));
}

#[tokio::test]
async fn a_token_nobody_renewed_is_refused_with_42001_when_its_time_is_over() {
    let world = World::start().await;
    let token = world.mini_token().await;
    world.sandbox.advance(7201);
    assert_eq!(world.fate_of(&token).await, 42001);
}

#[tokio::test]
async fn a_forced_refresh_within_30_seconds_of_the_last_changes_nothing() {
    let world = World::start().await;
    let first = forced_token(&world).await;
    assert_eq!(forced_token(&world).await, first);
    world.sandbox.advance(31);
    assert_ne!(forced_token(&world).await, first);
}

#[tokio::test]
async fn the_21st_forced_refresh_of_a_day_is_refused_with_45009_and_the_next_day_allows_it() {
    let world = World::start().await;
    start_a_new_day_in_china(&world);
    for _ in 0..20 {
        assert_eq!(errcode(&world.stable_token_answer(&mini_program(), true).await), 0);
        world.sandbox.advance(31);
    }
    assert_eq!(errcode(&world.stable_token_answer(&mini_program(), true).await), 45009);
    start_a_new_day_in_china(&world);
    assert_eq!(errcode(&world.stable_token_answer(&mini_program(), true).await), 0);
}

fn start_a_new_day_in_china(world: &World) {
    let into_the_day = (world.sandbox.now() + 8 * 3600).rem_euclid(86_400);
    world.sandbox.advance(86_400 - into_the_day);
}

#[tokio::test]
async fn a_leaked_token_survives_one_forced_refresh_and_dies_with_the_second() {
    let world = World::start().await;
    let leaked = world.mini_token().await;
    forced_token(&world).await;
    assert_eq!(world.fate_of(&leaked).await, 0);
    world.sandbox.advance(31);
    forced_token(&world).await;
    assert_eq!(world.fate_of(&leaked).await, 40001);
}

#[tokio::test]
async fn every_plain_token_call_retires_the_token_before_it_after_five_minutes() {
    let world = World::start().await;
    let first = plain_token(&world).await;
    let second = plain_token(&world).await;
    assert_ne!(first, second);
    assert_eq!((world.fate_of(&first).await, world.fate_of(&second).await), (0, 0));
    world.sandbox.advance(301);
    assert_eq!((world.fate_of(&first).await, world.fate_of(&second).await), (40001, 0));
}

#[tokio::test]
async fn the_two_token_apis_do_not_disturb_each_other() {
    let world = World::start().await;
    let stable = world.mini_token().await;
    plain_token(&world).await;
    let plain = plain_token(&world).await;
    forced_token(&world).await;
    world.sandbox.advance(31);
    assert_eq!((world.fate_of(&stable).await, world.fate_of(&plain).await), (0, 0));
    world.sandbox.advance(300);
    let current = world.mini_token().await;
    assert_ne!(current, stable);
    assert_eq!((world.fate_of(&current).await, world.fate_of(&plain).await), (0, 0));
}

#[tokio::test]
async fn a_token_of_the_official_account_is_refused_by_mini_program_apis_with_48001() {
    let world = World::start().await;
    let token = world.oa_token().await;
    assert_eq!(world.fate_of(&token).await, 48001);
    let answer = world
        .post("/cgi-bin/message/subscribe/send", &token, &json!({ "touser": "oMP_chenmei" }))
        .await;
    assert_eq!(errcode(&answer), 48001);
}

#[tokio::test]
async fn missing_malformed_and_unknown_tokens_have_their_own_error_codes() {
    let world = World::start().await;
    assert_eq!(world.fate_of("").await, 41001);
    assert_eq!(world.fate_of("not a token").await, 40014);
    assert_eq!(world.fate_of("97_neverissued").await, 40001);
}

#[tokio::test]
async fn an_access_token_in_the_body_is_refused() {
    let world = World::start().await;
    let token = world.mini_token().await;
    let body = json!({ "access_token": token, "scene": "a=1" });
    let request = world.client.post(world.url("/wxa/getwxacodeunlimit")).json(&body);
    assert_eq!(errcode(&json_of(request.send().await.unwrap()).await), 41001);
    assert_eq!(errcode(&world.post("/wxa/getwxacodeunlimit", &token, &body).await), 47001);
    assert_eq!(
        errcode(&world.post("/wxa/business/getuserphonenumber", &token, &body).await),
        47001
    );
}

#[tokio::test]
async fn wrong_credentials_grant_type_method_and_body_of_stable_token_are_told_apart() {
    let world = World::start().await;
    let right =
        json!({ "grant_type": "client_credential", "appid": MINI_APP_ID, "secret": MINI_SECRET });
    let wrong = [
        ("appid", json!(null), 41002),
        ("appid", json!("wx0"), 40013),
        ("secret", json!(null), 41004),
        ("secret", json!("guessed"), 40125),
        ("grant_type", json!("authorization_code"), 40002),
    ];
    for (field, value, expected) in wrong {
        let mut body = right.clone();
        body[field] = value;
        let request = world.client.post(world.url("/cgi-bin/stable_token")).json(&body);
        assert_eq!(errcode(&json_of(request.send().await.unwrap()).await), expected, "{field}");
    }
    let bodies = [("", 44002), ("grant_type=client_credential", 47001)];
    for (body, expected) in bodies {
        let request = world.client.post(world.url("/cgi-bin/stable_token")).body(body);
        assert_eq!(errcode(&json_of(request.send().await.unwrap()).await), expected, "{body}");
    }
    assert_eq!(errcode(&world.get("/cgi-bin/stable_token", &[]).await), 43002);
}
