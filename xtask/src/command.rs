//! Running other programs and saying so.

use std::ffi::OsStr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::interruption;

/// Between two looks at a process that is running.
const PAUSE: Duration = Duration::from_millis(20);

/// Says what happens now and how long that may take.
pub fn announce(what: &str, how_long: &str) {
    println!("==> {what} ({how_long})");
}

/// Runs the command to its end; an error if it cannot start or fails.
pub fn succeed(command: &mut Command) -> Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", line(command)))?;
    let status = wait(&mut child)?;
    if !status.success() {
        bail!("{} failed: {status}", line(command));
    }
    Ok(())
}

/// Waits for the end of the process, and hurries it when we are interrupted.
pub fn wait(child: &mut Child) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            if interruption::happened() {
                bail!("interrupted");
            }
            return Ok(status);
        }
        if interruption::happened() {
            terminate(child, Signal::TERM);
        }
        sleep(PAUSE);
    }
}

/// Asks the process to end. No error if it is gone already.
pub fn terminate(child: &Child, signal: Signal) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // It fails only for a process that has just ended.
        let _ = kill_process(pid, signal);
    }
}

/// What the command prints on standard output, without the white space around it.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", line(command)))?;
    if !output.status.success() {
        bail!(
            "{} failed: {}\n{}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether the command succeeds within this time; it is ended when the time is up.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
    else {
        return false;
    };
    let started = Instant::now();
    while started.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => sleep(PAUSE),
            Err(_) => break,
        }
    }
    // Both fail only if the child has ended in between, which is what is wanted.
    let _ = child.kill();
    let _ = child.wait();
    false
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
