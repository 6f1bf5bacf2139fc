//! Calls over the wire: bounded in time and size, only to the configured host, and silent about
//! addresses, which carry secrets.

use std::time::Duration;

use anyhow::Context;
use reqwest::{Client, Response, redirect::Policy};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::{
    breaker::Breaker,
    reply::{self, Refusal},
};

const CONNECTING: Duration = Duration::from_secs(2);
/// An idle connection is closed by us, before the other side does and a call falls into the gap: many
/// servers wait no longer than 5 s.
const IDLE: Duration = Duration::from_secs(4);
/// Between a busy answer and the one more try.
const BREATH: Duration = Duration::from_millis(200);
/// The longest answer in JSON.
pub(super) const LONGEST_TEXT: usize = 64 * 1024;
/// The longest picture.
pub(super) const LONGEST_PICTURE: usize = 512 * 1024;

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// WeChat answered with an error code.
    Refused(Refusal),
    /// WeChat was not asked: it did not answer lately and is left alone for a while.
    Resting,
    /// WeChat cannot have heard of it.
    NotSent,
    /// The connection was closed before an answer, or something before WeChat answered in its place:
    /// nothing was done, as a rule.
    NotTaken,
    /// No answer in time, or none that could be understood; what was asked for may have been done.
    NoAnswer,
}

/// A client with connections of its own. Certificates are read only if it will be `used` with TLS.
pub(super) fn client(base: &str, used: bool) -> anyhow::Result<Client> {
    let secure = base.starts_with("https://");
    let mut builder = Client::builder()
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(CONNECTING)
        .pool_idle_timeout(IDLE)
        .https_only(secure);
    if !secure || !used {
        builder = builder.tls_certs_only([]);
    }
    builder.build().context("the client for WeChat (are the system's CA certificates installed?)")
}

/// One call. Its query may hold secrets.
#[derive(Clone)]
pub(super) struct Call<'a> {
    pub path: &'static str,
    pub query: Vec<(&'static str, &'a str)>,
    /// Absent: a GET.
    pub body: Option<&'a Value>,
    /// Bytes of answer that are read at most.
    pub longest: usize,
}

impl<'a> Call<'a> {
    pub(super) const fn get(path: &'static str, query: Vec<(&'static str, &'a str)>) -> Self {
        Self { path, query, body: None, longest: LONGEST_TEXT }
    }

    pub(super) const fn post(path: &'static str, body: &'a Value) -> Self {
        Self { path, query: Vec::new(), body: Some(body), longest: LONGEST_TEXT }
    }
}

/// A way to WeChat with its own circuit breaker.
pub(super) struct Lane {
    client: Client,
    base: String,
    breaker: Breaker,
}

impl Lane {
    pub(super) fn new(client: Client, base: &str, pause: Duration) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        Self { client, base, breaker: Breaker::new(pause) }
    }

    /// Asks once. `read` decides what counts as an answer.
    pub(super) async fn ask<T>(
        &self,
        call: &Call<'_>,
        deadline: Instant,
        read: fn(&[u8]) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let begun = Instant::now();
        if begun >= deadline {
            return Err(Failure::NotSent);
        }
        if !self.breaker.admits(begun) {
            return Err(Failure::Resting);
        }
        let outcome = match self.exchange(call, deadline - begun).await {
            Ok(body) => read(&body).inspect_err(|failure| report(call.path, failure)),
            Err(failure) => Err(failure),
        };
        match outcome {
            Ok(_) | Err(Failure::Refused(_)) => self.breaker.succeeded(),
            Err(_) => self.breaker.failed(Instant::now()),
        }
        outcome
    }

    /// Asks for JSON, and once more if WeChat says it is busy: only for what may be repeated, or
    /// what a busy WeChat has not done.
    pub(super) async fn ask_patiently<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        deadline: Instant,
    ) -> Result<T, Failure> {
        once_more_if_busy(|| self.ask(call, deadline, reply::read)).await
    }

    async fn exchange(&self, call: &Call<'_>, patience: Duration) -> Result<Vec<u8>, Failure> {
        let address = format!("{}{}", self.base, call.path);
        let request = match call.body {
            Some(body) => self.client.post(address).json(body),
            None => self.client.get(address),
        };
        let sent = request.query(&call.query).timeout(patience).send().await;
        let response = sent.map_err(|error| not_answered(call.path, error))?;
        if response.status() != reqwest::StatusCode::OK {
            tracing::warn!(
                path = call.path,
                status = response.status().as_u16(),
                "not from WeChat"
            );
            return Err(Failure::NotTaken);
        }
        collect(call, response).await
    }
}

/// Asks, takes a breath if WeChat says it is busy, and asks again.
pub(super) async fn once_more_if_busy<T, Asking>(ask: impl Fn() -> Asking) -> Result<T, Failure>
where
    Asking: Future<Output = Result<T, Failure>>,
{
    match ask().await {
        Err(Failure::Refused(refusal)) if refusal.errcode == Refusal::BUSY => {
            sleep(BREATH).await;
            ask().await
        }
        other => other,
    }
}

async fn collect(call: &Call<'_>, mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| broken_off(call.path, error))? {
        if body.len() + piece.len() > call.longest {
            tracing::warn!(path = call.path, longest = call.longest, "the answer is too long");
            return Err(Failure::NoAnswer);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

fn report(path: &str, failure: &Failure) {
    if let Failure::Refused(Refusal { errcode, rid }) = failure {
        tracing::info!(path, errcode, rid, "WeChat refused a call");
    } else {
        tracing::warn!(path, "WeChat's answer cannot be understood");
    }
}

/// Before an answer began.
fn not_answered(path: &str, error: reqwest::Error) -> Failure {
    let failure = if error.is_connect() || error.is_builder() {
        Failure::NotSent
    } else if error.is_timeout() {
        Failure::NoAnswer
    } else {
        Failure::NotTaken
    };
    warn(path, error);
    failure
}

/// While an answer came, so that it was one.
fn broken_off(path: &str, error: reqwest::Error) -> Failure {
    warn(path, error);
    Failure::NoAnswer
}

fn warn(path: &str, error: reqwest::Error) {
    let error = anyhow::Error::new(error.without_url());
    tracing::warn!(path, error = format!("{error:#}"), "WeChat could not be asked");
}
