//! Work that nobody waits for: rows in the database, enqueued in the transaction that made them
//! true, run at least once, so every job must be safe to repeat.

mod cleaning;
mod due;
pub mod entity;
mod lease;
mod queue;
mod worker;

use serde::{Deserialize, Serialize};
use shared::notifications::NotificationKind;

pub use cleaning::clean;
pub use lease::Lease;
pub use queue::{enqueue, enqueue_at};
pub use worker::{work, work_off};

use crate::{App, Result, notifications, roster, wechat};

/// Everything that is done later; one small struct a kind, calling one verb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Send one inbox message through WeChat, where the person consented.
    Push(notifications::Push),
    /// Heed what WeChat told about subscribe messages.
    SubscribeEvents(wechat::SubscribeEvents),
    /// Check an imported roster, or bring it in.
    Roster(roster::ImportTask),
}

impl Job {
    const fn name(&self) -> &'static str {
        match self {
            Self::Push(push) => match push.kind {
                NotificationKind::CourseAssigned => "push_course_assigned",
                NotificationKind::SessionSoon => "push_session_soon",
                NotificationKind::WechatChanged => "push_wechat_changed",
            },
            Self::SubscribeEvents(_) => "subscribe_events",
            Self::Roster(_) => "roster_import",
        }
    }

    async fn run(self, app: &App, lease: Lease) -> Result<Outcome> {
        match self {
            Self::Push(push) => notifications::deliver(app, push, lease).await,
            Self::SubscribeEvents(events) => notifications::heed(app, events).await,
            Self::Roster(task) => roster::run(app, task).await,
        }
    }
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Not to be tried again, and why.
    Dead(String),
    /// To be tried again after the back-off, and why.
    Again(String),
    /// To be tried again at this time, and why; does not count as a try.
    Later(chrono::DateTime<chrono::Utc>, String),
}
