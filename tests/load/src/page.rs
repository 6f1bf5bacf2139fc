//! Lighthouse on the first page of the phone app and on a lesson, for somebody who is signed in.

use std::{env, process::Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use shared::{
    content::LessonKind,
    courses::{LessonId, ListCourses, ShowCourse},
};
use tests::{Installation, Kind};
use tokio::process::Command;

use crate::goals::Goals;

/// Somebody with lessons to do and a session to go to.
const LEARNER: &str = "wangxiuying";

/// Medians of what Lighthouse says: scores of 100, and times in milliseconds.
#[derive(Deserialize)]
struct Medians {
    runs: u32,
    performance: f64,
    accessibility: f64,
    best_practices: f64,
    first_contentful_paint: f64,
    largest_contentful_paint: f64,
    total_blocking_time: f64,
    cumulative_layout_shift: f64,
}

/// Starts an installation with the demo world, runs Lighthouse, and prints what it says.
pub async fn measure(goals: &mut Goals) -> Result<()> {
    println!("\n==> Lighthouse on the phone app");
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some(LEARNER));
    let lesson = some_lesson(&installation).await?;
    for (name, path) in [("First page", "/".to_owned()), ("A lesson", format!("/lessons/{lesson}"))]
    {
        look(&installation.base, &path).await?.print(name, goals);
    }
    Ok(())
}

/// One of step cards with pictures, which weighs most.
async fn some_lesson(installation: &Installation) -> Result<LessonId> {
    let learner = installation.sign_in(LEARNER).await?;
    for card in learner.call(ListCourses::default()).await?.items {
        let course = learner.call(ShowCourse { course: card.id }).await?;
        let mut lessons = course.chapters.into_iter().flat_map(|it| it.lessons);
        if let Some(lesson) = lessons.find(|it| it.kind == LessonKind::Steps) {
            return Ok(lesson.id);
        }
    }
    bail!("the demo has no lesson of steps")
}

async fn look(base: &str, path: &str) -> Result<Medians> {
    let script = env::var_os("LIGHTHOUSE_SCRIPT").context("LIGHTHOUSE_SCRIPT")?;
    let mut node = Command::new("node");
    node.arg(script).env("BASE", base).env("PAGE", path).stdin(Stdio::null());
    let output = node.kill_on_drop(true).output().await.context("node")?;
    // What costs points, or what went wrong.
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "Lighthouse failed: {}\n{said}", output.status);
    print!("{said}");
    serde_json::from_slice(&output.stdout).context("the script's answer")
}

impl Medians {
    fn print(&self, page: &str, goals: &mut Goals) {
        println!(
            "\n{page} of the phone app, signed in, mobile profile, simulated throttling, median of {} \
             runs\n",
            self.runs
        );
        for (name, score, least) in [
            ("performance", self.performance, 97.0),
            ("accessibility", self.accessibility, 100.0),
            ("best practices", self.best_practices, 95.0),
        ] {
            let mark = goals.judge(format!("Lighthouse, {page}: {name}"), score >= least);
            println!("{name:<42}{score:>7.0}     {mark} ≥ {least:.0}");
        }
        let seconds = self.largest_contentful_paint / 1000.0;
        let mark =
            goals.judge(format!("Lighthouse, {page}: largest contentful paint"), seconds <= 2.0);
        println!("{:<42}{seconds:>7.2} s   {mark} ≤ 2.0 s", "largest contentful paint");
        let seconds = self.first_contentful_paint / 1000.0;
        println!("{:<42}{seconds:>7.2} s", "first contentful paint");
        println!("{:<42}{:>7.0} ms", "total blocking time", self.total_blocking_time);
        println!("{:<42}{:>7.3}", "cumulative layout shift", self.cumulative_layout_shift);
    }
}
