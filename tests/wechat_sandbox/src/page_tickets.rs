//! The ticket by which pages of the official account prove themselves in WeChat's browser.

use serde_json::json;

use crate::{
    call::Call,
    config::AccountKind,
    random,
    reply::{Failure, Reply, ok_with},
};

const LIFETIME_SECONDS: i64 = 7200;

/// The one ticket of the account.
#[derive(Default)]
pub struct PageTicket {
    value: String,
    valid_until: i64,
}

impl PageTicket {
    /// The same one until it is over.
    fn at(&mut self, now: i64) -> &str {
        if now >= self.valid_until {
            self.value = format!("kgt8ON7yVITDhtdwci0q{}", random::alphanumeric(64));
            self.valid_until = now + LIFETIME_SECONDS;
        }
        &self.value
    }

    /// What a page has to be signed with now; nothing where the ticket is over.
    pub fn valid(&self, now: i64) -> Option<&str> {
        (now < self.valid_until).then_some(self.value.as_str())
    }
}

/// `GET /cgi-bin/ticket/getticket`. Whatever is left of its life, the answer says two hours.
pub async fn get_ticket(call: Call) -> Reply {
    call.require_token_of(AccountKind::OfficialAccount)?;
    if call.query("type") != Some("jsapi") {
        return Err(Failure::new(40097, "invalid args"));
    }
    let now = call.now();
    let mut world = call.state.world();
    let ticket = world.page_ticket.at(now);
    Ok(ok_with(json!({ "ticket": ticket, "expires_in": LIFETIME_SECONDS })))
}
