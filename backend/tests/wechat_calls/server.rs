//! Servers of ours, and what they send.

use backend::wechat::{SubscribeMessage, WeChat};
use wechat_sandbox::Sandbox;

use crate::{
    scene::World,
    wechat_stage::{MINI_PROGRAM, SECRETS},
};

pub const SEND: &str = "/cgi-bin/message/subscribe/send";
pub const OPENID: &str = "oMP_wangxiuying";

pub fn reminder() -> SubscribeMessage {
    let data =
        [("thing1", "会议室保洁"), ("thing2", "请在截止前学完"), ("date3", "2026年11月23日 14:00")];
    SubscribeMessage {
        template_id: "TPL_ASSIGNMENT".into(),
        page: Some("pages/course/index?id=1".into()),
        data: data.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec(),
    }
}

pub fn consents(sandbox: &Sandbox, times: u32) {
    for _ in 0..times {
        sandbox.consent("wangxiuying", "TPL_ASSIGNMENT", true).unwrap();
    }
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
