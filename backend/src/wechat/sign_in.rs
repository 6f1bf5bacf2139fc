//! Whom a code stands for.

use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::Value;
use shared::problem::{Code, Problem};

use super::{
    SOMEBODY_WAITS, WeChat,
    reply::{Refusal, number},
    wire::{Call, Failure},
    within,
};
use crate::{Error, Result};

const CODE_TO_SESSION: &str = "/sns/jscode2session";
const CODE_TO_TOKEN: &str = "/sns/oauth2/access_token";
/// The longest code and the longest openid that are believed.
pub(super) const LONGEST: usize = 512;

/// Whom WeChat says somebody is, in one of our apps.
#[derive(Clone, PartialEq, Eq)]
pub struct WeChatIdentity {
    pub app_id: String,
    pub openid: String,
    pub unionid: Option<String>,
}

impl std::fmt::Debug for WeChatIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WeChatIdentity").field("app_id", &self.app_id).finish_non_exhaustive()
    }
}

/// Both APIs answer more, a session key and tokens among it, which is never read.
#[derive(Deserialize)]
struct Somebody {
    openid: String,
    unionid: Option<String>,
    /// 1 for the stand-in of everybody who looks at a page without using it fully.
    #[serde(default)]
    is_snapshotuser: Value,
}

impl WeChat {
    /// Where to send WeChat's browser, so that it comes back to `/enter/wechat/back` with a code
    /// and this state of letters and digits.
    ///
    /// # Errors
    /// Where there is no official account.
    pub fn authorize_url(&self, public_base: &str, state: &str) -> Result<String> {
        let app_id = &self.official_account()?.app_id;
        let back = format!("{public_base}/enter/wechat/back");
        Ok(authorize_address(&self.0.open_base, app_id, &back, state))
    }

    /// Who came back with this code from web authorisation, within three seconds.
    ///
    /// # Errors
    /// `WechatCodeInvalid`, `WechatBlocked`, `WechatUnavailable`.
    pub async fn official_account_person(&self, code: &str) -> Result<WeChatIdentity> {
        let account = self.official_account()?;
        let query = vec![
            ("appid", account.app_id.as_str()),
            ("secret", account.secret.expose_secret()),
            ("code", plausible(code)?),
            ("grant_type", "authorization_code"),
        ];
        self.identify(&account.app_id, Call::get(CODE_TO_TOKEN, query)).await
    }

    /// Who got this code from `wx.login` in the mini-program, within three seconds.
    ///
    /// # Errors
    /// `WechatCodeInvalid`, `WechatBlocked`, `WechatUnavailable`.
    pub async fn mini_program_person(&self, code: &str) -> Result<WeChatIdentity> {
        let account = self.mini_program()?;
        let query = vec![
            ("appid", account.app_id.as_str()),
            ("secret", account.secret.expose_secret()),
            ("js_code", plausible(code)?),
            ("grant_type", "authorization_code"),
        ];
        self.identify(&account.app_id, Call::get(CODE_TO_SESSION, query)).await
    }

    /// A code is good for one exchange, so only a busy WeChat is asked again.
    async fn identify(&self, app_id: &str, call: Call<'_>) -> Result<WeChatIdentity> {
        let answer = self.0.people.ask_patiently(&call, within(SOMEBODY_WAITS)).await;
        let somebody: Somebody = answer.map_err(|failure| refused(call.path, failure))?;
        if number(&somebody.is_snapshotuser) == Some(1) {
            return Err(Problem::from(Code::WechatCodeInvalid)
                .detail("请点右下角“使用完整服务”再进")
                .into());
        }
        if somebody.openid.is_empty() || somebody.openid.len() > LONGEST {
            return Err(Code::WechatUnavailable.into());
        }
        Ok(WeChatIdentity {
            app_id: app_id.to_owned(),
            openid: somebody.openid,
            unionid: somebody.unionid.filter(|it| !it.is_empty()),
        })
    }
}

/// The page of web authorisation; `state` may bring what follows it.
pub(super) fn authorize_address(open_base: &str, app_id: &str, back: &str, state: &str) -> String {
    let back = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
    // WeChat compares the query with a regular expression: the order counts.
    format!(
        "{}/connect/oauth2/authorize?appid={app_id}&redirect_uri={back}&response_type=code\
         &scope=snsapi_base&state={state}#wechat_redirect",
        open_base.trim_end_matches('/'),
    )
}

/// What cannot be a code is not worth asking about.
pub(super) fn plausible(code: &str) -> Result<&str> {
    let sound = !code.is_empty()
        && code.len() <= LONGEST
        && code.bytes().all(|byte| byte.is_ascii_graphic());
    if sound { Ok(code) } else { Err(Code::WechatCodeInvalid.into()) }
}

pub(super) fn refused(path: &str, failure: Failure) -> Error {
    let Failure::Refused(refusal) = failure else { return Code::WechatUnavailable.into() };
    match refusal.errcode {
        40029 | 40163 | 41008 | 42003 | 42007 => Code::WechatCodeInvalid.into(),
        40226 | 50002 => Code::WechatBlocked.into(),
        _ => unavailable(path, &refusal),
    }
}

/// WeChat is there, but not for us: for a moment, or until somebody mends our settings.
pub(super) fn unavailable(path: &str, refusal: &Refusal) -> Error {
    match refusal.errcode {
        Refusal::BUSY => Code::WechatUnavailable.into(),
        45011 | 44990 | 44991 => {
            Problem::from(Code::WechatUnavailable).detail("用的人太多，请等一分钟").into()
        }
        _ => {
            refusal.alarm(path);
            Code::WechatUnavailable.into()
        }
    }
}
