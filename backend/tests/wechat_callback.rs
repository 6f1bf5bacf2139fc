//! WeChat calls us: it is believed only with proof, answered at once, and heeded once.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

#[path = "wechat_callback/address.rs"]
mod address;
#[path = "wechat_callback/believing.rs"]
mod believing;
#[path = "wechat_callback/caller.rs"]
mod caller;
#[path = "wechat_callback/ledger.rs"]
mod ledger;
#[path = "wechat_callback/malice.rs"]
mod malice;
