//! WeChat by meaning: what the product asks of it, whatever the wire says.
//!
//! Nothing a person does waits for a push, and sign-ins have connections and a circuit breaker of
//! their own, so that trouble with pushes never keeps anybody out. Codes, secrets, tokens and
//! session keys are neither logged nor part of any error; a session key is not even read.

mod access;
mod breaker;
pub mod callback;
mod cbc;
mod corp_token;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod held_token;
mod js_sdk;
mod message;
pub mod message_key;
mod message_values;
mod mini_program_code;
pub mod open_data;
mod page_ticket;
mod phone_number;
mod push;
mod reply;
mod sign_in;
pub mod signature;
mod stable_token;
mod stored_token;
mod templates;
mod token;
mod wecom;
mod wire;

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use shared::problem::{Code, Problem};
use tokio::{sync::Semaphore, time::Instant};

pub use callback::{
    event::{SubscribeChange, SubscribeEvents},
    forget_old_callbacks, plain,
};
pub use js_sdk::routes;
pub use message::SubscribeMessage;
pub use phone_number::PhoneNumber;
pub use push::{PushRefused, Pushed};
pub use sign_in::WeChatIdentity;
pub use templates::MessageTemplate;
pub use wecom::is_wecom;

use crate::{Result, clock::Clock, config::Config, db::Db, keys::Keys};
use callback::channel::Channel;
use page_ticket::PageTicket;
use stable_token::StableToken;
use stored_token::TokenRow;
use token::Tokens;
use wecom::Wecom;
use wire::Lane;

/// What somebody in front of a screen waits for answers within three seconds, trouble included.
const SOMEBODY_WAITS: Duration = Duration::from_millis(2_500);
/// What a job or an officer asks for may take longer.
const NOBODY_WAITS: Duration = Duration::from_secs(5);
/// Pushes on their way at once.
const PUSHES_AT_ONCE: usize = 8;

/// Our two WeChat apps, and the company's WeCom where it is used; cheap to clone.
#[derive(Clone)]
pub struct WeChat(Arc<Inner>);

struct Inner {
    open_base: String,
    official_account: Account,
    mini_program: Account,
    /// Sign-ins and phone numbers.
    people: Lane,
    pushes: Lane,
    pictures: Lane,
    tokens: Tokens<StableToken>,
    /// What pages prove themselves with in WeChat's browser.
    page_tickets: Tokens<PageTicket>,
    wecom: Option<Wecom>,
    room_for_pushes: Semaphore,
    /// The callbacks of the accounts that have one.
    channels: Vec<Channel>,
}

/// The credentials of one app; without an app id it is not configured.
#[derive(Clone)]
struct Account {
    app_id: String,
    secret: SecretString,
}

impl WeChat {
    /// Connects to nobody yet.
    pub fn new(config: &Config, db: Db, clock: Clock, keys: &Arc<Keys>) -> Result<Self> {
        let wechat = &config.wechat;
        let account = |app_id: &str, secret: &SecretString| Account {
            app_id: app_id.to_owned(),
            secret: secret.clone(),
        };
        let mini_program = account(&wechat.mini_app_id, &wechat.mini_app_secret);
        let official_account = account(&wechat.oa_app_id, &wechat.oa_app_secret);
        let used = mini_program.is_configured() || official_account.is_configured();
        let for_people = wire::client(&wechat.api_base, used)?;
        let for_machines = wire::client(&wechat.api_base, used)?;
        let channels = [
            Channel::configured(
                "mini-program",
                &wechat.mini_app_id,
                &wechat.mini_token,
                &wechat.mini_aes_key,
            )?,
            Channel::configured(
                "official-account",
                &wechat.oa_app_id,
                &wechat.oa_token,
                &wechat.oa_aes_key,
            )?,
        ];
        let pause = config.pace.wechat_pause();
        let lane = |client: &reqwest::Client| Lane::new(client.clone(), &wechat.api_base, pause);
        let row = TokenRow { app_id: String::new(), db, clock, keys: keys.clone() };
        let tokens = |of: &Account| StableToken::kept(of, lane(&for_machines), &row);
        let oa_tokens = tokens(&official_account);
        Ok(Self(Arc::new(Inner {
            open_base: wechat.open_base.clone(),
            tokens: tokens(&mini_program),
            page_tickets: PageTicket::kept(oa_tokens, lane(&for_machines), &row),
            wecom: Wecom::configured(config, &row)?,
            official_account,
            mini_program,
            people: lane(&for_people),
            pushes: lane(&for_machines),
            pictures: lane(&for_machines),
            room_for_pushes: Semaphore::new(PUSHES_AT_ONCE),
            channels: channels.into_iter().flatten().collect(),
        })))
    }

    /// The callback of an account by the name it has in addresses; nothing where none is set up.
    fn channel(&self, name: &str) -> Option<&Channel> {
        self.0.channels.iter().find(|it| it.name() == name)
    }

    fn official_account(&self) -> Result<&Account> {
        configured(&self.0.official_account, "没有配置公众号")
    }

    fn mini_program(&self) -> Result<&Account> {
        configured(&self.0.mini_program, "没有配置小程序")
    }
}

impl Account {
    fn is_configured(&self) -> bool {
        !self.app_id.is_empty()
    }
}

fn configured<'a>(account: &'a Account, otherwise: &str) -> Result<&'a Account> {
    if account.is_configured() {
        return Ok(account);
    }
    Err(Problem::from(Code::WechatUnavailable).detail(otherwise).into())
}

fn within(patience: Duration) -> Instant {
    Instant::now() + patience
}
