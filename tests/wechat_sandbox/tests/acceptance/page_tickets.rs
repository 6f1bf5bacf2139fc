//! The ticket for pages: one at a time, of the official account, and silent about its age.

use serde_json::Value;

use crate::support::{World, errcode, text};

async fn ask(world: &World, token: &str, kind: &str) -> Value {
    let query = [("access_token", token), ("type", kind)];
    world.get("/cgi-bin/ticket/getticket", &query).await
}

#[tokio::test]
async fn the_same_ticket_comes_until_it_is_over_and_always_claims_two_hours() {
    let world = World::start().await;
    let first = ask(&world, &world.oa_token().await, "jsapi").await;
    world.sandbox.advance(7000);
    let second = ask(&world, &world.oa_token().await, "jsapi").await;
    assert_eq!(first["ticket"], second["ticket"]);
    assert_eq!(
        (first["expires_in"].as_i64(), second["expires_in"].as_i64()),
        (Some(7200), Some(7200))
    );
    assert_eq!(world.sandbox.page_ticket(), Some(text(&first, "ticket")));
    world.sandbox.advance(201);
    assert_eq!(world.sandbox.page_ticket(), None);
    let third = ask(&world, &world.oa_token().await, "jsapi").await;
    assert_ne!(first["ticket"], third["ticket"]);
}

#[tokio::test]
async fn a_ticket_needs_the_official_accounts_token_and_its_kind() {
    let world = World::start().await;
    assert_eq!(errcode(&ask(&world, "", "jsapi").await), 41001);
    assert_eq!(errcode(&ask(&world, &world.mini_token().await, "jsapi").await), 48001);
    assert_eq!(errcode(&ask(&world, &world.oa_token().await, "wx_card").await), 40097);
    assert_eq!(world.sandbox.page_ticket(), None);
}
