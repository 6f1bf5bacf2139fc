//! A Rust compiler that can build the standard library for WebAssembly.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use super::Item;
use crate::command::{announce, output, succeeds_within};
use crate::paths::{find_program, is_program};

/// Older compilers do not know edition 2024 or the features that the crates ask for.
const OLDEST_MINOR_VERSION: u32 = 95;

/// How long rustup may try before Debian's packages are taken.
const RUSTUP_LIMIT: Duration = Duration::from_mins(1);

pub const ITEM: Item = Item {
    what: "a Rust compiler with its library sources and a WebAssembly linker",
    packages: &["rustc-web", "cargo-web", "rust-web-src", "lld-22"],
    elsewhere: "rustup target add wasm32-unknown-unknown && rustup component add rust-src",
};

/// The programs that build for WebAssembly.
pub struct Toolchain {
    pub cargo: PathBuf,
    pub rustc: PathBuf,
    /// Where the compiler and the sources of the standard library lie.
    pub sysroot: PathBuf,
    /// The linker, unless the compiler brings its own.
    pub linker: Option<PathBuf>,
}

/// The toolchain of rustup if it has what is needed, else Debian's.
pub fn find() -> Option<Toolchain> {
    from_rustup().or_else(from_debian)
}

/// Asks rustup, once, to download what is missing. Whether it could.
pub fn install_with_rustup() -> bool {
    static OUTCOME: OnceLock<bool> = OnceLock::new();
    *OUTCOME.get_or_init(|| {
        let Some(rustup) = find_program("rustup") else { return false };
        announce("rustup: WebAssembly target and library sources", "up to a minute");
        let ask = |words: &[&str]| succeeds_within(Command::new(&rustup).args(words), RUSTUP_LIMIT);
        let installed = ask(&["target", "add", "wasm32-unknown-unknown"])
            && ask(&["component", "add", "rust-src"]);
        if !installed {
            println!("    rustup cannot download here; looking for another way");
        }
        installed && from_rustup().is_some()
    })
}

fn from_rustup() -> Option<Toolchain> {
    let rustc = find_program("rustc").filter(|path| !path.starts_with("/usr/bin"))?;
    let sysroot = sysroot_with_sources(&rustc)?;
    let host = output(Command::new(&rustc).args(["--print", "host-tuple"])).ok()?;
    let own_linker = sysroot.join("lib/rustlib").join(host).join("bin/rust-lld");
    // The programs themselves, not rustup's stand-ins: those would look at the environment again.
    let [cargo, rustc] = ["bin/cargo", "bin/rustc"].map(|program| sysroot.join(program));
    (is_program(&own_linker) && is_program(&cargo) && is_recent(&rustc)).then_some(Toolchain {
        cargo,
        rustc,
        sysroot,
        linker: None,
    })
}

fn from_debian() -> Option<Toolchain> {
    let [cargo, rustc] = ["/usr/bin/cargo", "/usr/bin/rustc"].map(PathBuf::from);
    let linker = (19..=40)
        .rev()
        .map(|version| PathBuf::from(format!("/usr/bin/wasm-ld-{version}")))
        .find(|path| is_program(path))?;
    let sysroot = sysroot_with_sources(&rustc)?;
    (is_program(&cargo) && is_recent(&rustc)).then_some(Toolchain {
        cargo,
        rustc,
        sysroot,
        linker: Some(linker),
    })
}

fn sysroot_with_sources(rustc: &Path) -> Option<PathBuf> {
    let sysroot = PathBuf::from(output(Command::new(rustc).args(["--print", "sysroot"])).ok()?);
    sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file().then_some(sysroot)
}

fn is_recent(rustc: &Path) -> bool {
    let version = output(Command::new(rustc).arg("--version")).unwrap_or_default();
    // "rustc 1.96.0 (…)"
    version
        .split([' ', '.'])
        .nth(2)
        .and_then(|minor| minor.parse::<u32>().ok())
        .is_some_and(|minor| minor >= OLDEST_MINOR_VERSION)
}
