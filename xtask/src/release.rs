//! The optimised server and the WeChat sandbox.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{announce, succeed};
use crate::paths::{root, target};

/// The programs that cargo built.
pub struct Release {
    pub fingertip: PathBuf,
    pub sandbox: PathBuf,
}

/// Builds both; `dist/web` must be there already, since the server takes it in.
pub fn build() -> Result<Release> {
    announce("server and WeChat sandbox: optimised build", "first time 5 to 10 minutes");
    succeed(
        cargo()
            .args(["build", "--release", "--package", "backend"])
            .args(["--package", "wechat_sandbox"]),
    )?;
    let directory = target().join("release");
    Ok(Release {
        fingertip: directory.join("fingertip"),
        sandbox: directory.join("wechat_sandbox"),
    })
}

/// The cargo that runs us, in the root of the repository.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}
