//! The proof that old engines accept the module.

use anyhow::{Context, Result};
use wasmparser::{Validator, WasmFeatures};

/// An error that names the first thing in the module beyond WebAssembly 1.0: the MVP with mutable
/// globals, which every browser since 2018 has.
pub fn validate(module: &[u8]) -> Result<()> {
    Validator::new_with_features(WasmFeatures::WASM1)
        .validate_all(module)
        .map(|_| ())
        .context("uses WebAssembly that Chromium 86 does not know")
}

#[cfg(test)]
mod tests {
    use super::validate;

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";

    fn module(sections: &[u8]) -> Vec<u8> {
        [HEADER, sections].concat()
    }

    #[test]
    fn a_module_of_the_first_webassembly_is_accepted() {
        // Type section: one function type without parameters and results.
        validate(&module(b"\x01\x04\x01\x60\0\0")).unwrap();
    }

    #[test]
    fn a_module_with_reference_types_is_refused() {
        // Type section: one function type that takes an externref (0x6f).
        validate(&module(b"\x01\x05\x01\x60\x01\x6f\0")).unwrap_err();
    }
}
