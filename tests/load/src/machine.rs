//! Whether somebody else was at work on this machine, or on its cores, while we measured.

use std::time::Duration;

use anyhow::Result;

use crate::usage::{self, Books};

/// The books of the kernel at one moment.
pub struct Watch {
    before: Books,
    ours: Duration,
}

impl Watch {
    /// `ours`: CPU time of the servers so far. The generator's is known.
    pub fn start(ours: Duration) -> Result<Self> {
        Ok(Self { before: Books::read()?, ours: ours + generator()? })
    }

    /// How much of the machine others used since the start, from 0 to 1; other virtual machines too.
    pub fn others(&self, ours: Duration) -> Result<f64> {
        let Books { busy, whole, .. } = Books::read()?.since(self.before);
        let ours = (ours + generator()?).saturating_sub(self.ours);
        Ok(busy.saturating_sub(ours).as_secs_f64() / whole.as_secs_f64())
    }
}

/// The generator and the local WeChat run in this process.
fn generator() -> Result<Duration> {
    Ok(usage::Cpu::of(std::process::id())?.own)
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
