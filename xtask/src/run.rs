//! A demo on this machine: the server, a local WeChat, people and courses to try.

mod settings;
mod welcome;

use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::children::{Server, mortal};
use crate::command::{announce, succeed};
use crate::paths::root;
use crate::programs::{self, Programs};
use crate::{interruption, port, setup, web};
use settings::Settings;

#[derive(Args)]
pub struct Options {
    /// Let phones in the same network in, instead of this machine only.
    #[arg(long)]
    lan: bool,
    /// Build the web apps unoptimised, which is sooner done.
    #[arg(long)]
    fast: bool,
}

/// Builds and starts the demo; returns when Ctrl-C or SIGTERM ended it.
pub fn demo(options: &Options) -> Result<()> {
    interruption::watch()?;
    let machine = setup::prepare()?;
    web::build(&machine, &web::Options { fast: options.fast })?;
    let programs = programs::optimise()?;
    let settings = Settings::from_environment(options.lan)?;
    fill_database(&programs, &settings)?;

    announce("starting", "1 s");
    let mut sandbox = start_sandbox(&programs, &settings)?;
    let mut server = start_server(&programs, &settings)?;
    welcome::print(&settings)?;
    while !interruption::happened() {
        sleep(Duration::from_millis(200));
        if let Some(trouble) = server.ended().or_else(|| sandbox.ended()) {
            // A Ctrl-C in the terminal reaches the servers as well as us.
            if interruption::happened() {
                break;
            }
            bail!("{trouble}");
        }
    }
    println!("stopping");
    // The server first: it may still want to tell WeChat something.
    drop(server);
    Ok(())
}

fn fill_database(programs: &Programs, settings: &Settings) -> Result<()> {
    std::fs::create_dir_all(&settings.data_dir).context("cannot create DATA_DIR")?;
    announce("database: migrate and seed", "a few seconds");
    for verb in ["migrate", "seed"] {
        succeed(
            Command::new(&programs.fingertip)
                .arg(verb)
                .current_dir(root())
                .envs(settings.variables()),
        )?;
    }
    Ok(())
}

fn start_sandbox(programs: &Programs, settings: &Settings) -> Result<Server> {
    let mut command = mortal(&programs.sandbox, None);
    command.current_dir(root()).envs(settings.variables());
    command.arg("--bind").arg(settings.sandbox_bind.to_string());
    // WeChat sends people back to hosts that it was told of only.
    command.arg("--authorised-host").arg(settings.public_host());
    let mut sandbox = Server::start("the WeChat sandbox", &mut command)?;
    let address = settings.sandbox_bind;
    port::wait_until(&mut sandbox.process, "the WeChat sandbox", Duration::from_secs(10), || {
        port::is_open(address)
    })?;
    Ok(sandbox)
}

fn start_server(programs: &Programs, settings: &Settings) -> Result<Server> {
    let mut command = mortal(&programs.fingertip, None);
    command.arg("serve").current_dir(root()).envs(settings.variables());
    let mut server = Server::start("the server", &mut command)?;
    let address = settings.bind;
    port::wait_until(&mut server.process, "the server", Duration::from_secs(20), || {
        port::answers(address, "/readyz")
    })?;
    Ok(server)
}
