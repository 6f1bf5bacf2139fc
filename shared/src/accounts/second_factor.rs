//! Proving twice who one is: with a password and with a code from the phone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SignedInAnswer;

endpoints! {
    POST   "/api/sign-ins/second-factor"   Public   ConfirmSecondFactor => SignedInAnswer;
    GET    "/api/me/second-factor"         SignedIn ShowSecondFactor    => SecondFactorState;
    POST   "/api/me/second-factor"         SignedIn PrepareSecondFactor => NewSecondFactor, STEP_UP;
    PUT    "/api/me/second-factor"         SignedIn SetUpSecondFactor   => RecoveryCodes;
    DELETE "/api/me/second-factor"         SignedIn RemoveSecondFactor  => (), STEP_UP;
    POST   "/api/me/recovery-codes"        SignedIn RenewRecoveryCodes  => RecoveryCodes, STEP_UP;
    GET    "/api/sign-ins/current/step-up" SignedIn CheckStepUp         => (), STEP_UP;
    PUT    "/api/sign-ins/current/step-up" SignedIn StepUp              => ();
}

/// 待确认的登录
///
/// The password was right, but there is a second thing to show.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondFactorAsked {
    /// Good for one [`ConfirmSecondFactor`] that succeeds.
    pub challenge: String,
    /// Seconds until it is worth nothing.
    pub expires_in: u32,
    /// Whether there is no second factor yet: it is set up at `/enter/confirm` before anything else.
    pub set_up: bool,
    /// Whether a code of an authenticator app, or a recovery code, is one way on.
    pub by_code: bool,
    /// Whether the phone whose WeChat is bound is one, by `AskForConfirmation`.
    pub by_phone: bool,
}

impl std::fmt::Debug for SecondFactorAsked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactorAsked").field("set_up", &self.set_up).finish_non_exhaustive()
    }
}

/// 填动态验证码完成登录
///
/// For browsers: the tokens travel in HttpOnly cookies.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSecondFactor {
    pub challenge: String,
    /// The six digits that the phone shows, or a recovery code.
    pub code: String,
}

impl std::fmt::Debug for ConfirmSecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConfirmSecondFactor")
    }
}

/// 查看动态验证码
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowSecondFactor {}

/// 动态验证码的情况
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondFactorState {
    /// Since when there is one; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// Recovery codes that were not used.
    pub recovery_codes: u32,
    /// Whether it can be replaced but not removed.
    pub required: bool,
    /// Whether the person can sign in with a password at all.
    pub has_password: bool,
}

/// 准备动态验证码
///
/// What is in use stays in use until the first code of the new one is shown.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrepareSecondFactor {}

/// 新的动态验证码
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewSecondFactor {
    /// To type into an authenticator app: letters and digits in groups of four.
    pub secret: String,
    /// The same for an app that scans it from a QR code.
    pub address: String,
}

impl std::fmt::Debug for NewSecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewSecondFactor")
    }
}

/// 启用动态验证码
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpSecondFactor {
    /// The first code that the app showed.
    pub code: String,
}

impl std::fmt::Debug for SetUpSecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetUpSecondFactor")
    }
}

/// 备用码
///
/// Each is good once in place of a code; shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCodes")
    }
}

/// 取消动态验证码
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveSecondFactor {}

/// 换一组备用码
///
/// Those before are worth nothing from now on.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewRecoveryCodes {}

/// 查看是否刚确认过本人
///
/// For what the browser fetches by itself, as a download: answered with `step_up_required` before
/// [`StepUp`].
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckStepUp {}

/// 再确认一次是本人
///
/// Opens for five minutes what is answered with `step_up_required`.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepUp {
    /// The code of the second factor; without one the password.
    pub proof: String,
}

impl std::fmt::Debug for StepUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StepUp")
    }
}
