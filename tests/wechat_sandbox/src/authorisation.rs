//! What a site asks of the browser for web authorisation, in WeChat or in WeCom, and where it returns.

use actix_web::http::Uri;
use askama::Template;

use crate::{
    config::SandboxConfig,
    one_time_codes::{Purpose, Scope},
    people::SandboxPerson,
    state::State,
};

/// WeChat compares the query with a regular expression, so the order counts.
const PARAMETER_ORDER: [&str; 5] = ["appid", "redirect_uri", "response_type", "scope", "state"];
const OPTIONAL_TAIL: [&str; 3] = ["forcePopup", "forceSnapShot", "agentid"];
const LONGEST_STATE: usize = 128;

/// An error WeChat shows on a page of its own instead of returning to the site.
#[derive(Debug, Template)]
#[template(path = "refusal.html")]
pub struct Refusal {
    message: &'static str,
    explanation: &'static str,
}

impl Refusal {
    const fn new(message: &'static str, explanation: &'static str) -> Self {
        Self { message, explanation }
    }
}

/// A checked authorisation request.
#[derive(Debug)]
pub struct Authorisation {
    redirect_uri: String,
    pub host: String,
    purpose: Purpose,
    state: Option<String>,
}

impl Authorisation {
    pub fn parse(config: &SandboxConfig, parameters: &[(String, String)]) -> Result<Self, Refusal> {
        if !is_in_order(parameters) {
            return Err(Refusal::new(
                "参数错误",
                "参数必须依次是 appid、redirect_uri、response_type、scope、state。",
            ));
        }
        let value = |name: &str| {
            parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
        };
        let app_id = value("appid").unwrap_or_default();
        let in_wecom = app_id == config.wecom.corp_id;
        if !in_wecom && app_id != config.official_account.app_id {
            return Err(Refusal::new("AppID 参数错误", "没有这个公众号。"));
        }
        if value("response_type") != Some("code") {
            return Err(Refusal::new("参数错误", "response_type 必须是 code。"));
        }
        let purpose = purpose(value("scope").unwrap_or_default(), in_wecom)?;
        if in_wecom && value("agentid").is_some_and(|it| it != config.wecom.agent_id) {
            return Err(Refusal::new("agentid 参数错误", "企业里没有这个应用。"));
        }
        let state = value("state");
        if state.is_some_and(|state| !is_state(state)) {
            return Err(Refusal::new(
                "state 参数错误",
                "state 只能由字母和数字组成，最多 128 个。",
            ));
        }
        let redirect_uri = value("redirect_uri").unwrap_or_default();
        let host = authorised_host(config, redirect_uri).ok_or(Refusal::new(
            "redirect_uri 域名与后台配置不一致（10003）",
            "回调地址的域名要和网页授权域名完全相同，www 也算不同。",
        ))?;
        let state = state.map(str::to_owned);
        Ok(Self { redirect_uri: redirect_uri.to_owned(), host, purpose, state })
    }

    /// What the person sees it as.
    pub fn app(&self) -> &'static str {
        if self.purpose == Purpose::Wecom { "企业微信" } else { "微信" }
    }

    /// Who can look at the page without being let in.
    pub fn visitor(&self) -> SandboxPerson {
        if self.purpose == Purpose::Wecom {
            SandboxPerson::outsider()
        } else {
            SandboxPerson::snapshot()
        }
    }

    pub fn asks_for_profile(&self) -> bool {
        self.purpose == Purpose::WebAuthorisation(Scope::UserInfo)
    }

    /// The address to return to, with a fresh code of this person.
    pub fn return_with_code(&self, state: &State, person: SandboxPerson) -> String {
        let code = state.world().codes.issue(self.purpose, person, state.clock.now());
        self.return_address(Some(&code))
    }

    /// The address to return to; without a code if the person refused.
    pub fn return_address(&self, code: Option<&str>) -> String {
        let (address, fragment) = match self.redirect_uri.split_once('#') {
            Some((address, fragment)) => (address, format!("#{fragment}")),
            None => (self.redirect_uri.as_str(), String::new()),
        };
        let code = code.map(|code| format!("code={code}"));
        let state = self.state.as_ref().map(|state| format!("state={state}"));
        let added: Vec<String> = code.into_iter().chain(state).collect();
        let separator = if address.contains('?') { '&' } else { '?' };
        format!("{address}{separator}{}{fragment}", added.join("&"))
    }
}

/// WeCom tells the userid silently; what else it tells with consent is not played here.
fn purpose(scope: &str, in_wecom: bool) -> Result<Purpose, Refusal> {
    match (Scope::named(scope), in_wecom) {
        (Some(Scope::Base), true) => Ok(Purpose::Wecom),
        (Some(scope), false) => Ok(Purpose::WebAuthorisation(scope)),
        (_, true) => Err(Refusal::new("scope 参数错误", "这里的企业微信只有 snsapi_base。")),
        (None, false) => Err(Refusal::new(
            "Scope 参数错误或没有 Scope 权限（10005）",
            "scope 只能是 snsapi_base 或 snsapi_userinfo。",
        )),
    }
}

/// `state` may be left out; what follows it is optional too.
fn is_in_order(parameters: &[(String, String)]) -> bool {
    let names: Vec<&str> = parameters
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !OPTIONAL_TAIL.contains(name))
        .collect();
    let tail_starts =
        parameters.iter().position(|(name, _)| OPTIONAL_TAIL.contains(&name.as_str()));
    let tail_is_last = tail_starts.is_none_or(|position| position >= names.len());
    tail_is_last && (names == PARAMETER_ORDER || names == PARAMETER_ORDER[..4])
}

fn is_state(state: &str) -> bool {
    state.len() <= LONGEST_STATE && state.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The host of a return address, if it is one of the configured ones.
fn authorised_host(config: &SandboxConfig, redirect_uri: &str) -> Option<String> {
    let uri: Uri = redirect_uri.split('#').next()?.parse().ok()?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    let authority = uri.authority().filter(|_| is_web)?;
    let is_listed = config
        .authorised_hosts
        .iter()
        .any(|allowed| allowed == authority.host() || allowed == authority.as_str());
    is_listed.then(|| authority.host().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::query_pairs;

    fn parsed(query: &str) -> Result<Authorisation, Refusal> {
        Authorisation::parse(&SandboxConfig::demo(), &query_pairs(query))
    }

    #[test]
    fn the_return_address_keeps_its_own_query_and_fragment() {
        let authorisation = parsed(
            "appid=wxoa00000000000001&redirect_uri=http%3A%2F%2Flocalhost%2Fa%3Fb%3D1%23c&response_type=code&scope=snsapi_base&state=s1",
        )
        .unwrap();
        assert_eq!(
            authorisation.return_address(Some("C")),
            "http://localhost/a?b=1&code=C&state=s1#c"
        );
        assert_eq!(authorisation.return_address(None), "http://localhost/a?b=1&state=s1#c");
    }

    #[test]
    fn an_optional_parameter_is_only_accepted_at_the_end() {
        let base = "redirect_uri=http%3A%2F%2Flocalhost%2F&response_type=code&scope=snsapi_userinfo&state=s";
        assert!(parsed(&format!("appid=wxoa00000000000001&{base}&forcePopup=true")).is_ok());
        assert!(parsed(&format!("appid=wxoa00000000000001&forcePopup=true&{base}")).is_err());
    }
}
