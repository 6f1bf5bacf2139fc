//! A worker's hold on a job.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use super::{Job, entity::job};
use crate::{App, Result, db::Transaction};

/// How often a long job says that it is being done; a lease lasts seven seconds at least.
const SIGN: Duration = Duration::from_secs(2);

/// A job that was taken by one worker, which has it for itself for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub(super) job: Uuid,
    /// Another one each time: a worker that comes upon a job of its own again has not got it still.
    pub(super) taken: Uuid,
    /// From each sign of life on.
    pub(super) lasts: TimeDelta,
}

impl Lease {
    /// Works, and says every few seconds that it does, and `note`s how far.
    ///
    /// # Errors
    /// Where somebody else has taken the job by now: then the work is dropped.
    pub async fn while_working<T, N>(
        self,
        app: &App,
        job: &Job,
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
                    self.sign(app, job.clone()).await?;
                    note().await?;
                }
            }
        }
    }

    /// Says that a long job is still being done: the lease lasts anew from then on.
    ///
    /// # Errors
    /// If somebody else has taken it meanwhile.
    pub async fn sign(self, app: &App, job: Job) -> Result<()> {
        let clock = app.clock.clone();
        let sign = app.db.write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                self.note(tx, &job, now).await
            })
        });
        sign.await
    }

    /// Writes the job down as it is by now, for whoever runs it next: a job that is about to do
    /// something outside of the database notes it first. The lease lasts anew from then on.
    ///
    /// # Errors
    /// If somebody else has taken it meanwhile; nothing of the transaction may remain then.
    pub async fn note(self, tx: &Transaction, job: &Job, now: DateTime<Utc>) -> Result<()> {
        let change = job::ActiveModel {
            payload: Set(serde_json::to_value(job)?),
            lease_until: Set(Some(now + self.lasts)),
            ..<job::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        let noted = job::Entity::update_many()
            .set(change)
            .filter(job::Column::Id.eq(self.job))
            .filter(job::Column::LeaseOwner.eq(self.taken))
            .exec(tx)
            .await?
            .rows_affected;
        if noted == 1 {
            return Ok(());
        }
        Err(anyhow::anyhow!("somebody else has taken the job").into())
    }
}
