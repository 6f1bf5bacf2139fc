//! Everything a running sandbox remembers.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    call_log::CallLog,
    clock::Clock,
    config::{AccountKind, SandboxConfig},
    consents::Consents,
    faults::Faults,
    one_time_codes::OneTimeCodes,
    people::{SNAPSHOT_PERSON, SandboxPerson},
    sent_messages::SentMessages,
    session_keys::SessionKeys,
    token_keeper::TokenKeeper,
    user_tokens::UserTokens,
};

/// Shared by all handlers and by the owner of the sandbox.
pub struct State {
    pub config: SandboxConfig,
    pub clock: Clock,
    world: Mutex<World>,
}

/// What changes while the sandbox runs.
pub struct World {
    pub codes: OneTimeCodes,
    pub session_keys: SessionKeys,
    pub mini_program_tokens: TokenKeeper,
    pub official_account_tokens: TokenKeeper,
    pub user_tokens: UserTokens,
    pub consents: Consents,
    pub sent: SentMessages,
    pub faults: Faults,
    pub calls: CallLog,
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
    pub fn new(config: SandboxConfig) -> anyhow::Result<Self> {
        let config = config.completed()?;
        let world = World {
            codes: OneTimeCodes::default(),
            session_keys: SessionKeys::default(),
            mini_program_tokens: TokenKeeper::default(),
            official_account_tokens: TokenKeeper::default(),
            user_tokens: UserTokens::default(),
            consents: Consents::of(&config),
            sent: SentMessages::default(),
            faults: Faults::default(),
            calls: CallLog::default(),
            auto_person: config.auto_person.clone(),
            blocked: HashSet::new(),
            json_answers: 0,
        };
        Ok(Self { config, clock: Clock::default(), world: Mutex::new(world) })
    }

    /// The changing part. A test that panicked while holding it leaves it usable.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A person who can open a web page: anyone, or the virtual user of a snapshot page.
    pub fn visitor(&self, key: &str) -> Option<SandboxPerson> {
        if key == SNAPSHOT_PERSON {
            return Some(SandboxPerson::snapshot());
        }
        self.config.person(key).cloned()
    }
}
