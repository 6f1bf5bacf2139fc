//! Node and the pinned tools that it runs.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{announce, output, succeed};
use crate::paths::{mini_program, node_tools};

const OLDEST_VERSION: u32 = 20;

/// An error with advice unless a recent Node is there.
pub fn require_node() -> Result<()> {
    let version = output(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|it| it.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_VERSION) {
        bail!("please install Node {OLDEST_VERSION} or newer with npm (found: {version:?})");
    }
    Ok(())
}

/// What `cargo xtask` itself runs.
pub fn install_tools() -> Result<()> {
    install(&node_tools(), "WebAssembly optimiser and browser drivers", "about a minute, 360 MB")
}

/// What the mini-program is compiled and tested with.
pub fn install_for_mini_program() -> Result<()> {
    install(&mini_program(), "compiler and test stage of the mini-program", "about 10 s, 70 MB")
}

/// `npm ci`, unless the lock file is the one that was installed last.
fn install(folder: &Path, what: &str, how_long: &str) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| lock.display().to_string())?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    announce(&format!("npm ci: {what}"), how_long);
    // Install scripts would download browsers; the tests use Debian's and an unpacked Chromium 86.
    // The log level hides engine warnings: the tools say Node 22, and run on 20.
    succeed(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(folder),
    )?;
    fs::write(installed, lock).context("cannot note what npm installed")
}

/// Runs one of the scripts in `xtask/npm`.
pub fn script(name: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(node_tools().join(name));
    command
}
