//! What the kernel counted for a process: `/proc/<id>/stat` and `/proc/<id>/status`.

use std::{fs, time::Duration};

use anyhow::{Context, Result, bail};
use rustix::param::clock_ticks_per_second;

/// CPU time of a process, user and system.
pub struct Cpu {
    parent: u32,
    /// Its own.
    pub own: Duration,
    /// That of its children that have ended.
    ended_children: Duration,
}

impl Cpu {
    /// # Errors
    /// Where there is no such process, or no Linux.
    pub fn of(id: u32) -> Result<Self> {
        let path = format!("/proc/{id}/stat");
        let text = fs::read_to_string(&path).with_context(|| path.clone())?;
        Self::parse(&text).with_context(|| format!("{path} says {text:?}"))
    }

    fn parse(text: &str) -> Option<Self> {
        // The name, in parentheses, may hold anything. What follows it starts with the third field.
        let (_, fields) = text.rsplit_once(')')?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        Some(Self {
            parent: field(4)?.try_into().ok()?,
            own: ticks(field(14)? + field(15)?),
            ended_children: ticks(field(16)? + field(17)?),
        })
    }
}

/// Kernel ticks as time.
fn ticks(count: u64) -> Duration {
    Duration::from_millis(count * 1000 / clock_ticks_per_second())
}

/// CPU time of a process and of all its children, those that have ended included.
pub fn family(id: u32) -> Result<Duration> {
    let root = Cpu::of(id)?;
    let mut sum = root.own + root.ended_children;
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(child) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
        // A process that ends meanwhile has nothing to say.
        let Ok(cpu) = Cpu::of(child) else { continue };
        if cpu.parent == id {
            sum += cpu.own;
        }
    }
    Ok(sum)
}

/// The process that started this one.
pub fn parent(id: u32) -> Result<u32> {
    Ok(Cpu::of(id)?.parent)
}

/// What the kernel's books say of all cores together, since it started.
#[derive(Debug, Clone, Copy)]
pub struct Books {
    /// All cores, idle or not.
    pub whole: Duration,
    /// CPU time of everybody on this machine, and what was stolen.
    pub busy: Duration,
    /// What this machine wanted and other virtual machines had.
    pub stolen: Duration,
}

impl Books {
    pub fn read() -> Result<Self> {
        let text = fs::read_to_string("/proc/stat").context("/proc/stat")?;
        let line = text.lines().next().context("/proc/stat is empty")?;
        // user nice system idle iowait irq softirq steal; what follows is counted already.
        let spent: Vec<u64> =
            line.split_whitespace().skip(1).take(8).map(str::parse).collect::<Result<_, _>>()?;
        let [.., idle, iowait, _, _, steal] = spent[..] else { bail!("an old kernel: {line}") };
        let whole = spent.iter().sum::<u64>();
        Ok(Self { whole: ticks(whole), busy: ticks(whole - idle - iowait), stolen: ticks(steal) })
    }

    /// What was written into them since.
    pub fn since(self, before: Self) -> Self {
        Self {
            whole: self.whole.saturating_sub(before.whole),
            busy: self.busy.saturating_sub(before.busy),
            stolen: self.stolen.saturating_sub(before.stolen),
        }
    }
}

/// Bytes of memory a process holds now.
pub fn memory(id: u32) -> Result<u64> {
    status(id, "VmRSS:")
}

/// The most it held since [`forget_peak`].
pub fn peak_memory(id: u32) -> Result<u64> {
    status(id, "VmHWM:")
}

/// From now on [`peak_memory`] counts anew.
pub fn forget_peak(id: u32) -> Result<()> {
    fs::write(format!("/proc/{id}/clear_refs"), "5").context("cannot reset the peak of memory")
}

fn status(id: u32, name: &str) -> Result<u64> {
    let path = format!("/proc/{id}/status");
    let text = fs::read_to_string(&path).with_context(|| path.clone())?;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(kilobytes.with_context(|| format!("{path} has no {name}"))? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_may_call_itself_whatever_it_wants() {
        let cpu = Cpu::parse("7 (a) S 99 (b) S 3 7 7 0 -1 0 1 2 3 4 250 50 20 10 20 0 1 0 9");
        let cpu = cpu.unwrap();
        assert_eq!((cpu.parent, cpu.own), (3, ticks(300)));
        assert_eq!(cpu.ended_children, ticks(30));
    }

    #[test]
    fn work_shows_in_the_books_of_the_kernel() {
        let id = std::process::id();
        let (own, all) = (Cpu::of(id).unwrap().own, Books::read().unwrap().busy);
        while Cpu::of(id).unwrap().own < own + Duration::from_millis(30) {}
        assert!(Books::read().unwrap().busy >= all + Duration::from_millis(20));
        assert!(memory(id).unwrap() > 1_000_000);
        assert!(peak_memory(id).unwrap() >= memory(id).unwrap());
    }
}
