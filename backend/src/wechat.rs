//! WeChat by meaning: what the product asks of it, whatever the wire says.

use shared::problem::Code;

use crate::{Result, clock::Clock, config::Config, db::Db, keys::Keys};

/// Whom WeChat says somebody is, in one of our apps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeChatIdentity {
    pub app_id: String,
    pub openid: String,
    pub unionid: Option<String>,
}

#[derive(Clone)]
pub struct WeChat;

impl WeChat {
    pub fn new(_: &Config, _: Db, _: Clock, _: &Keys) -> Result<Self> {
        Ok(Self)
    }

    pub fn authorize_url(&self, _public_base: &str, _state: &str) -> Result<String> {
        Err(Code::WeChatUnavailable.into())
    }

    pub async fn official_account_person(&self, _code: &str) -> Result<WeChatIdentity> {
        Err(Code::WeChatUnavailable.into())
    }

    pub async fn mini_program_person(&self, _code: &str) -> Result<WeChatIdentity> {
        Err(Code::WeChatUnavailable.into())
    }
}
