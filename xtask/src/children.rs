//! Servers that must not outlive us.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::Signal;

use crate::command::terminate;
use crate::paths::find_program;

/// How long a server may take to finish what it is doing.
const GRACE: Duration = Duration::from_secs(15);

/// A running server. Dropping it, also while a panic unwinds, stops the server.
pub struct Server {
    name: &'static str,
    stop_signal: Signal,
    pub process: Child,
}

impl Server {
    pub fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let process =
            command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name, stop_signal: Signal::TERM, process })
    }

    /// Stops the server with another signal than SIGTERM.
    pub fn stopped_by(mut self, signal: Signal) -> Self {
        self.stop_signal = signal;
        self
    }

    /// How the server ended, if it has.
    pub fn ended(&mut self) -> Option<String> {
        let status = self.process.try_wait().ok()??;
        Some(format!("{} ended: {status}", self.name))
    }

    fn is_running(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.is_running() {
            terminate(&self.process, self.stop_signal);
        }
        let asked = Instant::now();
        while self.is_running() && asked.elapsed() < GRACE {
            sleep(Duration::from_millis(20));
        }
        // Errors here mean that the process is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A command that the kernel ends when we die without a chance to drop anything (SIGKILL), where
/// `setpriv` of util-linux is there to ask for it. `user` is who it shall run as; only root can ask.
pub fn mortal(program: &Path, user: Option<&str>) -> Command {
    let Some(setpriv) = find_program("setpriv") else {
        return Command::new(program);
    };
    let mut command = Command::new(setpriv);
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid", user, "--clear-groups"]);
    }
    command.args(["--pdeathsig", "INT", "--"]).arg(program);
    command
}
