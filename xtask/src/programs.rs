//! The server and the WeChat sandbox, as cargo builds them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{announce, succeed};
use crate::paths::{root, target};

/// Where both are.
pub struct Programs {
    pub fingertip: PathBuf,
    pub sandbox: PathBuf,
}

impl Programs {
    /// Those that are built with the tests: optimising the server takes longer than running them.
    /// The server reads the web apps from `dist/web`, where the optimised one has taken them in.
    pub fn of_tests() -> Self {
        Self::in_folder("debug")
    }

    fn in_folder(profile: &str) -> Self {
        let folder = target().join(profile);
        Self { fingertip: folder.join("fingertip"), sandbox: folder.join("wechat_sandbox") }
    }
}

/// Builds both optimised; `dist/web` must be there already, since the server takes it in.
pub fn optimise() -> Result<Programs> {
    announce("server and WeChat sandbox: optimised build", "first time 8 to 20 minutes");
    succeed(
        cargo()
            .args(["build", "--release", "--package", "backend"])
            .args(["--package", "wechat_sandbox"]),
    )?;
    Ok(Programs::in_folder("release"))
}

/// The cargo that runs us, in the root of the repository.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}
