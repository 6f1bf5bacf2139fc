//! Calls that carry an access token, over the wire.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;
mod wechat_stage;

#[path = "wechat_calls/domain_files.rs"]
mod domain_files;
#[path = "wechat_calls/page_signatures.rs"]
mod page_signatures;
#[path = "wechat_calls/phone_numbers.rs"]
mod phone_numbers;
#[path = "wechat_calls/pictures.rs"]
mod pictures;
#[path = "wechat_calls/pushes.rs"]
mod pushes;
#[path = "wechat_calls/server.rs"]
mod server;
#[path = "wechat_calls/templates.rs"]
mod templates;
#[path = "wechat_calls/token.rs"]
mod token;
