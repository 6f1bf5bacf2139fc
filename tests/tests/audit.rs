//! The audit log of the real program: it survives kills, is sealed in time, and its commands say in
//! words whether it was changed.

use std::{
    process::Output,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Database};
use shared::audit::{AuditEvent, ListAuditRecords, ShowAuditStanding};
use tests::{Installation, Kind, Person};

const PEOPLE: [&str; 4] = ["wangxiuying", "lijianguo", "chenmei", "zhoutao"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_survives_kills_and_tells_of_tampering_on_sqlite() {
    tell(Kind::Sqlite).await.expect("the log says what was done to it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_survives_kills_and_tells_of_tampering_on_postgres() {
    if Kind::Postgres.is_available() {
        tell(Kind::Postgres).await.expect("the log says what was done to it");
    }
}

async fn tell(kind: Kind) -> Result<()> {
    let mut installation = Installation::start(kind).await?;
    let acknowledged = sign_in_between_kills(&mut installation).await?;
    let auditor = installation.console("qianhui").await?;
    let lag = lag(&installation, &auditor).await?;
    eprintln!("{kind:?}: a record was in the chain {lag:?} after the act");
    until_anchored(&auditor).await?;
    installation.kill();

    let log = exported(&installation)?;
    let sign_ins = log.lines().filter(|it| it.contains(r#""event":"signed_in""#)).count();
    ensure!(sign_ins >= acknowledged, "{sign_ins} of {acknowledged} sign-ins are in the log");
    let whole = installation.run(&["audit", "verify"])?;
    ensure!(whole.status.success() && said(&whole).contains("verified up to anchor"));
    tamper(kind, &installation.database_url).await?;
    let changed = installation.run(&["audit", "verify"])?;
    ensure!(!changed.status.success(), "a record is gone");
    ensure!(said(&changed).contains("record 3 is missing"), "{}", said(&changed));
    Ok(())
}

/// Signs people in while the server is killed five times: how often that was acknowledged.
async fn sign_in_between_kills(installation: &mut Installation) -> Result<usize> {
    let mut acknowledged = 0;
    for _ in 0..5 {
        let several = PEOPLE.iter().cycle().take(16).map(|key| installation.sign_in(key));
        acknowledged += join_all(several).await.iter().filter(|it| it.is_ok()).count();
        installation.restart().await?;
    }
    ensure!(acknowledged >= 40, "only {acknowledged} sign-ins were acknowledged");
    Ok(acknowledged)
}

/// From an act to when the auditor can see it.
async fn lag(installation: &Installation, auditor: &Person) -> Result<Duration> {
    let refused = || ListAuditRecords {
        event: Some(AuditEvent::AccessDenied),
        ..ListAuditRecords::default()
    };
    let wang = installation.sign_in("wangxiuying").await?;
    let denied = wang.call(refused()).await;
    ensure!(denied.is_err(), "only the auditor reads the log");
    let begun = Instant::now();
    while auditor.call(refused()).await?.items.is_empty() {
        ensure!(begun.elapsed() < Duration::from_secs(30), "never sealed");
    }
    Ok(begun.elapsed())
}

/// Waits until the first checkpoint is signed.
async fn until_anchored(auditor: &Person) -> Result<()> {
    let begun = Instant::now();
    while auditor.call(ShowAuditStanding {}).await?.checkpoint.is_none() {
        ensure!(begun.elapsed() < Duration::from_secs(90), "no checkpoint was signed");
    }
    Ok(())
}

fn exported(installation: &Installation) -> Result<String> {
    let output = installation.run(&["audit", "export"])?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).context("the export is UTF-8")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Takes a record away as whoever owns the database can.
async fn tamper(kind: Kind, database_url: &str) -> Result<()> {
    let db = Database::connect(database_url).await?;
    db.execute_unprepared(match kind {
        Kind::Sqlite => "DROP TRIGGER audit_log_no_delete",
        Kind::Postgres => "ALTER TABLE audit_log DISABLE TRIGGER ALL",
    })
    .await?;
    db.execute_unprepared("DELETE FROM audit_log WHERE seq = 3").await?;
    Ok(())
}
