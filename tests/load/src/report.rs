//! The numbers as a person reads them, each beside its goal.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::{
    drive::{Figures, LINES},
    goals::Goals,
    machine,
    stage::Kind,
};

/// CPU per request, as a multiple of the ceiling's.
const CPU_RATIO: f64 = 2.5;
/// Milliseconds that 99 of 100 requests take at most on an idle machine.
const SLOWEST: f64 = 50.0;
const FIRST_ANSWER: Duration = Duration::from_millis(300);
const SEALED_WITHIN: Duration = Duration::from_secs(2);
/// Megabytes after the run.
const MEMORY: f64 = 100.0;
/// Megabytes while passwords are checked.
const MEMORY_OF_PASSWORDS: f64 = 200.0;

/// Percent of the machine: where others use more, times on the wall say little.
const BUSY: f64 = 10.0;

/// How far the answers of the two servers may differ in size, as a part of ours.
const SIZE_DIFFERENCE: f64 = 0.15;

/// What the two servers took for the same.
pub struct Row {
    name: &'static str,
    pub product: Figures,
    pub rival: Figures,
}

pub struct Report {
    pub kind: Kind,
    pub rows: Vec<Row>,
    /// The part of the machine that others used.
    pub others: f64,
    /// From starting the server to its first 200.
    pub first_answer: Duration,
    /// Bytes after the run.
    pub memory: u64,
    /// Bytes at most while passwords were checked.
    pub memory_of_passwords: u64,
    /// What 99 of 100 records of the audit log waited at most to be sealed.
    pub sealing: Duration,
}

impl Row {
    pub fn new(name: &'static str) -> Self {
        Self { name, product: Figures::default(), rival: Figures::default() }
    }

    /// # Errors
    /// Where the ceiling answers something else than the server: then its statements are outdated.
    pub fn fair(self) -> Result<Self> {
        let (ours, theirs) = (self.product.bytes_each(), self.rival.bytes_each());
        ensure!(
            (ours - theirs).abs() <= ours * SIZE_DIFFERENCE,
            "{}: the answers have {ours:.0} bytes, those of the ceiling {theirs:.0}",
            self.name
        );
        Ok(self)
    }
}

/// How a kind of database is set up.
pub const fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SQLite (WAL, synchronous=FULL)",
        Kind::Postgres => "PostgreSQL (fsync=on, synchronous_commit=on)",
    }
}

impl Report {
    pub fn print(&self, goals: &mut Goals) {
        let (kind, cores) = (name_of(self.kind), machine::cores());
        println!("\n{kind}, {LINES} connections, {cores} cores");
        let others = self.others * 100.0;
        let caution = if others > BUSY { " p99 is meant for an idle one." } else { "" };
        println!(
            "Others used {others:.0} % of the machine meanwhile, stolen time included.{caution}\n"
        );
        println!(
            "{:<28}{:^34}{:^16}{:^14}{:^25}{:>7}",
            "", "CPU ms per request", "requests/s", "p50 ms", "p99 ms", "bytes"
        );
        println!(
            "{:<28}{:>8}{:>9}{:>7}{:10}{:>8}{:>8}{:>7}{:>7}{:>7}{:>7}{:11}{:>7}",
            "",
            "server",
            "ceiling",
            "ratio",
            "",
            "server",
            "ceil.",
            "server",
            "ceil.",
            "server",
            "ceil.",
            "",
            ""
        );
        for row in &self.rows {
            row.print(kind, goals);
        }
        println!();
        let seconds = self.first_answer.as_secs_f64();
        let mark = goals.judge(format!("{kind}: first answer"), self.first_answer <= FIRST_ANSWER);
        println!("{:<42}{seconds:>7.2} s   {mark} ≤ 0.3 s", "from start to first 200");
        let seconds = self.sealing.as_secs_f64();
        let mark = goals.judge(format!("{kind}: sealing"), self.sealing <= SEALED_WITHIN);
        println!("{:<42}{seconds:>7.2} s   {mark} ≤ 2 s", "p99 from an act to the audit chain");
        for (name, bytes, most) in [
            ("memory after the run", self.memory, MEMORY),
            (
                "memory while 32 passwords are checked",
                self.memory_of_passwords,
                MEMORY_OF_PASSWORDS,
            ),
        ] {
            let size = megabytes(bytes);
            let mark = goals.judge(format!("{kind}: {name}"), size <= most);
            println!("{name:<42}{size:>7.0} MB  {mark} ≤ {most:.0} MB");
        }
    }
}

impl Row {
    fn print(&self, kind: &str, goals: &mut Goals) {
        let Self { name, product, rival } = self;
        let ratio = product.cpu_each() / rival.cpu_each();
        let slowest = product.percentile(99);
        let cpu_mark = goals.judge(format!("{kind}: CPU of {name}"), ratio <= CPU_RATIO);
        let slowest_mark = goals.judge(format!("{kind}: p99 of {name}"), slowest <= SLOWEST);
        println!(
            "{name:<28}{:>8.3}{:>9.3}{ratio:>7.2} {cpu_mark} ≤ {CPU_RATIO} {:>8.0}{:>8.0}{:>7.1}{:>7.1}{slowest:>7.1}{:>7.1} {slowest_mark} ≤ {SLOWEST:<6.0}{:>7.0}",
            product.cpu_each(),
            rival.cpu_each(),
            product.per_second(),
            rival.per_second(),
            product.percentile(50),
            rival.percentile(50),
            rival.percentile(99),
            product.bytes_each(),
        );
    }
}

/// Of a million bytes.
fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0
}
