//! Brings the machine to where everything can be built, run and tested. Fast when all is there.

mod chromium_86;
mod debian;
mod node;
mod programs;
mod python;
mod toolchain;

use std::path::PathBuf;

use anyhow::{Result, bail};

pub use node::{install_for_mini_program, script as node_script};
pub use programs::Programs;
pub use python::schemathesis;
pub use toolchain::Toolchain;

use crate::paths;

/// What setup found or installed.
pub struct Machine {
    /// The compiler that builds for WebAssembly.
    pub toolchain: Toolchain,
    /// Browser, databases, fonts.
    pub programs: Programs,
    /// The directory of an unpacked Chromium 86.
    pub chromium_86: PathBuf,
}

/// Finds everything that building, running and testing need, and installs what is missing.
pub fn prepare() -> Result<Machine> {
    node::require_node()?;
    let missing = missing_items(toolchain::find().is_none());
    if !missing.is_empty() {
        debian::install(&missing)?;
    }
    let still_missing = missing_items(toolchain::find().is_none());
    let (Some(toolchain), Some(programs)) = (toolchain::find(), Programs::find()) else {
        bail!("still missing after the installation: {}", names(&still_missing));
    };
    node::install_tools()?;
    let chromium_86 = chromium_86::unpack(&paths::node_tools())?;
    if let Some(untested) = programs::untested() {
        println!("==> {untested}");
    }
    Ok(Machine { toolchain, programs, chromium_86 })
}

/// A thing to install: what it is for, Debian's packages, and what to do on another system.
pub struct Item {
    what: &'static str,
    packages: &'static [&'static str],
    elsewhere: &'static str,
}

fn missing_items(without_toolchain: bool) -> Vec<&'static Item> {
    let mut missing = programs::missing();
    if without_toolchain && !toolchain::install_with_rustup() {
        missing.push(&toolchain::ITEM);
    }
    missing
}

fn names(items: &[&Item]) -> String {
    items.iter().map(|item| item.what).collect::<Vec<_>>().join("; ")
}
