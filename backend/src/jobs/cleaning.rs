//! What the tables need not remember any more.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{entity::job, worker::logged};
use crate::{App, Result, accounts, media, notifications, roster, training, wechat};

/// How long one can look up what became of a job.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// Forgets what has been over for long; to be run once in a while. A failure is logged.
pub async fn clean(app: &App) {
    logged("old tickets", forget_old_tickets(app).await);
    logged("old jobs", forget_old_jobs(app).await);
    logged("old sign-ins", accounts::forget_old_sign_ins(app).await);
    logged("old imports", roster::forget_old_sheets(app).await);
    logged("old uploads", media::forget_old_uploads(app).await);
    logged("orphaned files", media::sweep(app, false).await);
    logged("old callbacks", forget_old_callbacks(app).await);
}

async fn forget_old_tickets(app: &App) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move { training::forget_old_tickets(tx, clock.now(tx).await?).await })
        })
        .await
}

async fn forget_old_callbacks(app: &App) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                wechat::forget_old_callbacks(tx, now).await?;
                notifications::forget_old_choices(tx, now).await
            })
        })
        .await
}

async fn forget_old_jobs(app: &App) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                job::Entity::delete_many()
                    .filter(job::Column::FinishedAt.lt(now - REMEMBERED))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
