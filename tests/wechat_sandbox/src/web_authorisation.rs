//! The browser's half of web authorisation: `/connect/oauth2/authorize` and the person picker, which
//! stands where WeChat knows by itself who holds the phone.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::{Uri, header},
    web::Data,
};
use askama::Template;

use crate::{
    call::query_pairs,
    config::SandboxConfig,
    one_time_codes::{Purpose, Scope},
    people::{SNAPSHOT_PERSON, STRANGER, SandboxPerson},
    state::State,
};

/// Names the person whose WeChat this browser plays; the picker sets it on request.
const PERSON_COOKIE: &str = "sandbox_person";

/// WeChat compares the query with a regular expression, so the order counts.
const PARAMETER_ORDER: [&str; 5] = ["appid", "redirect_uri", "response_type", "scope", "state"];
const OPTIONAL_TAIL: [&str; 2] = ["forcePopup", "forceSnapShot"];
const LONGEST_STATE: usize = 128;

/// An error WeChat shows on a page of its own instead of returning to the site.
#[derive(Debug, Template)]
#[template(path = "refusal.html")]
struct Refusal {
    message: &'static str,
    explanation: &'static str,
}

#[derive(Template)]
#[template(path = "picker.html")]
struct Picker<'a> {
    people: Vec<&'a SandboxPerson>,
    stranger: &'static str,
    snapshot: &'static str,
    host: &'a str,
    asks_for_profile: bool,
    parameters: &'a [(String, String)],
}

/// A checked authorisation request.
#[derive(Debug)]
struct Authorisation {
    redirect_uri: String,
    host: String,
    scope: Scope,
    state: Option<String>,
}

/// `GET /connect/oauth2/authorize`: returns at once if it is known who holds the phone.
pub async fn authorize(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let parameters = query_pairs(request.query_string());
    let authorisation = match Authorisation::parse(&state.config, &parameters) {
        Ok(authorisation) => authorisation,
        Err(refusal) => return page(&refusal),
    };
    let cookie = request.cookie(PERSON_COOKIE).map(|cookie| cookie.value().to_owned());
    let known = cookie.or_else(|| state.world().auto_person.clone());
    if let Some(person) = known.and_then(|key| state.visitor(&key)) {
        return authorisation.give_code(&state, person);
    }
    page(&Picker {
        people: state.config.people.iter().filter(|person| person.key != STRANGER).collect(),
        stranger: STRANGER,
        snapshot: SNAPSHOT_PERSON,
        host: &authorisation.host,
        asks_for_profile: authorisation.scope == Scope::UserInfo,
        parameters: &parameters,
    })
}

/// `GET /_sandbox/authorize`: a button of the picker was pressed.
pub async fn choose(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let (choices, parameters): (Vec<_>, Vec<_>) = query_pairs(request.query_string())
        .into_iter()
        .partition(|(name, _)| ["person", "remember", "refuse"].contains(&name.as_str()));
    let authorisation = match Authorisation::parse(&state.config, &parameters) {
        Ok(authorisation) => authorisation,
        Err(refusal) => return page(&refusal),
    };
    let choice = |wanted: &str| choices.iter().find(|(name, _)| name == wanted);
    if choice("refuse").is_some() {
        return redirect(&authorisation.return_address(None));
    }
    let Some(person) = choice("person").and_then(|(_, key)| state.visitor(key)) else {
        return HttpResponse::NotFound().body("没有这个人");
    };
    let cookie =
        Cookie::build(PERSON_COOKIE, person.key.clone()).path("/").same_site(SameSite::Lax);
    let mut response = authorisation.give_code(&state, person);
    if choice("remember").is_some() {
        // The name of a cookie is fixed and a key that came from the list is plain text.
        response.add_cookie(&cookie.finish()).expect("a known person's key fits a cookie");
    }
    response
}

/// `GET /_sandbox/forget`: the browser is nobody's again, so the picker comes back.
pub async fn forget() -> HttpResponse {
    let mut cookie = Cookie::build(PERSON_COOKIE, "").path("/").finish();
    cookie.make_removal();
    HttpResponse::SeeOther().cookie(cookie).insert_header((header::LOCATION, "/_sandbox")).finish()
}

impl Authorisation {
    fn parse(config: &SandboxConfig, parameters: &[(String, String)]) -> Result<Self, Refusal> {
        if !is_in_order(parameters) {
            return Err(Refusal {
                message: "参数错误",
                explanation: "参数必须依次是 appid、redirect_uri、response_type、scope、state。",
            });
        }
        let value = |name: &str| {
            parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
        };
        if value("appid") != Some(config.official_account.app_id.as_str()) {
            return Err(Refusal {
                message: "AppID 参数错误", explanation: "没有这个公众号。"
            });
        }
        if value("response_type") != Some("code") {
            return Err(Refusal {
                message: "参数错误",
                explanation: "response_type 必须是 code。",
            });
        }
        let scope = value("scope").and_then(Scope::named).ok_or(Refusal {
            message: "Scope 参数错误或没有 Scope 权限（10005）",
            explanation: "scope 只能是 snsapi_base 或 snsapi_userinfo。",
        })?;
        let state = value("state");
        if state.is_some_and(|state| !is_state(state)) {
            return Err(Refusal {
                message: "state 参数错误",
                explanation: "state 只能由字母和数字组成，最多 128 个。",
            });
        }
        let redirect_uri = value("redirect_uri").unwrap_or_default();
        let host = authorised_host(config, redirect_uri).ok_or(Refusal {
            message: "redirect_uri 域名与后台配置不一致（10003）",
            explanation: "回调地址的域名要和网页授权域名完全相同，www 也算不同。",
        })?;
        let state = state.map(str::to_owned);
        Ok(Self { redirect_uri: redirect_uri.to_owned(), host, scope, state })
    }

    fn give_code(&self, state: &State, person: SandboxPerson) -> HttpResponse {
        let purpose = Purpose::WebAuthorisation(self.scope);
        let code = state.world().codes.issue(purpose, person, state.clock.now());
        redirect(&self.return_address(Some(&code)))
    }

    /// The address to return to; without a code if the person refused.
    fn return_address(&self, code: Option<&str>) -> String {
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

fn redirect(address: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

fn page(template: &impl Template) -> HttpResponse {
    match template.render() {
        Ok(html) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(html),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
