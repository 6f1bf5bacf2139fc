//! How a WeChat that nobody knows yet is joined with somebody on the roster.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PersonId, SignedInAnswer};
use crate::page::Page;

endpoints! {
    POST "/api/bindings/claims"               Public     ClaimMiniProgram   => BindingClaim;
    POST "/api/bindings/invitation"           Public     BindWithInvitation => SignedInAnswer;
    POST "/api/bindings/phone"                Public     BindWithPhone      => SignedInAnswer;
    GET  "/api/team/people"                   TeamLeader ListTeam           => Page<TeamMember>;
    POST "/api/team/people/{person}/invitation" TeamLeader MakeInvitation   => Invitation;
}

/// 小程序准备绑定
///
/// For a mini-program whose sign-in was answered with `unknown_person`.
#[derive(PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimMiniProgram {
    /// What `wx.login` gave: a fresh one, valid 5 minutes, one use.
    pub code: String,
}

impl std::fmt::Debug for ClaimMiniProgram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClaimMiniProgram").finish_non_exhaustive()
    }
}

/// 绑定凭据
///
/// Stands for the WeChat that asked, so that its openid is in no form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BindingClaim {
    /// Good for one [`BindWithInvitation`] that succeeds.
    pub claim: String,
    /// Seconds until it expires.
    pub expires_in: u32,
}

impl std::fmt::Debug for BindingClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BindingClaim").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// 用邀请码绑定微信
///
/// Whatever does not fit is answered with `binding_refused`, alike in every case.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BindWithInvitation {
    pub claim: String,
    /// 姓名
    pub name: String,
    /// 工号
    pub staff_number: String,
    /// 邀请码: as it was read out, with or without spaces.
    pub code: String,
}

impl std::fmt::Debug for BindWithInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BindWithInvitation")
    }
}

/// 用微信手机号绑定微信
///
/// For whoever has no WeChat here yet and whose phone is on the roster; everybody else is answered
/// with `unknown_person` and needs an invitation.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BindWithPhone {
    pub claim: String,
    /// What the phone number button gave.
    pub code: String,
}

impl std::fmt::Debug for BindWithPhone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BindWithPhone")
    }
}

/// 查询班组人员
///
/// Those without WeChat, or those looked for: a team leader's own people, an officer's everybody.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTeam {
    /// A part of the name or the staff number; finds those with WeChat too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 班组人员
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamMember {
    pub id: PersonId,
    pub name: String,
    /// 工号
    pub staff_number: String,
    /// 单位名称
    pub organization: String,
    /// Whether a WeChat is bound.
    pub bound: bool,
}

/// 生成邀请码
///
/// The one before is worth nothing from now on.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeInvitation {
    pub person: PersonId,
}

/// 邀请码
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invitation {
    /// Eight characters, good for one binding; shown this once.
    pub code: String,
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitation").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
