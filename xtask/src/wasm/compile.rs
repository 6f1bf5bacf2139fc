//! The compiler's part.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::App;
use crate::command::{announce, succeed};
use crate::paths::{cargo_home, root, wasm_target};
use crate::setup::Toolchain;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";

/// Compiles the program and returns the module as the linker left it.
///
/// The standard library is compiled with it: the one that comes ready made uses reference types and
/// bulk memory, which Chromium 86 (the web view of WeChat on cheap Android phones) and iOS before
/// 15.1 refuse.
pub fn compile(app: App, toolchain: &Toolchain) -> Result<PathBuf> {
    announce(&format!("{}: compile for WebAssembly", app.name), "first time 4 to 6 minutes");
    let mut command = Command::new(&toolchain.cargo);
    forget_outer_cargo(&mut command);
    command
        .current_dir(root())
        .args(["build", "--package", "frontend", "--bin", app.name])
        .args(["--profile", PROFILE, "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort")
        .arg("--features")
        .arg(app.features.join(","))
        .arg("--target-dir")
        .arg(wasm_target())
        .env("RUSTC", &toolchain.rustc)
        // Building the standard library is an unstable feature of a stable compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(&toolchain.sysroot).join("\x1f"));
    if let Some(linker) = &toolchain.linker {
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    succeed(&mut command)?;
    Ok(wasm_target().join(TARGET).join(PROFILE).join(app.name).with_extension("wasm"))
}

/// `cargo xtask` runs inside a cargo, whose variables would point this one to the wrong compiler.
fn forget_outer_cargo(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        let of_outer = ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"]
            .contains(&name.as_ref())
            || name.starts_with("RUSTC")
            || name.starts_with("CARGO_BUILD_")
            || name.starts_with("CARGO_PROFILE_")
            || name.starts_with("CARGO_TARGET_WASM32");
        if of_outer {
            command.env_remove(name.as_ref());
        }
    }
}

/// The first WebAssembly of 2017, and no paths of this machine, so that every machine makes the same
/// bytes. Those of the repository are relative anyway: where a checkout lies is named nowhere, so that
/// the next one finds the libraries compiled. A panic ends the module without a message: nobody reads
/// one on a phone, where `boot.js` offers to open the page again, and the messages would be a twentieth
/// of the phone app. So would be what only they and other texts for programmers need: places in the
/// source and `{:?}`.
fn rust_flags(sysroot: &Path) -> Vec<String> {
    let without =
        |path: &Path, name: &str| format!("--remap-path-prefix={}={name}", path.display());
    vec![
        "-Ctarget-cpu=mvp".to_owned(),
        "-Zunstable-options".to_owned(),
        "-Cpanic=immediate-abort".to_owned(),
        "-Zlocation-detail=none".to_owned(),
        "-Zfmt-debug=none".to_owned(),
        "--cfg=erase_components".to_owned(),
        without(&cargo_home().join("registry/src"), "crates"),
        without(&sysroot.join("lib/rustlib/src/rust/library"), "std"),
    ]
}
