//! Makes the folder that the web apps are built into.
//!
//! An unoptimised server reads them from there. Where the folder is missing while the server is
//! compiled, `rust-embed` keeps its path with the `..` in it, which no file's real path begins with,
//! and finds nothing there for ever after.

use std::{fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    fs::create_dir_all("../dist/web")
}
