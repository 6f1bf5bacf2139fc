//! Sending a subscribe message.

use serde::Deserialize;
use serde_json::Value;

use super::{
    NOBODY_WAITS, SubscribeMessage, WeChat,
    reply::{self, Refusal, number},
    wire::{Call, Failure},
    within,
};

const PATH: &str = "/cgi-bin/message/subscribe/send";

/// WeChat took the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// WeChat's number of it, where it tells one.
    pub message_id: Option<i64>,
}

/// Why a message was not sent, by what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PushRefused {
    /// The person did not agree, or the one message they agreed to is spent.
    #[error("the person did not agree to the message")]
    NoCredit,
    /// It will never be taken as it is: our fault, to be looked into.
    #[error("WeChat never takes this message: {0}")]
    Configuration(String),
    /// No more messages today, in WeChat's time zone.
    #[error("today's messages are used up")]
    QuotaUsedUp,
    /// Nobody asked WeChat, because it did not answer lately.
    #[error("WeChat is left alone for a while")]
    Resting,
    /// It may go another time. `ambiguous`: it may have arrived already, because no answer came in
    /// time or none that can be understood, or because WeChat says it is busy, after which messages
    /// have been seen to arrive. What was closed or answered by a gateway before WeChat said anything
    /// is not ambiguous: in the rare case that WeChat had the message, it refuses the next one for
    /// want of a credit.
    #[error("WeChat did not take the message now")]
    Retry { ambiguous: bool },
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    msgid: Value,
}

impl WeChat {
    /// Sends a message to somebody by their openid in the mini-program: at most eight at a time,
    /// each for at most five seconds.
    ///
    /// # Errors
    /// As the variants say.
    pub async fn push(
        &self,
        openid: &str,
        message: &SubscribeMessage,
    ) -> Result<Pushed, PushRefused> {
        if !self.0.mini_program.is_configured() {
            return Err(PushRefused::Configuration("there is no mini-program".into()));
        }
        let body = message.body(openid).map_err(PushRefused::Configuration)?;
        let room = self.0.room_for_pushes.acquire().await;
        // Nobody closes the semaphore.
        let _room = room.map_err(|_| PushRefused::Retry { ambiguous: false })?;
        let call = Call::post(PATH, &body);
        let deadline = within(NOBODY_WAITS);
        let answer = self.0.ask_with_token(&self.0.pushes, &call, deadline, reply::read).await;
        let answer: Answer = answer.map_err(refused)?;
        Ok(Pushed { message_id: number(&answer.msgid) })
    }
}

fn refused(failure: Failure) -> PushRefused {
    let refusal = match failure {
        Failure::Refused(refusal) => refusal,
        Failure::Resting => return PushRefused::Resting,
        Failure::NotSent | Failure::NotTaken => return PushRefused::Retry { ambiguous: false },
        Failure::NoAnswer => return PushRefused::Retry { ambiguous: true },
    };
    match refusal.errcode {
        43101 => PushRefused::NoCredit,
        44993 | 45009 => PushRefused::QuotaUsedUp,
        Refusal::BUSY => PushRefused::Retry { ambiguous: true },
        // Openid, template, page, values, words, token of another app, API not granted or banned,
        // person restricted.
        40003 | 40013 | 40037 | 41030 | 43107 | 45168 | 47001 | 47003 | 48001 | 48004 | 50002 => {
            refusal.alarm(PATH);
            PushRefused::Configuration(refusal.to_string())
        }
        _ => PushRefused::Retry { ambiguous: false },
    }
}
