//! Works off the queue, and does what has to be done every few seconds.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::time::{Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use super::{Job, Lease, Outcome, clean, entity::job, queue};
use crate::{App, Result, notifications, quizzes};

/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_secs(1);

/// Jobs that run at the same time: they mostly wait for WeChat.
const AT_ONCE: usize = 8;

/// Works until the process ends. A failure is logged and tried again.
pub async fn work(app: App) -> Result<()> {
    let worker = Uuid::now_v7();
    let jobs = app.clone();
    actix_web::rt::spawn(async move {
        loop {
            match work_off(&jobs, worker).await {
                Ok(0) => tokio::time::sleep(IDLE).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "jobs cannot be taken");
                    tokio::time::sleep(IDLE * 5).await;
                }
            }
        }
    });
    let (mut often, mut seldom) = (every(5), every(3600));
    loop {
        tokio::select! {
            _ = often.tick() => {
                logged("overdue attempts", quizzes::submit_overdue(&app).await);
                logged("reminders", notifications::remind_of_sessions(&app).await);
            }
            _ = seldom.tick() => clean(&app).await,
        }
    }
}

fn every(seconds: u64) -> Interval {
    let mut interval = interval(Duration::from_secs(seconds));
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

pub(super) fn logged<T>(what: &str, done: Result<T>) {
    if let Err(error) = done {
        tracing::error!(error = format!("{error:#}"), "{what} failed");
    }
}

/// Runs the jobs that are due; answers how many there were.
pub async fn work_off(app: &App, worker: Uuid) -> Result<usize> {
    let jobs = queue::take(app, worker).await?;
    let count = jobs.len();
    stream::iter(jobs).for_each_concurrent(AT_ONCE, |job| run(app, worker, job)).await;
    Ok(count)
}

async fn run(app: &App, worker: Uuid, row: job::Model) {
    let lease = Lease { job: row.id, worker };
    let outcome = match serde_json::from_value::<Job>(row.payload.clone()) {
        Ok(job) => {
            job.run(app, lease).await.unwrap_or_else(|error| Outcome::Again(error.to_string()))
        }
        Err(error) => Outcome::Dead(format!("payload: {error}")),
    };
    if let Outcome::Dead(why) = &outcome {
        tracing::error!(job = %row.id, kind = row.kind, why, "a job is given up");
    }
    logged("a job's outcome", queue::settle(app, lease, &row, outcome).await);
}
