//! Ctrl-C, SIGTERM and SIGHUP: instead of ending at once we stop what was started, then end.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

static HAPPENED: AtomicBool = AtomicBool::new(false);

/// From now on signals no longer end this process; whoever waits asks [`happened`].
pub fn watch() -> Result<()> {
    ctrlc::set_handler(|| HAPPENED.store(true, Ordering::SeqCst)).context("cannot watch signals")
}

/// Whether a person or the system wants us to end.
pub fn happened() -> bool {
    HAPPENED.load(Ordering::SeqCst)
}
