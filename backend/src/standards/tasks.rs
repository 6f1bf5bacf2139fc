//! What is done with a version while the officer looks on: reading its file, and making its clauses
//! findable.

mod indexing;
mod reading;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::standards::StandardVersionId;

pub(super) use reading::insert;

use crate::{
    App, Result,
    db::Transaction,
    jobs::{self, Job, Lease, Outcome},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Reads the file and proposes clauses.
    Read(StandardVersionId),
    /// Makes the clauses findable, or no longer so where the version was withdrawn.
    Index(StandardVersionId),
}

pub async fn enqueue(tx: &Transaction, task: Task, now: DateTime<Utc>) -> Result<()> {
    jobs::enqueue(tx, &Job::Standards(task), None, now).await
}

/// A hold on a task while the work goes on; without a lease where nobody else could take it.
#[derive(Debug, Clone, Copy)]
struct Alive {
    task: Task,
    lease: Option<Lease>,
}

impl Alive {
    /// Works as [`Lease::while_working`] says.
    async fn while_working<T>(self, app: &App, work: impl Future<Output = T>) -> Result<T> {
        let Some(lease) = self.lease else { return Ok(work.await) };
        let nothing = || std::future::ready(Ok(()));
        lease.while_working(app, &Job::Standards(self.task), work, nothing).await
    }
}

/// Safe to repeat: whatever was half done is done anew.
pub async fn run(app: &App, task: Task, lease: Option<Lease>) -> Result<Outcome> {
    match task {
        Task::Read(version) => reading::read(app, version, Alive { task, lease }).await?,
        Task::Index(version) => indexing::index(app, version).await?,
    }
    Ok(Outcome::Done)
}

/// Does what follows from nobody trying a task any more: whoever looks on learns of it.
pub async fn given_up(tx: &Transaction, task: Task) -> Result<()> {
    match task {
        Task::Read(version) => reading::given_up(tx, version).await,
        // What is found is brought up to date again with the next change.
        Task::Index(_) => Ok(()),
    }
}
