//! A running server process.

use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::environment;

/// From starting the process to its first answer.
const STARTING: Duration = Duration::from_secs(30);

/// The process; it does not outlive this value.
pub struct Server {
    process: Child,
}

/// How the program is run: its settings and where it writes its log.
#[derive(Debug, Clone)]
pub struct Program {
    pub variables: Vec<(&'static str, String)>,
    pub log: PathBuf,
    /// Leaves the jobs to processes of [`Program::work`].
    pub without_workers: bool,
}

impl Program {
    /// Runs a command of the program to its end.
    ///
    /// # Errors
    /// With what the program said, if it fails.
    pub fn run(&self, verb: &str) -> Result<()> {
        let output = self.command(verb)?.output().context("FINGERTIP_BIN")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`fingertip {verb}` failed: {}\n{said}", output.status);
        }
        Ok(())
    }

    /// The same with another value of a variable.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut program = self.clone();
        program.variables.retain(|it| it.0 != name);
        program.variables.push((name, value.to_owned()));
        program
    }

    /// What the program answers to these arguments, whether or not it fails.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn output(&self, arguments: &[&str]) -> Result<Output> {
        let (verb, rest) = arguments.split_first().context("a verb")?;
        self.command(verb)?.args(rest).output().context("FINGERTIP_BIN")
    }

    /// Starts the server and waits until `base` answers that it is ready.
    pub async fn serve(&self, base: &str) -> Result<Server> {
        let started = Instant::now();
        let mut command = self.command("serve")?;
        if self.without_workers {
            command.arg("--without-workers");
        }
        let mut server = spawned(command, &self.log)?;
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
        while started.elapsed() < STARTING {
            if let Ok(answer) = http.get(format!("{base}/readyz")).send().await
                && answer.status() == 200
            {
                return Ok(server);
            }
            if let Some(status) = server.process.try_wait()? {
                bail!("the server ended while starting: {status}\n{}", self.said());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("the server was not ready within {STARTING:?}\n{}", self.said())
    }

    /// Starts a process that only works off jobs and says what it does in a log of its own.
    pub fn work(&self, log: &Path) -> Result<Server> {
        spawned(self.command("work")?, log)
    }

    /// The log so far.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Nothing of the environment of the tests reaches the program but its settings.
    fn command(&self, verb: &str) -> Result<Command> {
        let mut command = mortal(&environment::path("FINGERTIP_BIN")?);
        command.arg(verb).stdin(Stdio::null()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }
}

impl Server {
    /// SIGKILL: no goodbye, as when the power fails or the kernel runs out of memory.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // Both fail only where the process has ended by itself, which is what is wanted.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

fn spawned(mut command: Command, log: &Path) -> Result<Server> {
    let log = OpenOptions::new().create(true).append(true).open(log)?;
    command.stdout(log.try_clone()?).stderr(log);
    let process = command.spawn().context("FINGERTIP_BIN")?;
    Ok(Server { process })
}

/// A command that the kernel ends when we die without a chance to drop anything, where `setpriv` of
/// util-linux is there to ask for it.
fn mortal(program: &Path) -> Command {
    let setpriv = Path::new("/usr/bin/setpriv");
    if File::open(setpriv).is_err() {
        return Command::new(program);
    }
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}
