//! Makes the folder that the web apps are built into, and says where it is.
//!
//! An unoptimised server reads them from there, and takes a file only if its real path begins with the
//! folder's. `rust-embed` would find that out while the server is compiled; where the folder is missing
//! just then, it keeps the path as it was written. So it is given the real one.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = Path::new("../dist/web");
    fs::create_dir_all(folder)?;
    println!("cargo::rustc-env=WEB_APPS={}", folder.canonicalize()?.display());
    Ok(())
}
