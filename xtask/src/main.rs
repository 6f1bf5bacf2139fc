//! Everything a person types: `cargo xtask setup | dist | run | test`.
#![expect(clippy::print_stdout, reason = "a command line tool talks to a person")]

mod check;
mod children;
mod command;
mod interruption;
mod paths;
mod port;
mod release;
mod run;
mod setup;
mod test;
mod wasm;
mod web;

use clap::{Parser, Subcommand};

/// Builds, runs and tests 指尖教学.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing to build, run and test. `run` and `test` call it first.
    Setup,
    /// Build the two web apps into `dist/web`.
    Dist(web::Options),
    /// Build everything and start a demo on this machine.
    Run(run::Options),
    /// Format, lints, all tests, and the promises about size and old browsers.
    Test,
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Setup => setup::prepare().map(|_| ()),
        Task::Dist(options) => web::build(&setup::prepare()?, &options),
        Task::Run(options) => run::demo(&options),
        Task::Test => test::everything(),
    }
}
