//! From the `frontend` crate to a module that the engines of 2020 run: compile, bind, optimise,
//! validate.

mod bind;
mod compile;
mod mvp;
mod optimise;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::announce;
use crate::paths::wasm_target;
use crate::setup::Toolchain;
use crate::web::fingerprint;

/// One of the programs of the `frontend` crate.
#[derive(Clone, Copy)]
pub struct App {
    /// The name of the program, and of its files.
    pub name: &'static str,
    /// The page that starts it; empty for one that another loads.
    pub page: &'static str,
    /// What the page is made from, in `frontend`.
    pub template: &'static str,
    /// How the names of its style sheets begin, beside those that all pages have.
    pub styles: &'static [&'static str],
    /// The features of the crate to switch on.
    features: &'static [&'static str],
}

/// The classroom on the phone. It must stay small, so it is built without the console.
pub const LEARNER: App = App {
    name: "learner",
    page: "index.html",
    template: "index.html",
    styles: &["learner"],
    features: &[],
};

/// 授课 and 班组 on the phone, for the few who need them.
pub const TEACHING: App = App {
    name: "teaching",
    page: "teaching.html",
    template: "index.html",
    styles: &["learner", "teaching"],
    features: &[],
};

/// Draws and reads QR codes for those who need it.
pub const QR: App = App { name: "qr", page: "", template: "", styles: &[], features: &["qr"] };

/// The console on office PCs.
pub const ADMIN: App = App {
    name: "admin",
    page: "admin.html",
    template: "admin.html",
    styles: &["admin"],
    features: &["admin"],
};

/// A module ready for the browser, with the script that loads it.
pub struct Built {
    pub wasm: PathBuf,
    pub glue: PathBuf,
}

/// Builds the app. What the compiler made is bound and optimised again only if it changed.
pub fn build(app: App, toolchain: &Toolchain, fast: bool) -> Result<Built> {
    let compiled = compile::compile(app, toolchain)?;
    let stage = wasm_target().join("web").join(app.name);
    let built =
        Built { wasm: stage.join("app.wasm"), glue: stage.join(format!("{}.js", app.name)) };
    let stamp = stage.join("stamp");
    let input = fs::read(&compiled).with_context(|| compiled.display().to_string())?;
    let wanted = format!("{} fast={fast} {}", fingerprint(&input), optimise::SETTINGS.join(" "));
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(built);
    }
    announce(&format!("{}: bind and optimise", app.name), "10 to 60 s");
    // Anything left from before, in case this build is interrupted.
    if stage.exists() {
        fs::remove_dir_all(&stage)?;
    }
    fs::create_dir_all(&stage)?;
    let bound = bind::bind(&compiled, &stage, app.name)?;
    if fast {
        fs::copy(&bound, &built.wasm)?;
    } else {
        optimise::optimise(&bound, &built.wasm)?;
    }
    mvp::validate(&fs::read(&built.wasm)?)
        .with_context(|| format!("the module of {}", app.name))?;
    fs::write(stamp, wanted)?;
    Ok(built)
}
