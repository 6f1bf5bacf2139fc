//! Scripts as browsers get them: without what only programmers read.

use std::path::Path;

use anyhow::Result;

use crate::command::output;
use crate::setup::node_script;

/// The module, minified. With `exports`, it exports only these, and what nothing needs then is left
/// out; without, everything stays.
pub fn minified(module: &Path, exports: &[&str]) -> Result<Vec<u8>> {
    let script = output(node_script("minify-js.mjs").arg(module).args(exports))?;
    Ok(script.into_bytes())
}
