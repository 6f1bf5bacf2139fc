//! Everything a running sandbox remembers.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::Context as _;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{
    call_log::CallLog,
    callback::{Callback, Delivery},
    callback_event::{Push, What},
    clock::Clock,
    config::{AccountKind, SandboxConfig},
    consents::Consents,
    faults::Faults,
    one_time_codes::OneTimeCodes,
    page_tickets::PageTicket,
    people::{OUTSIDER, SNAPSHOT_PERSON, SandboxPerson},
    sent_messages::SentMessages,
    session_keys::SessionKeys,
    token_keeper::TokenKeeper,
    user_tokens::UserTokens,
    wecom::CorpToken,
};

/// Shared by all handlers and by the owner of the sandbox.
pub struct State {
    pub config: SandboxConfig,
    pub clock: Clock,
    world: Mutex<World>,
    happened: UnboundedSender<Push>,
}

/// What changes while the sandbox runs.
pub struct World {
    pub codes: OneTimeCodes,
    pub session_keys: SessionKeys,
    pub mini_program_tokens: TokenKeeper,
    pub official_account_tokens: TokenKeeper,
    pub page_ticket: PageTicket,
    pub user_tokens: UserTokens,
    pub corp_token: CorpToken,
    pub consents: Consents,
    pub sent: SentMessages,
    pub faults: Faults,
    pub calls: CallLog,
    /// Where the mini-program's owner is told of events.
    pub callback: Option<Callback>,
    /// What they were told, in the order in which the matter ended.
    pub deliveries: Vec<Delivery>,
    /// Messages people wrote and events there were; decides how the next one is written.
    pub pushes: u32,
    pub auto_person: Option<String>,
    /// Keys of people WeChat's risk control refuses to sign in.
    pub blocked: HashSet<String>,
    /// JSON answers given so far; decides which content type the next one claims.
    pub json_answers: u64,
}

impl World {
    pub fn tokens(&mut self, kind: AccountKind) -> &mut TokenKeeper {
        match kind {
            AccountKind::MiniProgram => &mut self.mini_program_tokens,
            AccountKind::OfficialAccount => &mut self.official_account_tokens,
        }
    }
}

impl State {
    /// With what is to be delivered while it runs.
    pub fn new(config: SandboxConfig) -> anyhow::Result<(Self, UnboundedReceiver<Push>)> {
        let config = config.completed()?;
        let world = World {
            codes: OneTimeCodes::default(),
            session_keys: SessionKeys::default(),
            mini_program_tokens: TokenKeeper::default(),
            official_account_tokens: TokenKeeper::default(),
            page_ticket: PageTicket::default(),
            user_tokens: UserTokens::default(),
            corp_token: CorpToken::default(),
            consents: Consents::of(&config),
            sent: SentMessages::default(),
            faults: Faults::default(),
            calls: CallLog::default(),
            callback: None,
            deliveries: Vec::new(),
            pushes: 0,
            auto_person: config.auto_person.clone(),
            blocked: HashSet::new(),
            json_answers: 0,
        };
        let (happened, to_deliver) = unbounded_channel();
        let state = Self { config, clock: Clock::default(), world: Mutex::new(world), happened };
        Ok((state, to_deliver))
    }

    /// Tells the mini-program's owner, if there is an address to tell it to.
    pub fn push(&self, world: &mut World, openid: &str, what: What) {
        if world.callback.is_none() {
            return;
        }
        world.pushes += 1;
        let as_list = world.pushes.is_multiple_of(2);
        let push = Push { openid: openid.to_owned(), created: self.clock.now(), what, as_list };
        // A sandbox that has stopped delivers nothing.
        drop(self.happened.send(push));
    }

    /// The changing part. A test that panicked while holding it leaves it usable.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody answers the popup for some templates.
    pub fn answer_popup(&self, openid: &str, answers: &[(String, bool)]) -> anyhow::Result<()> {
        let mut world = self.world();
        for (id, accept) in answers {
            let template = self.config.template(id).with_context(|| format!("no template {id}"))?;
            world.consents.answer(openid, template, *accept);
        }
        self.push(&mut world, openid, What::Popup(answers.to_vec()));
        Ok(())
    }

    /// Somebody refuses a template in the settings.
    pub fn withdraw(&self, openid: &str, template: &str) -> anyhow::Result<()> {
        let template = self.config.template(template);
        let template = template.with_context(|| "no such template")?;
        let mut world = self.world();
        world.consents.withdraw(openid, template);
        self.push(&mut world, openid, What::Change(vec![template.id.clone()]));
        Ok(())
    }

    /// A person who can open a web page: anyone, the virtual user of a snapshot page, or somebody
    /// from outside in WeCom.
    pub fn visitor(&self, key: &str) -> Option<SandboxPerson> {
        match key {
            SNAPSHOT_PERSON => Some(SandboxPerson::snapshot()),
            OUTSIDER => Some(SandboxPerson::outsider()),
            _ => self.config.person(key).cloned(),
        }
    }
}
