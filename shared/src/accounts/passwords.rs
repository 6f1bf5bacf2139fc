//! The password for PCs: who sets it and with what.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Me, PersonId, binding::Invitation, second_factor::SecondFactorAsked};

endpoints! {
    POST "/api/sign-ins/password"                  Public     SignInWithPassword => PasswordAnswer;
    PUT  "/api/me/password"                        SignedIn   SetPassword        => ();
    POST "/api/team/people/{person}/password-code" TeamLeader MakePasswordCode   => Invitation;
}

/// 用户名或工号和密码登录
///
/// For browsers: the tokens travel in HttpOnly cookies.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInWithPassword {
    /// The user name or the 工号.
    pub username: String,
    pub password: String,
}

impl std::fmt::Debug for SignInWithPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInWithPassword")
    }
}

/// 密码登录结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PasswordAnswer {
    /// Present once the person is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub me: Option<Me>,
    /// Present where there is a second thing to show before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<SecondFactorAsked>,
}

/// 设置登录密码
///
/// For whoever is signed in through WeChat; everybody else proves first that it is them and is
/// answered with `step_up_required` before. Other sign-ins with a password end.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// At least 8 characters, 10 for those who work in the console; none of the common ones.
    pub password: String,
}

impl std::fmt::Debug for SetPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetPassword")
    }
}

/// 生成设密码用的码
///
/// For somebody who stands beside the team leader. The one before is worth nothing from now on.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakePasswordCode {
    pub person: PersonId,
}
