//! What is done with a version while the officer looks on: reading its file, and making its clauses
//! findable.

mod indexing;
mod reading;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use shared::standards::StandardVersionId;

pub(super) use reading::insert;

use crate::{
    App, Result,
    jobs::{self, Job, Outcome},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Reads the file and proposes clauses.
    Read(StandardVersionId),
    /// Makes the clauses findable, or no longer so where the version was withdrawn.
    Index(StandardVersionId),
}

pub async fn enqueue(tx: &DatabaseTransaction, task: Task, now: DateTime<Utc>) -> Result<()> {
    jobs::enqueue(tx, &Job::Standards(task), None, now).await
}

/// Safe to repeat: whatever was half done is done anew.
pub async fn run(app: &App, task: Task) -> Result<Outcome> {
    match task {
        Task::Read(version) => reading::read(app, version).await?,
        Task::Index(version) => indexing::index(app, version).await?,
    }
    Ok(Outcome::Done)
}
