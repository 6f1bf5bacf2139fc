//! Somebody who calls the API.

use std::time::Duration;

use reqwest::{
    Client, Response,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue, ORIGIN},
};
use serde_json::Value;
use shared::{
    accounts::{Me, SignInWithMiniProgram, SignInWithPassword, Tokens},
    api::{Endpoint, Outgoing, encode},
    problem::{Code, Problem},
};

/// Why a call gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("refused: {}", .0.sentence())]
    Refused(Box<Problem>),
    /// The connection broke, was refused, or took too long.
    #[error("lost: {0:?}")]
    Lost(#[from] reqwest::Error),
    #[error("not what the contract says: {0}")]
    Garbled(String),
}

impl Failure {
    /// Why the server refused; nothing where it did not answer.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Lost(_) | Self::Garbled(_) => None,
        }
    }
}

/// A caller with connections of their own, signed in or not. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Person {
    http: Client,
    base: String,
    tokens: Option<Tokens>,
    me: Option<Me>,
}

impl Person {
    /// Somebody who is not signed in, and who keeps cookies as a browser does.
    pub fn stranger(base: &str) -> Self {
        // A browser names the page's origin with every write.
        let origin = HeaderValue::from_str(base).expect("an address is plain ASCII");
        let http = Client::builder()
            .timeout(Duration::from_secs(30))
            .cookie_store(true)
            .default_headers(HeaderMap::from_iter([(ORIGIN, origin)]))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client without any files to read can be built");
        Self { http, base: base.to_owned(), tokens: None, me: None }
    }

    pub(crate) async fn with_mini_program(base: &str, code: String) -> Result<Self, Failure> {
        let mut person = Self::stranger(base);
        let answer = person.call(SignInWithMiniProgram { code }).await?;
        (person.tokens, person.me) = (answer.tokens, Some(answer.me));
        Ok(person)
    }

    pub(crate) async fn with_password(
        base: &str,
        request: SignInWithPassword,
    ) -> Result<Self, Failure> {
        let mut person = Self::stranger(base);
        person.me = person.call(request).await?.me;
        Ok(person)
    }

    /// The same person with the same sign-in at another server of the installation.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// Who this is.
    ///
    /// # Panics
    /// For a stranger.
    pub fn me(&self) -> &Me {
        self.me.as_ref().expect("a stranger is nobody")
    }

    /// What a mini-program got when it signed in.
    ///
    /// # Panics
    /// For those who signed in with a browser.
    pub fn tokens(&self) -> &Tokens {
        self.tokens.as_ref().expect("the tokens of browsers are in cookies")
    }

    /// Calls an endpoint.
    pub async fn call<E: Endpoint>(&self, request: E) -> Result<E::Response, Failure> {
        let Outgoing { method, target, body } = encode(&request);
        let answer = self.send(method.as_str(), &target, body).await?;
        let status = answer.status();
        let text = answer.text().await?;
        if status == 200 {
            return serde_json::from_str(&text).map_err(|error| garbled(&error, &text));
        }
        let problem = serde_json::from_str(&text).map_err(|error| garbled(&error, &text))?;
        Err(Failure::Refused(Box::new(problem)))
    }

    /// Sends a request as it is, with a JSON body where there is one.
    pub async fn send(
        &self,
        method: &str,
        target: &str,
        body: Option<String>,
    ) -> reqwest::Result<Response> {
        let mut request = self.request(method, target);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        request.send().await
    }

    /// A request that carries this person's sign-in.
    ///
    /// # Panics
    /// Where `method` is no method.
    pub fn request(&self, method: &str, target: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method of HTTP");
        let request = self.http.request(method, format!("{}{target}", self.base));
        match &self.tokens {
            Some(tokens) => request.bearer_auth(&tokens.access_token),
            None => request,
        }
    }

    /// A GET whose answer is any JSON.
    pub async fn json(&self, target: &str) -> Result<Value, Failure> {
        let text = self.send("GET", target, None).await?.text().await?;
        serde_json::from_str(&text).map_err(|error| garbled(&error, &text))
    }
}

fn garbled(error: &serde_json::Error, text: &str) -> Failure {
    Failure::Garbled(format!("{error} in {text:.500}"))
}
