//! Goal G18: messages through WeChat while WeChat fails in every way and workers are killed. Nothing
//! is lost, nothing is in an inbox twice, and what a phone gets twice a killed worker was just
//! sending.

mod database;
mod faults;
mod workers;

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use chrono::{TimeDelta, Utc};
use shared::{
    authoring::AssignCourse,
    courses::ListCourses,
    deliveries::{DeadReason, JobKind, ListDeadJobs, RetryDeadJobs},
    organizations::ListPosts,
    time,
};
use tests::{Installation, Kind};

use database::{Jobs, Rows};
use workers::Workers;

const TEMPLATE: &str = "TPL_ASSIGNMENT";
/// Messages that everybody allows, in the ledger and at WeChat: more than anybody is sent, so that a
/// duplicate arrives and is counted.
const ALLOWED: u32 = 100;
/// Nothing takes longer.
const PATIENCE: Duration = Duration::from_mins(4);

/// How much happens.
struct Scale {
    events: u64,
    workers: usize,
    kills: u32,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_messages_survive_faults_and_twenty_kills_of_four_workers() -> Result<()> {
    if !Kind::Postgres.is_available() {
        return Ok(());
    }
    run(Kind::Postgres, Scale { events: 1_000, workers: 4, kills: 20 }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_survive_faults_and_kills_of_the_one_worker_on_sqlite() -> Result<()> {
    run(Kind::Sqlite, Scale { events: 150, workers: 1, kills: 5 }).await
}

async fn run(kind: Kind, scale: Scale) -> Result<()> {
    let begun = Instant::now();
    let installation = Installation::start_without_workers(kind, workers::SETTINGS).await?;
    let rows = Rows::open(&installation.database_url).await?;
    allow(&installation, &rows).await?;
    let (known, allowed) = (rows.inbox().await?, rows.allowed(TEMPLATE).await?);
    let events = assign(&installation, scale.events).await?;
    faults::inject(&installation.wechat, events * 3);

    let mut workers = Workers::start(&installation, scale.workers)?;
    let mut parked = 0;
    for _ in 0..scale.kills {
        workers.kill_one(&installation, &rows).await?;
        parked += rows.let_midnight_pass().await?;
    }
    parked += done(&rows, begun).await?;
    let dead = retry_dead(&installation).await?;
    installation.wechat.clear_faults();
    parked += done(&rows, begun).await?;

    let counts = Counts { events, known, allowed, parked, dead, kills: scale.kills };
    counts.check(&installation, &rows, &workers, begun).await
}

/// Everybody consents to many messages, and nothing else is to be sent.
async fn allow(installation: &Installation, rows: &Rows) -> Result<()> {
    rows.forget_jobs().await?;
    rows.allow(TEMPLATE, ALLOWED).await?;
    for phone in &installation.phones {
        for _ in 0..ALLOWED {
            installation.wechat.consent(phone, TEMPLATE, true)?;
        }
    }
    Ok(())
}

/// Gives a course to everybody with a post, each time to be done by another day, until there are so
/// many events. How many there are.
async fn assign(installation: &Installation, least: u64) -> Result<u64> {
    let officer = installation.officer().await?;
    let posts: Vec<_> = officer.call(ListPosts {}).await?.into_iter().map(|it| it.id).collect();
    let courses = officer.call(ListCourses::default()).await?.items;
    let course = courses.first().context("the demo has no course")?.id;
    let (mut events, mut day) = (0, time::local_date(Utc::now()));
    while events < least {
        day += TimeDelta::days(1);
        let posts = posts.clone();
        let request = AssignCourse {
            course,
            posts,
            organizations: Vec::new(),
            due_on: day,
            teams: vec![],
            people: vec![],
        };
        events += u64::from(officer.call(request).await?.people);
    }
    Ok(events)
}

/// Waits until every job has ended. How many had to wait for another day meanwhile.
async fn done(rows: &Rows, begun: Instant) -> Result<u64> {
    let mut parked = 0;
    loop {
        parked += rows.let_midnight_pass().await?;
        let jobs = rows.jobs().await?;
        if jobs.pending == 0 {
            return Ok(parked);
        }
        ensure!(begun.elapsed() < PATIENCE, "after {PATIENCE:?} there still are {jobs:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Puts what was given up back, as an officer does. Nothing is given up but what may have arrived.
async fn retry_dead(installation: &Installation) -> Result<u32> {
    let officer = installation.officer().await?;
    let page = officer.call(ListDeadJobs::default()).await?;
    for job in &page.items {
        ensure!(
            job.reason == DeadReason::NobodyKnows,
            "given up: {:?} {:?}",
            job.reason,
            job.detail
        );
    }
    let retried = officer.call(RetryDeadJobs { kind: JobKind::PushCourseAssigned }).await?;
    ensure!(retried.expired + retried.unreadable == 0, "{retried:?}");
    Ok(retried.queued)
}

/// What is to come out in the end.
struct Counts {
    events: u64,
    /// Messages that were in the inboxes before.
    known: u64,
    /// Messages that all together allowed before.
    allowed: u64,
    parked: u64,
    dead: u32,
    kills: u32,
}

impl Counts {
    async fn check(
        &self,
        installation: &Installation,
        rows: &Rows,
        workers: &Workers,
        begun: Instant,
    ) -> Result<()> {
        let Self { events, known, allowed, parked, dead, kills } = self;
        let inbox = rows.inbox().await? - known;
        let mut arrived = HashMap::<(String, String), u64>::new();
        for message in installation.wechat.sent_messages() {
            let due = message.data.get("date3").context("a message without a date")?;
            *arrived.entry((message.openid, due.clone())).or_default() += 1;
        }
        let messages = arrived.len() as u64;
        let twice = arrived.values().sum::<u64>() - messages;
        let (tokens, renewals) =
            (installation.wechat.calls("/cgi-bin/stable_token"), rows.renewals().await?);
        let Jobs { pending, dead: left, done, .. } = rows.jobs().await?;
        let used = allowed - rows.allowed(TEMPLATE).await?;
        let interrupted = workers.interrupted;
        eprintln!(
            "{events} events, {inbox} in inboxes, {messages} on phones, {twice} of them twice; \
             {kills} kills interrupted {interrupted} messages; {parked} waited for another day, \
             {dead} were given up and sent again; {tokens} tokens for {renewals} renewals; \
             {} calls in {:?}",
            installation.wechat.calls(faults::SEND),
            begun.elapsed()
        );
        ensure!(inbox == *events, "one message in an inbox for each event");
        ensure!(messages == *events && pending + left == 0, "each message reaches its phone");
        ensure!(twice <= interrupted, "only what was interrupted may arrive twice");
        ensure!(tokens <= renewals + u64::from(*kills), "one call for each renewal");
        ensure!(used == done, "{done} messages used up {used} credits");
        Ok(())
    }
}
