//! Node and the pinned tools that it runs.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{announce, output, succeed};
use crate::paths::node_tools;

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

/// `npm ci`, unless the lock file is the one that was installed last.
pub fn install_tools() -> Result<()> {
    let tools = node_tools();
    let lock = fs::read(tools.join("package-lock.json")).context("xtask/npm/package-lock.json")?;
    let installed = tools.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    announce("npm ci: WebAssembly optimiser and browser drivers", "about a minute, 360 MB");
    // Install scripts would download browsers; the tests use Debian's and an unpacked Chromium 86.
    // The log level hides engine warnings: the tools say Node 22, and run on 20.
    succeed(
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&tools),
    )?;
    fs::write(installed, lock).context("cannot note what npm installed")
}

/// Runs one of the scripts in `xtask/npm`.
pub fn script(name: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(node_tools().join(name));
    command
}
