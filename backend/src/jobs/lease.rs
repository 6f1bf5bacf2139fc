//! A worker's hold on a job.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Job, entity::job};
use crate::{App, Result};

/// A job that one worker has for itself for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub(super) job: Uuid,
    pub(super) worker: Uuid,
    /// From each sign of life on.
    pub(super) lasts: TimeDelta,
}

impl Lease {
    /// Says that a long job is still being done: the lease lasts anew from then on.
    ///
    /// # Errors
    /// If the lease went to another worker meanwhile.
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
    /// If the lease went to another worker meanwhile; nothing of the transaction may remain then.
    pub async fn note(self, tx: &DatabaseTransaction, job: &Job, now: DateTime<Utc>) -> Result<()> {
        let change = job::ActiveModel {
            payload: Set(serde_json::to_value(job)?),
            lease_until: Set(Some(now + self.lasts)),
            ..<job::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        let noted = job::Entity::update_many()
            .set(change)
            .filter(job::Column::Id.eq(self.job))
            .filter(job::Column::LeaseOwner.eq(self.worker))
            .exec(tx)
            .await?
            .rows_affected;
        if noted == 1 {
            return Ok(());
        }
        Err(anyhow::anyhow!("the job's lease went to another worker").into())
    }
}
