//! Work that nobody waits for: rows in the database, enqueued in the transaction that made them
//! true, run at least once, so every job must be safe to repeat.

mod cleaning;
mod dead;
mod due;
pub mod entity;
mod lease;
mod outcome;
mod queue;
mod worker;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::{deliveries::JobKind, notifications::NotificationKind};

pub use cleaning::clean;
pub use dead::{Revived, dead, dead_ids, ended, read, revive, waiting};
pub use lease::Lease;
pub use outcome::Outcome;
pub use queue::{enqueue, enqueue_at};
pub use worker::{work, work_off};

use crate::{
    App, Result, courses, db::Transaction, media, notifications, roster, standards, wechat,
};

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
    /// Read a standard's file, or make its clauses findable.
    Standards(standards::Task),
    /// Show learners a revision of a course at the time that was chosen.
    Publication(courses::ScheduledPublication),
    /// Look into an uploaded file, or make it ready for phones.
    Media(media::MediaTask),
}

impl Job {
    const fn kind(&self) -> JobKind {
        match self {
            Self::Push(push) => match push.kind {
                NotificationKind::CourseAssigned => JobKind::PushCourseAssigned,
                NotificationKind::SessionSoon => JobKind::PushSessionSoon,
                NotificationKind::TeamDigest => JobKind::PushTeamDigest,
                NotificationKind::WechatChanged => JobKind::PushWechatChanged,
                NotificationKind::EnquiryAnswered => JobKind::PushEnquiryAnswered,
                NotificationKind::RevisionWaiting => JobKind::PushRevisionWaiting,
                NotificationKind::RevisionDecided => JobKind::PushRevisionDecided,
                NotificationKind::StandardChanged => JobKind::PushStandardChanged,
                NotificationKind::EnquiryAsked => JobKind::PushEnquiryAsked,
            },
            Self::SubscribeEvents(_) => JobKind::SubscribeEvents,
            Self::Roster(_) => JobKind::RosterImport,
            Self::Standards(_) => JobKind::StandardImport,
            Self::Publication(_) => JobKind::CoursePublication,
            Self::Media(_) => JobKind::MediaPreparation,
        }
    }

    /// As if it had never been tried.
    fn afresh(self) -> Self {
        match self {
            Self::Push(push) => Self::Push(push.afresh()),
            other => other,
        }
    }

    /// Whether it is no longer worth doing, so that whoever runs it drops it.
    fn is_expired(&self, now: DateTime<Utc>) -> bool {
        match self {
            Self::Push(push) => push.is_expired(now),
            Self::SubscribeEvents(_)
            | Self::Roster(_)
            | Self::Standards(_)
            | Self::Publication(_)
            | Self::Media(_) => false,
        }
    }

    /// Does what follows from its having died.
    async fn given_up(self, tx: &Transaction) -> Result<()> {
        match self {
            Self::Standards(task) => standards::given_up(tx, task).await,
            _ => Ok(()),
        }
    }

    async fn run(self, app: &App, lease: Lease) -> Result<Outcome> {
        match self {
            Self::Push(push) => notifications::deliver(app, push, lease).await,
            Self::SubscribeEvents(events) => notifications::heed(app, events).await,
            Self::Roster(task) => roster::run(app, task).await,
            Self::Standards(task) => standards::run(app, task, Some(lease)).await,
            Self::Publication(task) => courses::publish_scheduled(app, task).await,
            Self::Media(task) => media::run(app, task, lease).await,
        }
    }
}
