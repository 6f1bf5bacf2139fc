//! The two apps whose browsers let people in silently: WeChat, through the official account, and 企业微信
//! (WeCom), where it is configured. Both doors open the same way.

use actix_web::{HttpRequest, http::header};
use shared::accounts::ClientKind;

use crate::{App, Result, wechat::WeChatIdentity};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    WeChat,
    Wecom,
}

impl Door {
    pub const ALL: [Self; 2] = [Self::WeChat, Self::Wecom];

    /// The one for this browser. WeCom's calls itself WeChat's too, and WeChat does not let it in.
    pub fn of_browser(self, http: &HttpRequest, app: &App) -> Self {
        let agent = http.headers().get(header::USER_AGENT).map(header::HeaderValue::as_bytes);
        let agent = agent.unwrap_or_default().to_ascii_lowercase();
        let in_wecom = agent.windows(6).any(|it| it == b"wxwork");
        if in_wecom && Self::Wecom.is_there(app) { Self::Wecom } else { self }
    }

    /// Where signing in begins.
    pub const fn here(self) -> &'static str {
        match self {
            Self::WeChat => "/enter/wechat",
            Self::Wecom => "/enter/wecom",
        }
    }

    /// Where the app sends people back to.
    pub const fn back(self) -> &'static str {
        match self {
            Self::WeChat => "/enter/wechat/back",
            Self::Wecom => "/enter/wecom/back",
        }
    }

    /// Where somebody unknown says who they are.
    pub const fn binding(self) -> &'static str {
        match self {
            Self::WeChat => "/enter/bind",
            Self::Wecom => "/enter/wecom/bind",
        }
    }

    /// The cookie of a journey through it: one that began at the other door does not end here.
    pub const fn journey(self) -> &'static str {
        match self {
            Self::WeChat => "journey",
            Self::Wecom => "wecom_journey",
        }
    }

    /// What people call the app.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WeChat => "微信",
            Self::Wecom => "企业微信",
        }
    }

    pub const fn client(self) -> ClientKind {
        match self {
            Self::WeChat => ClientKind::OfficialAccount,
            Self::Wecom => ClientKind::Wecom,
        }
    }

    /// Whether there is such a door at all.
    pub fn is_there(self, app: &App) -> bool {
        match self {
            Self::WeChat => true,
            Self::Wecom => app.wechat.wecom_app_id().is_some(),
        }
    }

    /// What the identities of those who come through it are filed under.
    pub fn app_id(self, app: &App) -> &str {
        match self {
            Self::WeChat => &app.config.wechat.oa_app_id,
            Self::Wecom => app.wechat.wecom_app_id().unwrap_or_default(),
        }
    }

    pub fn authorize_url(self, app: &App, state: &str) -> Result<String> {
        let base = &app.config.public_base;
        match self {
            Self::WeChat => app.wechat.authorize_url(base, state),
            Self::Wecom => app.wechat.wecom_authorize_url(base, state),
        }
    }

    /// Whom the app says has come with this code.
    pub async fn somebody(self, app: &App, code: &str) -> Result<WeChatIdentity> {
        match self {
            Self::WeChat => app.wechat.official_account_person(code).await,
            Self::Wecom => app.wechat.wecom_member(code).await,
        }
    }
}
