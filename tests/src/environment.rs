//! What whoever runs the tests says about this machine.

use std::{env, path::PathBuf};

use anyhow::Context;

/// A variable that is set and not empty.
pub fn text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The path in a variable without which these tests cannot run.
///
/// # Errors
/// In words that name the command which sets it.
pub fn path(name: &str) -> anyhow::Result<PathBuf> {
    let value = text(name).with_context(|| format!("{name} is not set: run `cargo xtask test`"))?;
    Ok(PathBuf::from(value))
}
