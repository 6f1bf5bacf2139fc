//! Who somebody is and how they sign in.

pub mod binding;
pub mod confirmations;
pub mod passwords;
pub mod second_factor;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use passwords::{PasswordAnswer, SignInWithPassword};

use crate::organizations::{Organization, Post};

endpoints! {
    POST   "/api/sign-ins/mini-program" Public   SignInWithMiniProgram => SignedInAnswer;
    POST   "/api/sign-ins/refresh"      Public   RefreshSignIn         => SignedInAnswer;
    DELETE "/api/sign-ins/current"      SignedIn SignOut               => ();
    POST   "/api/web-tickets"           SignedIn MakeWebTicket         => WebTicket;
    POST   "/api/sign-ins/web-ticket"   Public   RedeemWebTicket       => SignedInAnswer;
    GET    "/api/me"                    SignedIn ShowMe                => Me;
    GET    "/api/me/sign-ins"           SignedIn ListSignIns           => Vec<SignInCard>;
    DELETE "/api/me/sign-ins/{sign_in}" SignedIn EndSignIn             => ();
    GET    "/api/console/people"        Officer  ListPeople            => Vec<PersonCard>;
}

ids! {
    /// 人员编号
    PersonId
    /// 登录编号: one signed-in device
    SignInId
}

choices! {
    /// 角色
    Role {
        Learner "学员",
        TeamLeader "队长",
        Instructor "讲师",
        TrainingOfficer "经办",
        BaseManager "基地管理员",
        SystemAdmin "系统管理员",
        SecurityAdmin "安全管理员",
        Auditor "审计管理员",
    }

    /// 登录方式
    ///
    /// Decides how long somebody stays signed in.
    ClientKind {
        /// WeChat's browser, through the official account.
        OfficialAccount "微信",
        MiniProgram "微信小程序",
        /// WeCom's browser.
        Wecom "企业微信",
        /// Any browser, with user name and password, of those who work in the console.
        Password "用户名和密码",
        /// Any browser, with 工号 and password: perhaps a PC that others use too.
        Kiosk "工号和密码",
        /// The mini-program's web view, as long as the mini-program is signed in.
        WebView "小程序里的网页",
    }
}

/// 小程序登录
///
/// The tokens travel in the answer: a mini-program keeps no cookies.
#[derive(PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInWithMiniProgram {
    /// What `wx.login` gave: valid 5 minutes, one use.
    pub code: String,
}

impl std::fmt::Debug for SignInWithMiniProgram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInWithMiniProgram").finish_non_exhaustive()
    }
}

/// 续期登录
#[derive(Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshSignIn {
    /// Absent in browsers, whose cookie carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

impl std::fmt::Debug for RefreshSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RefreshSignIn").finish_non_exhaustive()
    }
}

/// 退出登录
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOut {}

/// 换取网页登录票
///
/// For a mini-program that opens its web view: other sign-ins get none.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeWebTicket {
    /// The phone app's page to open, as `/courses/…`.
    pub path: String,
}

/// 网页登录票
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebTicket {
    /// What the web view opens; the ticket is in the fragment, which stays out of every log.
    pub url: String,
    /// Seconds until it is worth nothing.
    pub expires_in: u32,
}

impl std::fmt::Debug for WebTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebTicket").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// 用网页登录票登录
///
/// Good once; the tokens travel in cookies. A ticket that comes twice ends what it began.
#[derive(PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedeemWebTicket {
    pub ticket: String,
    /// The page that the web view opened.
    pub path: String,
}

impl std::fmt::Debug for RedeemWebTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedeemWebTicket").field("path", &self.path).finish_non_exhaustive()
    }
}

/// 查看登录的设备
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSignIns {}

/// 退出一台设备
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndSignIn {
    pub sign_in: SignInId,
}

/// 登录的设备
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignInCard {
    pub id: SignInId,
    pub kind: ClientKind,
    pub created_at: DateTime<Utc>,
    /// To within ten minutes.
    pub last_used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// 查看本人信息
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowMe {}

/// 查询人员
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPeople {
    /// Only people who hold this role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// 登录结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SignedInAnswer {
    pub me: Me,
    /// Absent where the tokens travel in cookies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
}

/// 登录凭据
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tokens {
    /// Send as `Authorization: Bearer`.
    pub access_token: String,
    /// Seconds until the access token expires.
    pub expires_in: u32,
    /// Good for one [`RefreshSignIn`].
    pub refresh_token: String,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// 本人信息
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    pub id: PersonId,
    pub name: String,
    /// 工号
    pub staff_number: String,
    pub organization: Organization,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    pub roles: Vec<Role>,
}

impl Me {
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// 人员
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PersonCard {
    pub id: PersonId,
    pub name: String,
    /// 工号
    pub staff_number: String,
    /// 单位名称
    pub organization: String,
    /// 岗位名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
}
