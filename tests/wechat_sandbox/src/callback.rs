//! 消息推送: where the mini-program's owner wants to be told of events, and telling them.

use std::time::Duration;

use actix_web::{rt, web::Data};
use anyhow::{Context as _, ensure};
use reqwest::{Client, RequestBuilder};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    callback_event::{Push, envelope},
    callback_seal::Sealer,
    random,
    state::State,
};

/// Tries of one message in all.
const TRIES: u32 = 3;

/// How messages are written, a choice in the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Xml,
    Json,
}

/// What the owner entered in the console.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    pub url: String,
    pub token: String,
    /// The EncodingAESKey; with one it is safe mode, without one plain mode.
    #[serde(default)]
    pub aes_key: Option<String>,
    pub format: Format,
    /// How long an answer is waited for: WeChat's five seconds.
    #[serde(skip, default = "five_seconds")]
    pub patience: Duration,
}

/// One message and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The name of the event, or `text`.
    pub event: String,
    pub tries: u32,
    /// Whether the last try had an answer that ends the matter.
    pub answered: bool,
}

impl Callback {
    /// In this mode and format, with WeChat's patience.
    pub fn new(url: &str, token: &str, aes_key: Option<&str>, format: Format) -> Self {
        Self {
            url: url.to_owned(),
            token: token.to_owned(),
            aes_key: aes_key.map(str::to_owned),
            format,
            patience: five_seconds(),
        }
    }

    fn sealer(&self) -> anyhow::Result<Option<Sealer>> {
        let sealer =
            |key: &String| Sealer::new(key).context("the EncodingAESKey has 43 characters");
        self.aes_key.as_ref().map(sealer).transpose()
    }

    /// Asks the address for the text that only its owner can give back.
    pub(crate) async fn check(&self, now: i64) -> anyhow::Result<()> {
        self.sealer()?;
        let echo = random::alphanumeric(19);
        let request =
            client()?.get(&self.url).query(&self.signed(now)).query(&[("echostr", &echo)]);
        let answer = request.timeout(self.patience).send().await.context("no answer")?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status == 200 && text == echo, "the address answered {status} and {text:?}");
        Ok(())
    }

    /// What is added to every call.
    fn signed(&self, now: i64) -> Vec<(&'static str, String)> {
        let (timestamp, nonce) = (now.to_string(), rand::random::<u32>().to_string());
        let signature = Sealer::signature(&[&self.token, &timestamp, &nonce]);
        vec![("signature", signature), ("timestamp", timestamp), ("nonce", nonce)]
    }

    /// One try. As far as is known every try is signed anew.
    fn request(
        &self,
        client: &Client,
        app_id: &str,
        push: &Push,
        now: i64,
    ) -> anyhow::Result<RequestBuilder> {
        let mut query = self.signed(now);
        query.push(("openid", push.openid.clone()));
        let mut body = push.written(self.format);
        if let Some(sealer) = self.sealer()? {
            let sealed = sealer.seal(&body, app_id);
            let parts = [&self.token, &query[1].1, &query[2].1, &sealed];
            query.push(("msg_signature", Sealer::signature(&parts.map(String::as_str))));
            query.push(("encrypt_type", "aes".to_owned()));
            body = envelope(self.format, &sealed);
        }
        let kind = match self.format {
            Format::Xml => "text/xml",
            Format::Json => "application/json",
        };
        let request = client.post(&self.url).query(&query).header("content-type", kind);
        Ok(request.body(body).timeout(self.patience))
    }
}

const fn five_seconds() -> Duration {
    Duration::from_secs(5)
}

fn client() -> anyhow::Result<Client> {
    // Whoever was first has installed the same one.
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(Client::builder().no_proxy().tls_certs_only([]).build()?)
}

/// Delivers what happens for as long as the sandbox lives; nobody waits for it.
pub async fn deliver(state: Data<State>, mut happened: UnboundedReceiver<Push>) {
    while let Some(push) = happened.recv().await {
        let callback = state.world().callback.clone();
        if let Some(callback) = callback {
            let state = state.clone();
            rt::spawn(async move { deliver_one(&state, &callback, &push).await });
        }
    }
}

async fn deliver_one(state: &State, callback: &Callback, push: &Push) {
    let mut delivery = Delivery { event: push.name().to_owned(), tries: 0, answered: false };
    while delivery.tries < TRIES && !delivery.answered {
        delivery.tries += 1;
        match try_once(state, callback, push).await {
            Ok(()) => delivery.answered = true,
            Err(error) => tracing::warn!(error = format!("{error:#}"), "a message was not taken"),
        }
    }
    state.world().deliveries.push(delivery);
}

async fn try_once(state: &State, callback: &Callback, push: &Push) -> anyhow::Result<()> {
    let app_id = &state.config.mini_program.app_id;
    let request = callback.request(&client()?, app_id, push, state.clock.now())?;
    let answer = request.send().await?;
    let (status, text) = (answer.status(), answer.text().await?);
    ensure!(
        status == 200 && ["", "success"].contains(&text.as_str()),
        "the address answered {status} and {text:?}"
    );
    Ok(())
}
