//! wasm-bindgen's part: the script between the browser and the module.

use std::path::{Path, PathBuf};

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

/// Writes `<name>.js` and `<name>_bg.wasm` into the directory and returns the module.
///
/// The script gets the address of the module from its caller (`boot.js`), since only the finished
/// page knows the hashed name.
pub fn bind(compiled: &Path, into: &Path, name: &str) -> Result<PathBuf> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(into)?;
    Ok(into.join(format!("{name}_bg.wasm")))
}
