//! `dist/web`: the apps as browsers get them, every file named by its content.

mod asset;
pub mod budget;
mod output;
mod page;
mod scripts;
mod styles;

use anyhow::Result;
use clap::Args;
use serde_json::json;

pub use asset::fingerprint;

use crate::command::announce;
use crate::setup::Machine;
use crate::wasm::{self, ADMIN, App, LEARNER, QR, TEACHING};
use output::Output;

#[derive(Args, Default)]
pub struct Options {
    /// Skip the optimiser and the best compression: sooner done, several times as large.
    #[arg(long)]
    pub fast: bool,
}

/// Builds the apps and replaces `dist/web` if anything in it changed.
pub fn build(machine: &Machine, options: &Options) -> Result<()> {
    let mut output = Output::begin()?;
    let assets = asset::publish_static(&mut output)?;
    let mut pages = serde_json::Map::new();
    let qr = publish_program(QR, machine, options, &mut output)?.join(" ");
    for app in [LEARNER, TEACHING, ADMIN] {
        let [glue, wasm] = publish_program(app, machine, options, &mut output)?;
        let page =
            page::Page { style: styles::of(app)?, glue, wasm, qr: qr.clone(), assets: &assets };
        let filled = page.fill(app)?;
        output.write(app.page, filled.as_bytes())?;
        let about = json!({
            "tag": fingerprint(filled.as_bytes()),
            "styles": page::hashes_inside(&filled, "style")?,
            "scripts": page::hashes_inside(&filled, "script")?,
            "link": page.link(),
        });
        pages.insert(app.page.to_owned(), about);
    }
    // What the server says in the headers of each page.
    output.write("pages.json", &serde_json::to_vec(&pages)?)?;
    announce("compress", if options.fast { "1 s" } else { "5 to 20 s" });
    output.compress(options.fast)?;
    output.finish()
}

/// Builds a program; returns the addresses of its script and its module.
fn publish_program(
    app: App,
    machine: &Machine,
    options: &Options,
    output: &mut Output,
) -> Result<[String; 2]> {
    let built = wasm::build(app, &machine.toolchain, options.fast)?;
    // A page starts its app by the default export; who loads the other program calls what it exports.
    let exports: &[&str] = if app.page.is_empty() { &[] } else { &["default"] };
    let glue = scripts::minified(&built.glue, exports)?;
    let glue = asset::publish(output, app.name, "js", &glue)?;
    let wasm = asset::publish(output, app.name, "wasm", &std::fs::read(built.wasm)?)?;
    Ok([glue, wasm])
}
