//! The local WeChat of a scene, and a world that uses it.

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
        "--api-base",
        base,
        "--open-base",
        base,
        "--mini-app-id",
        MINI_PROGRAM,
        "--mini-app-secret",
        SECRETS[0],
        "--oa-app-id",
        OFFICIAL_ACCOUNT,
        "--oa-app-secret",
        SECRETS[1],
    ])
    .await
}

pub fn errcode(errcode: i64) -> Fault {
    Fault::Errcode { errcode, errmsg: None }
}
