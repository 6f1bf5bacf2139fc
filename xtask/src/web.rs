//! `dist/web`: the two apps as browsers get them, every file named by its content.

mod asset;
pub mod budget;
mod output;
mod page;
mod styles;

use anyhow::Result;
use clap::Args;

pub use asset::fingerprint;

use crate::command::announce;
use crate::setup::Machine;
use crate::wasm::{self, ADMIN, App, LEARNER};
use asset::Asset;
use output::Output;

#[derive(Args, Default)]
pub struct Options {
    /// Skip the optimiser and the best compression: sooner done, several times as large.
    #[arg(long)]
    pub fast: bool,
}

/// Builds both apps and replaces `dist/web` if anything in it changed.
pub fn build(machine: &Machine, options: &Options) -> Result<()> {
    let mut output = Output::begin()?;
    let assets = asset::publish_static(&mut output)?;
    let mut style_hashes = Vec::new();
    for app in [LEARNER, ADMIN] {
        let hash = build_app(app, machine, options, &assets, &mut output)?;
        style_hashes.push(hash);
    }
    style_hashes.dedup();
    output
        .write("csp.json", serde_json::json!({ "style": style_hashes }).to_string().as_bytes())?;
    announce("compress", if options.fast { "1 s" } else { "5 to 20 s" });
    output.compress(options.fast)?;
    output.finish()
}

/// Writes the files of one app; returns the hash of its critical style for the server's CSP.
fn build_app(
    app: App,
    machine: &Machine,
    options: &Options,
    assets: &[Asset],
    output: &mut Output,
) -> Result<String> {
    let built = wasm::build(app, &machine.toolchain, options.fast)?;
    let page = page::Page {
        critical: styles::critical()?,
        styles: asset::publish(output, app.name, "css", &styles::of(app)?)?,
        glue: asset::publish(output, app.name, "js", &std::fs::read(built.glue)?)?,
        wasm: asset::publish(output, app.name, "wasm", &std::fs::read(built.wasm)?)?,
        assets,
    };
    output.write(app.page, page.fill(app)?.as_bytes())?;
    Ok(page::style_hash(&page.critical))
}
