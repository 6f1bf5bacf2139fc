//! Works off the queue, and does what has to be done every few seconds.

use std::time::Duration;

use futures_util::{
    StreamExt,
    future::{LocalBoxFuture, join_all},
    stream::FuturesUnordered,
};
use tokio::time::{Interval, MissedTickBehavior, interval, sleep};

use super::{Job, Lease, Outcome, clean, entity::job, queue};
use crate::{App, Result, audit, courses, notifications, quizzes, roster, standards};

/// How long a worker waits before it looks again, if nothing was due.
const IDLE: Duration = Duration::from_secs(1);

/// Jobs that run at the same time: they mostly wait for WeChat.
const AT_ONCE: usize = 8;

/// Works until the process ends. A failure is logged and tried again.
pub async fn work(app: App) -> Result<()> {
    tracing::info!("working off jobs");
    actix_web::rt::spawn(work_on(app.clone()));
    actix_web::rt::spawn(notifications::keep_templates_checked(app.clone()));
    audit::work(&app);
    let (mut often, mut seldom) = (every(5), every(3600));
    loop {
        tokio::select! {
            _ = often.tick() => {
                logged("overdue attempts", quizzes::submit_overdue(&app).await);
                logged("dates of standards", standards::keep_to_dates(&app).await);
                logged("what can be found", standards::refresh_search(&app).await);
                logged("reminders", notifications::remind_of_sessions(&app).await);
                logged("planned moves", roster::make_planned_moves(&app).await);
                logged("team digests", notifications::tell_team_leaders(&app).await);
                logged("due courses", notifications::remind_of_due(&app).await);
            }
            _ = seldom.tick() => {
                logged("waivers that end", courses::remind_of_waivers(&app).await);
                clean(&app).await;
            }
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

/// Takes a job whenever one has ended, so that one which takes long holds up no other.
async fn work_on(app: App) {
    let mut running = FuturesUnordered::<LocalBoxFuture<'_, ()>>::new();
    loop {
        let room = AT_ONCE - running.len();
        let wait = match queue::take(&app, room as u64).await {
            Ok(jobs) => {
                let full = jobs.len() == room;
                running.extend(jobs.into_iter().map(|it| Box::pin(run(&app, it)) as _));
                if full { Duration::MAX } else { IDLE }
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "jobs cannot be taken");
                IDLE * 5
            }
        };
        some_end(&mut running, wait).await;
    }
}

/// Lets jobs run until one has ended and, where there may be no others to take, for so long.
async fn some_end(running: &mut FuturesUnordered<LocalBoxFuture<'_, ()>>, wait: Duration) {
    if wait == Duration::MAX {
        running.next().await;
        return;
    }
    let pause = sleep(wait);
    tokio::pin!(pause);
    loop {
        tokio::select! {
            () = &mut pause => return,
            Some(()) = running.next() => {}
        }
    }
}

/// Runs the jobs that are due, as many as a worker takes at once; answers how many there were.
pub async fn work_off(app: &App) -> Result<usize> {
    let jobs = queue::take(app, AT_ONCE as u64).await?;
    let count = jobs.len();
    join_all(jobs.into_iter().map(|it| run(app, it))).await;
    Ok(count)
}

async fn run(app: &App, (lease, row): (Lease, job::Model)) {
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
