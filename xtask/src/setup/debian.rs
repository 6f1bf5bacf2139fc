//! Installing with apt-get, or telling a person what to install.

use std::io::{IsTerminal, stdin};
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::Item;
use crate::command::{announce, output, succeed};
use crate::paths::find_program;

/// Installs Debian's packages for the items. On another system the error names each item and what
/// to do about it.
pub fn install(items: &[&Item]) -> Result<()> {
    let Some(apt_get) = find_program("apt-get").filter(|_| is_debian()) else {
        bail!("{}", instructions(items));
    };
    let Some(prefix) = root_prefix() else {
        bail!("installing needs root or sudo.\n{}", instructions(items));
    };
    let packages: Vec<&str> = items.iter().flat_map(|item| item.packages).copied().collect();
    announce("apt-get update", "about 20 s");
    succeed(as_root(&prefix, &apt_get).arg("update"))?;
    announce(&format!("apt-get install {}", packages.join(" ")), "2 to 6 minutes");
    succeed(as_root(&prefix, &apt_get).args(["install", "--yes"]).args(packages))
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").is_file()
}

/// What to write before a command so that it runs as root; nothing if we are root already.
fn root_prefix() -> Option<Vec<&'static str>> {
    if output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Some(Vec::new());
    }
    find_program("sudo")?;
    // Without a terminal nobody can type a password.
    Some(if stdin().is_terminal() { vec!["sudo"] } else { vec!["sudo", "-n"] })
}

fn as_root(prefix: &[&str], apt_get: &Path) -> Command {
    let settings = ["DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=a"];
    let words: Vec<&str> = prefix.iter().copied().chain(["env"]).chain(settings).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).arg(apt_get).args([
        "--quiet",
        "--no-install-recommends",
        // Another installation may be running: wait for it.
        "-o",
        "DPkg::Lock::Timeout=600",
    ]);
    command
}

fn instructions(items: &[&Item]) -> String {
    let lines = items.iter().map(|item| {
        let Item { what, packages, elsewhere } = item;
        format!("- {what}\n    {elsewhere}\n    (Debian 12: {})", packages.join(" "))
    });
    ["please install, then try again:".to_owned()]
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}
