//! Drives both servers in turn, and notes what they took.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use shared::accounts::SignInWithPassword;

use crate::{
    drive::{Figures, LINES, Line, drive},
    fingertip::answered,
    goals::Goals,
    machine::Watch,
    report::{self, Report, Row},
    scenario::{Learner, Sheet, System},
    sealing,
    stage::{Kind, Stage},
    usage,
};

/// The servers take turns so often, so that a busy minute of the machine meets both.
const ROUNDS: usize = 3;

/// Times that each learner looks at the courses, and saves an answer.
const REPEATS: i64 = 3;

/// Measures everything on one kind of database, and prints it.
pub async fn server(kind: Kind, people: usize, goals: &mut Goals) -> Result<()> {
    println!("\n==> {}: signing {people} people in", report::name_of(kind));
    let mut stage = Stage::set(kind, people + LINES).await.context("preparing")?;
    let measured = stage.learners.split_off(LINES);
    warm_up(&mut stage).await.context("warming up")?;
    let since = Utc::now();
    let watch = Watch::start(stage.cpu_of_all()?)?;
    let mut rows = Vec::new();
    rows.push(list_courses(&stage, &measured).await.context("listing courses")?);
    let (row, sheets) = start_attempts(&stage, &measured).await.context("starting attempts")?;
    rows.push(row);
    rows.push(save_answers(&stage, &sheets).await.context("saving answers")?);
    rows.push(report_progress(&stage, &measured).await.context("reporting progress")?);
    rows.push(check_in(&mut stage, &measured).await.context("checking in")?);
    let others = watch.others(stage.cpu_of_all()?)?;
    let memory = usage::memory(stage.fingertip.id())?;
    let memory_of_passwords = sign_in_with_passwords(&stage).await.context("passwords")?;
    let first_answer = stage.fingertip.started_in;
    let sealing = sealing::lag(&stage.database, since).await.context("sealing")?;
    Report { kind, rows, others, first_answer, memory, memory_of_passwords, sealing }.print(goals);
    Ok(())
}

/// The sheets of both servers.
struct Sheets {
    product: Vec<Sheet>,
    rival: Vec<Sheet>,
}

/// Fills pools, caches and plans with people who are not measured.
async fn warm_up(stage: &mut Stage) -> Result<()> {
    stage.read_wall().await?;
    let learners = stage.learners.clone();
    list_courses(stage, &learners).await?;
    let (_, sheets) = start_attempts(stage, &learners).await?;
    save_answers(stage, &sheets).await?;
    report_progress(stage, &learners).await?;
    check_in(stage, &learners).await?;
    Ok(())
}

async fn list_courses(stage: &Stage, learners: &[Learner]) -> Result<Row> {
    let mut row = Row::new("course list");
    for some in learners.chunks(learners.len().div_ceil(ROUNDS)) {
        row.product.add(listed(stage, &stage.product, some).await?);
        row.rival.add(listed(stage, &stage.rival, some).await?);
    }
    row.fair()
}

async fn listed<S: System>(stage: &Stage, system: &S, learners: &[Learner]) -> Result<Figures> {
    let list = |learner| async move |line: &mut Line| system.list_courses(line, learner).await;
    let operations = (0..REPEATS).flat_map(|_| learners.iter().map(list)).collect();
    Ok(counted(stage, system, operations).await?.0)
}

async fn start_attempts(stage: &Stage, learners: &[Learner]) -> Result<(Row, Sheets)> {
    let mut row = Row::new("attempt start");
    let mut sheets = Sheets { product: Vec::new(), rival: Vec::new() };
    for some in learners.chunks(learners.len().div_ceil(ROUNDS)) {
        let (figures, started) = started(stage, &stage.product, some).await?;
        row.product.add(figures);
        sheets.product.extend(started);
        let (figures, started) = self::started(stage, &stage.rival, some).await?;
        row.rival.add(figures);
        sheets.rival.extend(started);
    }
    Ok((row.fair()?, sheets))
}

async fn started<S: System>(
    stage: &Stage,
    system: &S,
    learners: &[Learner],
) -> Result<(Figures, Vec<Sheet>)> {
    let start = |learner| async move |line: &mut Line| system.start_attempt(line, learner).await;
    counted(stage, system, learners.iter().map(start).collect()).await
}

async fn save_answers(stage: &Stage, sheets: &Sheets) -> Result<Row> {
    let mut row = Row::new("one saved answer");
    let size = sheets.product.len().div_ceil(ROUNDS);
    for (product, rival) in sheets.product.chunks(size).zip(sheets.rival.chunks(size)) {
        row.product.add(saved(stage, &stage.product, product).await?);
        row.rival.add(saved(stage, &stage.rival, rival).await?);
    }
    row.fair()
}

async fn saved<S: System>(stage: &Stage, system: &S, sheets: &[Sheet]) -> Result<Figures> {
    let mut figures = Figures::default();
    // One after the other: an answer that is overtaken by a newer one would not be kept.
    for client_seq in 1..=REPEATS {
        let save =
            |sheet| async move |line: &mut Line| system.save_answer(line, sheet, client_seq).await;
        figures.add(counted(stage, system, sheets.iter().map(save).collect()).await?.0);
    }
    Ok(figures)
}

async fn report_progress(stage: &Stage, learners: &[Learner]) -> Result<Row> {
    let mut row = Row::new("one report of progress");
    for some in learners.chunks(learners.len().div_ceil(ROUNDS)) {
        row.product.add(reported(stage, &stage.product, some).await?);
        row.rival.add(reported(stage, &stage.rival, some).await?);
    }
    row.fair()
}

async fn reported<S: System>(stage: &Stage, system: &S, learners: &[Learner]) -> Result<Figures> {
    let mut figures = Figures::default();
    // The first begins the lesson, the others go on in it; one after the other, as a phone does.
    for percent in [10, 20, 30] {
        let report = |learner| {
            async move |line: &mut Line| system.report_progress(line, learner, percent).await
        };
        figures.add(counted(stage, system, learners.iter().map(report).collect()).await?.0);
    }
    Ok(figures)
}

async fn check_in(stage: &mut Stage, learners: &[Learner]) -> Result<Row> {
    let mut row = Row::new("check-in, each of two steps");
    for some in learners.chunks(learners.len().div_ceil(ROUNDS)) {
        stage.read_wall().await?;
        row.product.add(checked_in(stage, &stage.product, some).await?);
        row.rival.add(checked_in(stage, &stage.rival, some).await?);
    }
    row.fair()
}

async fn checked_in<S: System>(stage: &Stage, system: &S, learners: &[Learner]) -> Result<Figures> {
    let check_in = |learner| async move |line: &mut Line| system.check_in(line, learner).await;
    Ok(counted(stage, system, learners.iter().map(check_in).collect()).await?.0)
}

/// Runs the operations and counts the CPU time of the server and its database meanwhile.
async fn counted<S, O, T>(
    stage: &Stage,
    system: &S,
    operations: Vec<O>,
) -> Result<(Figures, Vec<T>)>
where
    S: System,
    O: AsyncFnOnce(&mut Line) -> Result<T>,
{
    let before = stage.cpu(system.process())?;
    let (mut figures, given) = drive(&stage.product.http, operations).await?;
    figures.cpu = stage.cpu(system.process())?.saturating_sub(before);
    Ok((figures, given))
}

/// The most memory the server held while so many people signed in with a password at once.
async fn sign_in_with_passwords(stage: &Stage) -> Result<u64> {
    let server = stage.fingertip.id();
    usage::forget_peak(server)?;
    let sign_in = |username: &String| {
        let (username, password) = (username.clone(), stage.password.clone());
        let request = stage.product.call(None, &SignInWithPassword { username, password });
        async move |line: &mut Line| answered(line, request).await
    };
    let names = stage.usernames.get(..LINES).context("too few people")?;
    let (figures, _) = drive(&stage.product.http, names.iter().map(sign_in).collect()).await?;
    ensure!(figures.elapsed > Duration::ZERO, "nobody signed in");
    usage::peak_memory(server)
}
