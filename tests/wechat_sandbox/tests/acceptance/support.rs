//! A sandbox, a client, and the few calls every test makes.

use reqwest::{Client, Response, redirect::Policy};
use serde_json::{Value, json};
use wechat_sandbox::{Account, Sandbox, SandboxConfig};

pub const MINI_APP_ID: &str = "wxmini000000000001";
pub const MINI_SECRET: &str = "demo-mini-secret";
pub const OA_APP_ID: &str = "wxoa00000000000001";
pub const OA_SECRET: &str = "demo-oa-secret";

pub struct World {
    pub sandbox: Sandbox,
    pub client: Client,
}

impl World {
    pub async fn start() -> Self {
        Self::start_with(SandboxConfig::demo()).await
    }

    pub async fn start_with(config: SandboxConfig) -> Self {
        // Another test of this process may have installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { sandbox: Sandbox::start(config).await.unwrap(), client }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url)
    }

    pub async fn get_response(&self, path: &str, query: &[(&str, &str)]) -> Response {
        self.client.get(self.url(path)).query(query).send().await.unwrap()
    }

    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Value {
        json_of(self.get_response(path, query).await).await
    }

    pub async fn post_response(&self, path: &str, token: &str, body: &Value) -> Response {
        let query = [("access_token", token)];
        self.client.post(self.url(path)).query(&query).json(body).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, token: &str, body: &Value) -> Value {
        json_of(self.post_response(path, token, body).await).await
    }

    pub async fn stable_token_answer(&self, account: &Account, force_refresh: bool) -> Value {
        let body = json!({
            "grant_type": "client_credential",
            "appid": account.app_id,
            "secret": account.secret,
            "force_refresh": force_refresh,
        });
        let request = self.client.post(self.url("/cgi-bin/stable_token")).json(&body);
        json_of(request.send().await.unwrap()).await
    }

    pub async fn mini_token(&self) -> String {
        text(&self.stable_token_answer(&mini_program(), false).await, "access_token")
    }

    pub async fn oa_token(&self) -> String {
        text(&self.stable_token_answer(&official_account(), false).await, "access_token")
    }

    pub async fn code2session(&self, code: &str) -> Value {
        let query = [
            ("appid", MINI_APP_ID),
            ("secret", MINI_SECRET),
            ("js_code", code),
            ("grant_type", "authorization_code"),
        ];
        self.get("/sns/jscode2session", &query).await
    }

    /// The error code a mini-program API gives to this token.
    pub async fn fate_of(&self, token: &str) -> i64 {
        errcode(&self.get("/wxaapi/newtmpl/gettemplate", &[("access_token", token)]).await)
    }

    pub async fn exchange_web_code(&self, code: &str) -> Value {
        let query = [
            ("appid", OA_APP_ID),
            ("secret", OA_SECRET),
            ("code", code),
            ("grant_type", "authorization_code"),
        ];
        self.get("/sns/oauth2/access_token", &query).await
    }
}

pub fn mini_program() -> Account {
    Account { app_id: MINI_APP_ID.to_owned(), secret: MINI_SECRET.to_owned() }
}

pub fn official_account() -> Account {
    Account { app_id: OA_APP_ID.to_owned(), secret: OA_SECRET.to_owned() }
}

/// The body as JSON whatever the content type claims; WeChat's status is 200 even for failures.
pub async fn json_of(response: Response) -> Value {
    assert_eq!(response.status(), 200);
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

/// 0 if it is missing, as the clients must read it.
pub fn errcode(answer: &Value) -> i64 {
    answer.get("errcode").map_or(0, |errcode| errcode.as_i64().unwrap())
}

pub fn text(answer: &Value, field: &str) -> String {
    answer[field].as_str().unwrap_or_else(|| panic!("no {field} in {answer}")).to_owned()
}

/// Whether the message ends in ` rid: xxxxxxxx-xxxxxxxx-xxxxxxxx`.
pub fn ends_with_rid(answer: &Value) -> bool {
    let message = text(answer, "errmsg");
    let Some((_, rid)) = message.split_once(" rid: ") else { return false };
    let parts: Vec<&str> = rid.split('-').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|part| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
