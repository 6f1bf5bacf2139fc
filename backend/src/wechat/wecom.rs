//! 企业微信 (WeCom): who came from its browser.
//!
//! It has a lane of its own: trouble there keeps nobody out who comes from WeChat.

use serde::Deserialize;
use shared::problem::Code;

use super::{
    Account, SOMEBODY_WAITS, WeChat, WeChatIdentity,
    corp_token::CorpToken,
    reply,
    sign_in::{LONGEST, authorize_address, plausible, refused},
    stored_token::TokenRow,
    token::Tokens,
    wire::{self, Call, Lane, once_more_if_busy},
    within,
};
use crate::{
    Result,
    config::{Config, WecomConfig},
};

const CODE_TO_MEMBER: &str = "/cgi-bin/auth/getuserinfo";
/// What the app id of a company begins with, among those of WeChat.
const MARK: &str = "wecom:";

/// An application of a company.
pub(super) struct Wecom {
    corp_id: String,
    agent_id: String,
    open_base: String,
    /// The company as an app: what its members' identities are filed under.
    app_id: String,
    members: Lane,
    tokens: Tokens<CorpToken>,
}

/// Those within the company have a userid, others none.
#[derive(Deserialize)]
struct Somebody {
    userid: Option<String>,
}

impl Wecom {
    /// The one that is configured, if there is one.
    pub(super) fn configured(config: &Config, row: &TokenRow) -> Result<Option<Self>> {
        let WecomConfig { corp_id, agent_id, secret, api_base, open_base } = &config.wecom;
        if !config.wecom.is_configured() {
            return Ok(None);
        }
        let client = wire::client(api_base, true)?;
        let lane = || Lane::new(client.clone(), api_base, config.pace.wechat_pause());
        let account = Account { app_id: format!("{MARK}{corp_id}"), secret: secret.clone() };
        let tokens = CorpToken::kept(&account, corp_id, lane(), row);
        Ok(Some(Self {
            corp_id: corp_id.clone(),
            agent_id: agent_id.clone(),
            open_base: open_base.clone(),
            app_id: account.app_id,
            members: lane(),
            tokens,
        }))
    }
}

/// Whether an identity filed under this app is an entry in a company's address book.
pub fn is_wecom(app_id: &str) -> bool {
    app_id.starts_with(MARK)
}

impl WeChat {
    /// What members of the company are filed under; nothing where WeCom is not used.
    pub fn wecom_app_id(&self) -> Option<&str> {
        self.0.wecom.as_ref().map(|it| it.app_id.as_str())
    }

    /// Where to send WeCom's browser, so that it comes back to `/enter/wecom/back` with a code and
    /// this state of letters and digits.
    ///
    /// # Errors
    /// `not_found` where WeCom is not used.
    pub fn wecom_authorize_url(&self, public_base: &str, state: &str) -> Result<String> {
        let wecom = self.wecom()?;
        let back = format!("{public_base}/enter/wecom/back");
        let rest = format!("{state}&agentid={}", wecom.agent_id);
        Ok(authorize_address(&wecom.open_base, &wecom.corp_id, &back, &rest))
    }

    /// Which member of the company came back with this code, within three seconds.
    ///
    /// # Errors
    /// `unknown_person` for somebody from outside, `wechat_code_invalid`, `wechat_unavailable`,
    /// `not_found`.
    pub async fn wecom_member(&self, code: &str) -> Result<WeChatIdentity> {
        let wecom = self.wecom()?;
        let call = Call::get(CODE_TO_MEMBER, vec![("code", plausible(code)?)]);
        let deadline = within(SOMEBODY_WAITS);
        // A code is good for one exchange, so only a busy WeCom is asked again.
        let ask = || wecom.tokens.ask(&wecom.members, &call, deadline, reply::read);
        let answer = once_more_if_busy(ask).await;
        let somebody: Somebody = answer.map_err(|failure| refused(CODE_TO_MEMBER, failure))?;
        let userid = somebody.userid.filter(|it| !it.is_empty());
        let userid = userid.ok_or(Code::UnknownPerson)?;
        if userid.len() > LONGEST {
            return Err(Code::WechatUnavailable.into());
        }
        // WeCom does not tell capital letters from small ones.
        let openid = userid.to_lowercase();
        Ok(WeChatIdentity { app_id: wecom.app_id.clone(), openid, unionid: None })
    }

    fn wecom(&self) -> Result<&Wecom> {
        Ok(self.0.wecom.as_ref().ok_or(Code::NotFound)?)
    }
}
