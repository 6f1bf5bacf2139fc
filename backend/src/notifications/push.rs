//! One message through WeChat.
//!
//! WeChat gives a message no key by which it would know a repeated one, so a try of which nobody
//! knows whether WeChat took it is repeated once, and then the job is dead, for somebody to see. A
//! duplicate is rarer than that: each message uses up a credit at WeChat too, and without another
//! one WeChat refuses the repeated message. What was certainly not taken is tried as often as any
//! job.
//!
//! A try is written down before it is made, with the credit it uses, in the transaction that takes
//! the credit from the ledger. So a server that is killed meanwhile loses neither the message nor
//! the credit, and leaves a try behind of which nobody knows. When a try fails the credit is given
//! back, in doubt too: an unused credit would be a message less for somebody who asked for it,
//! while WeChat corrects one too many.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::{accounts::PersonId, deliveries::SkipReason, notifications::NotificationKind, time};

use super::{
    address::{Address, address},
    credits,
};
use crate::{
    App, Result,
    jobs::{Job, Lease, Outcome},
    wechat::PushRefused,
};

/// Why a message was given up that may have arrived.
pub const NOBODY_KNOWS: &str = "nobody knows whether WeChat took the message, nor its repetition";

/// Repeats of a message that WeChat may have taken already.
const REPEATS: u32 = 1;

/// A subscribe message to send; the inbox has what it says already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    pub person: PersonId,
    pub kind: NotificationKind,
    /// The page that a tap opens.
    pub page: String,
    /// Values in the order of the template's keys.
    pub values: Vec<String>,
    /// After this it is not worth sending any more.
    pub worth_until: DateTime<Utc>,
    #[serde(default)]
    pub sending: Sending,
}

/// How far sending it got.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The template of which it has a credit.
    credit: Option<String>,
    /// Tries that WeChat may have taken, the one that is being made among them.
    unclear: u32,
}

impl Push {
    /// As if it had never been tried; a credit that it has it keeps.
    #[must_use]
    pub fn afresh(mut self) -> Self {
        self.sending.unclear = 0;
        self
    }

    pub fn is_expired(&self, now: DateTime<Utc>) -> bool {
        now > self.worth_until
    }
}

/// Sends the message if the person consented, is known to the mini-program, and it is neither too
/// late nor the wrong hour.
pub async fn deliver(app: &App, push: Push, lease: Lease) -> Result<Outcome> {
    let now = app.clock.now(app.db.read()).await?;
    let (openid, message) = match address(app, &push, now).await? {
        Address::To(openid, message) => (openid, message),
        Address::Nobody(why) => {
            give_back(app, push, lease).await?;
            return Ok(Outcome::Skipped(why));
        }
        Address::Later(at, why) => {
            give_back(app, push, lease).await?;
            return Ok(Outcome::Later(at, why.into()));
        }
    };
    if push.sending.unclear > REPEATS {
        return nobody_knows(app, push, lease).await;
    }
    let Some(push) = begin(app, push, message.template_id.clone(), lease).await? else {
        return Ok(Outcome::Skipped(SkipReason::NoConsent));
    };
    match app.wechat.push(&openid, &message).await {
        Ok(_) => Ok(Outcome::Done),
        Err(PushRefused::NoCredit) => {
            credits::clear(app, push.person, message.template_id).await?;
            Ok(Outcome::Skipped(SkipReason::NoConsent))
        }
        Err(refused) => not_sent(app, push, lease, refused, now).await,
    }
}

/// What to do about a message that WeChat did not take, or perhaps did.
async fn not_sent(
    app: &App,
    push: Push,
    lease: Lease,
    refused: PushRefused,
    now: DateTime<Utc>,
) -> Result<Outcome> {
    if refused == (PushRefused::Retry { ambiguous: true }) {
        return if push.sending.unclear > REPEATS {
            nobody_knows(app, push, lease).await
        } else {
            Ok(Outcome::Again("WeChat may have taken the message".into()))
        };
    }
    not_taken(app, push, lease).await?;
    Ok(match refused {
        PushRefused::Resting => {
            let rest = app.config.pace.back_off(1);
            Outcome::Later(now + rest, "WeChat does not answer".into())
        }
        PushRefused::QuotaUsedUp => {
            Outcome::Later(after_midnight(now), "WeChat's daily quota is used up".into())
        }
        PushRefused::Configuration(why) => Outcome::Dead(why),
        PushRefused::NoCredit | PushRefused::Retry { .. } => {
            Outcome::Again("WeChat did not take the message".into())
        }
    })
}

/// Writes down that a try is made, with a credit for it; nothing where there is none.
async fn begin(app: &App, push: Push, template: String, lease: Lease) -> Result<Option<Push>> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let mut push = push;
                if push.sending.credit.is_none() {
                    if !credits::take(tx, push.person, &template).await? {
                        return Ok(None);
                    }
                    push.sending.credit = Some(template);
                }
                push.sending.unclear += 1;
                let now = clock.now(tx).await?;
                lease.note(tx, &Job::Push(push.clone()), now).await?;
                Ok(Some(push))
            })
        })
        .await
}

/// The try that was begun did not reach WeChat, or WeChat refused it.
async fn not_taken(app: &App, mut push: Push, lease: Lease) -> Result<()> {
    push.sending.unclear = push.sending.unclear.saturating_sub(1);
    give_back(app, push, lease).await
}

async fn nobody_knows(app: &App, push: Push, lease: Lease) -> Result<Outcome> {
    give_back(app, push, lease).await?;
    Ok(Outcome::Dead(NOBODY_KNOWS.into()))
}

/// Gives the credit back that the message has, if any, and writes that down.
async fn give_back(app: &App, mut push: Push, lease: Lease) -> Result<()> {
    let Some(template) = push.sending.credit.take() else { return Ok(()) };
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                credits::give_back(tx, push.person, &template).await?;
                lease.note(tx, &Job::Push(push), clock.now(tx).await?).await
            })
        })
        .await
}

/// Five past midnight, local time, and up to ten minutes later.
fn after_midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = time::local_date(now) + Days::new(1);
    let midnight = tomorrow.and_time(NaiveTime::MIN).and_local_timezone(time::zone());
    let midnight = midnight.earliest().map_or(now + TimeDelta::hours(24), |it| it.to_utc());
    midnight + TimeDelta::seconds(300 + i64::from(rand::random_range(0..600)))
}
