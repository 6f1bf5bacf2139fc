//! What WeChat's browser needs of us.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

endpoints! {
    GET "/api/wechat/page-signature" SignedIn SignJsSdk => JsSdkSignature;
}

/// 为页面签名，以便使用微信扫一扫
///
/// For pages of this host in WeChat's browser; answers for others are refused.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignJsSdk {
    /// The page's `location.href`; what follows a `#` does not count. On iOS the address that the
    /// browser entered with.
    pub url: String,
}

/// 页面签名
///
/// What `wx.config` is called with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JsSdkSignature {
    /// The official account.
    pub app_id: String,
    pub timestamp: i64,
    /// `nonceStr` of `wx.config`.
    pub nonce: String,
    pub signature: String,
}
