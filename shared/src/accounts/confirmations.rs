//! Confirming a sign-in on the phone whose WeChat is bound, in place of a code.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Me;

endpoints! {
    POST "/api/sign-ins/confirmation" Public AskForConfirmation => ConfirmationAsked;
    PUT  "/api/sign-ins/confirmation" Public AwaitConfirmation  => ConfirmationState;
}

/// 请手机微信确认登录
///
/// For browsers: what was asked for is bound to this one by a HttpOnly cookie. It takes the place of
/// what was asked for with the same challenge before.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskForConfirmation {
    /// That of the sign-in whose password was right.
    pub challenge: String,
}

impl std::fmt::Debug for AskForConfirmation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AskForConfirmation")
    }
}

/// 等手机确认的登录
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConfirmationAsked {
    /// The page to open with the WeChat of whoever signs in: to be shown as a QR code. It opens for
    /// nobody else.
    pub address: String,
    /// Two digits that are typed there, so that nobody confirms a stranger's sign-in.
    pub number: u8,
    /// Seconds until it is worth nothing.
    pub expires_in: u32,
}

/// 看手机确认了没有
///
/// Signs in once it is; to be asked every two seconds. Answered with `sign_in_over` where it was
/// declined, took too long, or began in another browser.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwaitConfirmation {
    pub challenge: String,
}

impl std::fmt::Debug for AwaitConfirmation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AwaitConfirmation")
    }
}

/// 手机确认的情况
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfirmationState {
    /// Present once it was confirmed, and whoever asks is signed in; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub me: Option<Me>,
}
