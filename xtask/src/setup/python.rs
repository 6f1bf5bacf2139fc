//! Schemathesis, which tries the API against its document, in a Python environment of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Item, debian};
use crate::command::{announce, output, succeed};
use crate::paths::{cache, root};
use crate::web::fingerprint;

const ITEM: Item = Item {
    what: "Python 3.10 or newer with venv",
    packages: &["python3", "python3-venv"],
    elsewhere: "install Python 3 with the modules venv and ensurepip, as python3 on the PATH",
};

/// The program, installed where it is missing.
pub fn schemathesis() -> Result<PathBuf> {
    let requirements = root().join("xtask/python/requirements.txt");
    let pinned = fs::read(&requirements).context("xtask/python/requirements.txt")?;
    let environment = cache().join(format!("python-{}", fingerprint(&pinned)));
    // Written at the end, so that a half made environment is never taken for a whole one.
    let ready = environment.join("ready");
    let program = environment.join("bin/schemathesis");
    if ready.is_file() {
        return Ok(program);
    }
    if !has_venv() {
        debian::install(&[&ITEM])?;
    }
    announce("pip install: Schemathesis", "about 30 s");
    succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    succeed(
        Command::new(environment.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .arg("--requirement")
            .arg(requirements),
    )?;
    fs::write(ready, "")?;
    Ok(program)
}

fn has_venv() -> bool {
    output(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_ok()
}
