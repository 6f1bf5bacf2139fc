//! The devices on which somebody is signed in, and handing a sign-in over to a web view.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

#[path = "devices/list.rs"]
mod list;
#[path = "devices/tickets.rs"]
mod tickets;

use actix_web::http::header;
use backend::{
    accounts::{ClientKind, sign_in, sign_in::SignedInTokens},
    audit::Actor,
};
use scene::World;
use shared::{
    api::{Endpoint, encode},
    problem::Problem,
};

/// 王秀英 on one more device.
async fn device(world: &World, client: ClientKind) -> SignedInTokens {
    sign_in::begin(&world.app, Actor::SYSTEM, world.cast.id("wangxiuying"), client).await.unwrap()
}

/// A call with this access token.
async fn call<E: Endpoint>(world: &World, token: &str, request: E) -> Result<E::Response, Problem> {
    let out = encode(&request);
    let mut request = (world.stranger().request(out.method.as_str(), &out.target))
        .insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
    if let Some(body) = out.body {
        let json = (header::CONTENT_TYPE, "application/json");
        request = request.insert_header(json).set_payload(body);
    }
    let answer = world.send(request).await;
    let refused = !answer.status().is_success();
    let body = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
    if refused {
        return Err(serde_json::from_slice(&body).unwrap());
    }
    Ok(serde_json::from_slice(&body).unwrap())
}
