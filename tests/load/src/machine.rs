//! Whether somebody else was at work on this machine while we measured.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::usage;

/// The books of the kernel at one moment.
pub struct Watch {
    since: Instant,
    everybody: Duration,
    ours: Duration,
}

impl Watch {
    /// `ours`: CPU time of the servers so far. The generator's is known.
    pub fn start(ours: Duration) -> Result<Self> {
        Ok(Self {
            since: Instant::now(),
            everybody: usage::everybody()?,
            ours: ours + generator()?,
        })
    }

    /// How much of the machine others used since the start, from 0 to 1.
    pub fn others(&self, ours: Duration) -> Result<f64> {
        let everybody = usage::everybody()?.saturating_sub(self.everybody);
        let ours = (ours + generator()?).saturating_sub(self.ours);
        let cores = f64::from(u32::try_from(cores()).unwrap_or(1));
        let whole = self.since.elapsed().as_secs_f64() * cores;
        Ok(everybody.saturating_sub(ours).as_secs_f64() / whole)
    }
}

/// The generator and the local WeChat run in this process.
fn generator() -> Result<Duration> {
    Ok(usage::Cpu::of(std::process::id())?.own)
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
