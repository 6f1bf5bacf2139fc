//! Processes that send messages, and their sudden ends.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use tests::{Installation, Server};
use uuid::Uuid;

use crate::{database::Rows, faults::below};

/// Quicker than in real life, where nobody looks on; and the log says what a worker takes.
pub const SETTINGS: &[(&str, &str)] = &[
    ("JOB_RETRY_MS", "200"),
    ("JOB_LEASE_SECONDS", "8"),
    ("WECHAT_PAUSE_MS", "1000"),
    ("RUST_LOG", "info,backend::jobs=debug"),
];

/// So many processes at any time.
pub struct Workers {
    running: Vec<(PathBuf, Server)>,
    started: usize,
    /// Messages that were on their way when their worker was killed.
    pub interrupted: u64,
}

impl Workers {
    pub fn start(installation: &Installation, count: usize) -> Result<Self> {
        let mut workers = Self { running: Vec::new(), started: 0, interrupted: 0 };
        for _ in 0..count {
            workers.start_one(installation)?;
        }
        Ok(workers)
    }

    fn start_one(&mut self, installation: &Installation) -> Result<()> {
        self.running.push(installation.worker(&self.started.to_string())?);
        self.started += 1;
        Ok(())
    }

    /// Waits a little, kills any one of them without a word, and starts another in its place.
    pub async fn kill_one(&mut self, installation: &Installation, rows: &Rows) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(500 + below(1_000))).await;
        let any = usize::try_from(below(self.running.len() as u64))?;
        let (log, worker) = self.running.swap_remove(any);
        worker.kill();
        self.interrupted += rows.on_their_way(&takings(&log)?).await?;
        self.start_one(installation)
    }
}

/// What the worker called each of its leases, as its log says.
fn takings(log: &Path) -> Result<Vec<Uuid>> {
    let said = fs::read_to_string(log).with_context(|| log.display().to_string())?;
    let lines = said.lines().filter(|line| line.contains("jobs are taken"));
    let words = lines.flat_map(|line| line.split(|c: char| !is_of_an_id(c)));
    Ok(words.filter_map(|word| word.parse().ok()).collect())
}

fn is_of_an_id(c: char) -> bool {
    c.is_ascii_hexdigit() || c == '-'
}
