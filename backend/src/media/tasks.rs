//! What is done with files while nobody waits.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::{content::MediaId, media::UploadId};

use super::{convert, uploads};
use crate::{
    App, Result,
    db::Transaction,
    jobs::{self, Job, Lease, Outcome},
};

/// One step with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum MediaTask {
    /// Look into an upload that is complete.
    Finish { upload: UploadId },
    /// Make a video small.
    Convert { media: MediaId },
}

pub async fn run(app: &App, task: MediaTask, lease: Lease) -> Result<Outcome> {
    let alive = Alive { task, lease };
    match task {
        MediaTask::Finish { upload } => uploads::finish(app, upload, alive).await,
        MediaTask::Convert { media } => convert::convert(app, media, alive).await,
    }
}

/// Lets a video be made small.
pub(super) async fn enqueue_conversion(
    tx: &Transaction,
    media: MediaId,
    now: DateTime<Utc>,
) -> Result<()> {
    let job = Job::Media(MediaTask::Convert { media });
    jobs::enqueue(tx, &job, Some(format!("convert/{media}")), now).await
}

/// A hold on a task, kept while the work goes on.
#[derive(Debug, Clone, Copy)]
pub struct Alive {
    task: MediaTask,
    lease: Lease,
}

impl Alive {
    /// Works as [`Lease::while_working`] says.
    pub(super) async fn while_working<T, N>(
        self,
        app: &App,
        work: impl Future<Output = T>,
        note: impl Fn() -> N,
    ) -> Result<T>
    where
        N: Future<Output = Result<()>>,
    {
        self.lease.while_working(app, &Job::Media(self.task), work, note).await
    }
}
