//! What is done with files while nobody waits.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use shared::{content::MediaId, media::UploadId};
use tokio::time::{MissedTickBehavior, interval};

use super::{convert, uploads};
use crate::{
    App, Result,
    jobs::{self, Job, Lease, Outcome},
};

/// How often a long task says that it is alive; a lease lasts seven seconds at least.
const SIGN: Duration = Duration::from_secs(2);

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
    tx: &DatabaseTransaction,
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
    /// Works, and says every few seconds that it does, and `note`s how far.
    ///
    /// # Errors
    /// Where another worker has the task by now: then the work is dropped.
    pub(super) async fn while_working<T, N>(
        self,
        app: &App,
        work: impl Future<Output = T>,
        note: impl Fn() -> N,
    ) -> Result<T>
    where
        N: Future<Output = Result<()>>,
    {
        tokio::pin!(work);
        let mut sign = interval(SIGN);
        sign.set_missed_tick_behavior(MissedTickBehavior::Delay);
        sign.tick().await;
        loop {
            tokio::select! {
                done = &mut work => return Ok(done),
                _ = sign.tick() => {
                    self.sign(app).await?;
                    note().await?;
                }
            }
        }
    }

    async fn sign(self, app: &App) -> Result<()> {
        self.lease.sign(app, Job::Media(self.task)).await
    }
}
