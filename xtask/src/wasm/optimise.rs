//! Binaryen's part: about two thirds off the size.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::command::succeed;
use crate::paths::node_tools;

/// What `wasm-opt` is told. Without a list of features it would add new instructions back, and with
/// all features it writes modules that not even today's browsers accept.
pub const SETTINGS: &[&str] =
    &["-Oz", "--mvp-features", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// Writes a smaller module that does the same.
pub fn optimise(module: &Path, smaller: &Path) -> Result<()> {
    let wasm_opt = node_tools().join("node_modules/binaryen/bin/wasm-opt");
    succeed(Command::new("node").arg(wasm_opt).args(SETTINGS).arg(module).arg("-o").arg(smaller))
}
