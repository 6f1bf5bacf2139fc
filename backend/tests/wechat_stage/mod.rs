//! The local WeChat of a scene, and our side of it.
#![allow(dead_code, reason = "every scene file uses a part of the stage")]

use backend::wechat::WeChat;
use wechat_sandbox::{Fault, Sandbox, SandboxConfig};

use crate::scene::World;

pub const MINI_PROGRAM: &str = "wxmini000000000001";
pub const OFFICIAL_ACCOUNT: &str = "wxoa00000000000001";
/// What must never be seen outside.
pub const SECRETS: [&str; 2] = ["demo-mini-secret", "demo-oa-secret"];

pub async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::demo()).await.unwrap()
}

/// A world whose both apps are this sandbox's; the cast is known there.
pub async fn world(sandbox: &Sandbox) -> World {
    let base = sandbox.base_url.as_str();
    World::configured(&[
        "--wechat-api-base",
        base,
        "--wechat-open-base",
        base,
        "--wechat-mini-app-id",
        MINI_PROGRAM,
        "--wechat-mini-app-secret",
        SECRETS[0],
        "--wechat-oa-app-id",
        OFFICIAL_ACCOUNT,
        "--wechat-oa-app-secret",
        SECRETS[1],
    ])
    .await
}

/// One more server on the world's database.
pub fn server(world: &World, sandbox: &Sandbox) -> WeChat {
    server_with_secret(world, sandbox, SECRETS[0])
}

pub fn server_with_secret(world: &World, sandbox: &Sandbox, secret: &str) -> WeChat {
    let app = &world.app;
    let mut config = (*app.config).clone();
    config.wechat.api_base.clone_from(&sandbox.base_url);
    config.wechat.mini_app_id = MINI_PROGRAM.into();
    config.wechat.mini_app_secret = secret.to_owned().into();
    WeChat::new(&config, app.db.clone(), app.clock.clone(), &app.keys).unwrap()
}

pub fn errcode(errcode: i64) -> Fault {
    Fault::Errcode { errcode, errmsg: None }
}
