//! Where things are on this machine.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().expect("xtask lies inside the repository").to_path_buf()
}

/// The pinned Node tools and the scripts that use them.
pub fn node_tools() -> PathBuf {
    root().join("xtask/npm")
}

/// The WeChat mini-program, which has tools of its own.
pub fn mini_program() -> PathBuf {
    root().join("frontend/miniprogram")
}

/// What the server embeds: the two web apps as browsers get them.
pub fn web_dist() -> PathBuf {
    root().join("dist/web")
}

/// Where cargo puts native builds.
pub fn target() -> PathBuf {
    chosen_target().unwrap_or_else(|| root().join("target"))
}

/// Where the WebAssembly builds go. They come from another toolchain, and cargo would throw away
/// one build for the other if they shared a directory.
pub fn wasm_target() -> PathBuf {
    chosen_target().map_or_else(|| root().join("target-wasm"), |target| target.join("wasm"))
}

fn chosen_target() -> Option<PathBuf> {
    let chosen = env::var_os("CARGO_TARGET_DIR").filter(|path| !path.is_empty())?;
    Some(root().join(chosen))
}

/// Where what is dear to make and the same for every clone is kept.
pub fn cache() -> PathBuf {
    env::var_os("XDG_CACHE_HOME")
        .filter(|path| !path.is_empty())
        .map_or_else(|| home().join(".cache"), PathBuf::from)
        .join("fingertip")
}

/// Cargo's own directory, which holds the sources of all crates.
pub fn cargo_home() -> PathBuf {
    env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from)
}

fn home() -> PathBuf {
    env::home_dir().unwrap_or_else(env::temp_dir)
}

/// The first program of this name on the `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|directory| directory.join(name))
        .find(|candidate| is_program(candidate))
}

/// Whether the file exists and may be executed.
pub fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}
