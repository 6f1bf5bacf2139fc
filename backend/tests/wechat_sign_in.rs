//! Signing in through WeChat, over the wire.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

mod scene;
mod wechat_stage;

#[path = "wechat_sign_in/bind_page.rs"]
mod bind_page;
#[path = "wechat_sign_in/bind_phone.rs"]
mod bind_phone;
#[path = "wechat_sign_in/browser.rs"]
mod browser;
#[path = "wechat_sign_in/mini_program.rs"]
mod mini_program;
#[path = "wechat_sign_in/secrets.rs"]
mod secrets;
#[path = "wechat_sign_in/trouble.rs"]
mod trouble;
#[path = "wechat_sign_in/wecom.rs"]
mod wecom;
#[path = "wechat_sign_in/wecom_trouble.rs"]
mod wecom_trouble;

const CODE_TO_SESSION: &str = "/sns/jscode2session";
const CODE_TO_TOKEN: &str = "/sns/oauth2/access_token";
