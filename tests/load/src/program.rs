//! A server process that is measured.

use std::{
    fs::OpenOptions,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use reqwest::Client;

/// From starting a process to its first answer.
const STARTING: Duration = Duration::from_secs(30);

/// How a program is run.
#[derive(Clone)]
pub struct Program {
    pub path: PathBuf,
    /// Its whole environment.
    pub variables: Vec<(&'static str, String)>,
    pub log: PathBuf,
}

/// The running process; it does not outlive this value.
pub struct Running {
    process: Child,
    /// From starting it to its first 200.
    pub started_in: Duration,
}

impl Program {
    /// Runs a command of the program to its end.
    pub fn run(&self, verb: &str) -> Result<()> {
        let output = self.command().arg(verb).output().context("cannot start")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`{} {verb}` failed: {}\n{said}", self.path.display(), output.status);
        }
        Ok(())
    }

    /// Starts a server and waits until `base` says that it is ready.
    pub async fn serve(&self, arguments: &[&str], base: &str) -> Result<Running> {
        let log = OpenOptions::new().create(true).append(true).open(&self.log)?;
        let mut command = self.command();
        command.args(arguments).stdout(log.try_clone()?).stderr(log);
        let http = Client::builder().timeout(Duration::from_secs(5)).build()?;
        let started = Instant::now();
        let process = command.spawn().with_context(|| self.path.display().to_string())?;
        let mut running = Running { process, started_in: Duration::ZERO };
        while started.elapsed() < STARTING {
            if let Ok(answer) = http.get(format!("{base}/readyz")).send().await
                && answer.status() == 200
            {
                running.started_in = started.elapsed();
                return Ok(running);
            }
            if let Some(status) = running.process.try_wait()? {
                bail!("it ended while starting: {status}; see {}", self.log.display());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        bail!("it was not ready within {STARTING:?}; see {}", self.log.display())
    }

    /// The kernel ends it when we die without a chance to drop anything, where `setpriv` is there
    /// to ask for that.
    fn command(&self) -> Command {
        let setpriv = PathBuf::from("/usr/bin/setpriv");
        let mut command = if setpriv.is_file() {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "KILL", "--"]).arg(&self.path);
            command
        } else {
            Command::new(&self.path)
        };
        command.stdin(Stdio::null()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl Running {
    /// The process's id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only where the process has ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
