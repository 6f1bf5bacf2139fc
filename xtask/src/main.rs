//! Everything a person types: `cargo xtask setup | dist | run | test | contract | bench`.
#![expect(clippy::print_stdout, reason = "a command line tool talks to a person")]

mod bench;
mod check;
mod children;
mod command;
mod contract;
mod interruption;
mod paths;
mod port;
mod programs;
mod run;
mod setup;
mod test;
mod wasm;
mod web;

use std::process::ExitCode;

use anyhow::Result;
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
    /// Try the API with requests made from its own document, more of them than `test` does.
    Contract(contract::Options),
    /// Measure the server beside the smallest one that runs its statements, and the phone app.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked. Whether all is well; what is not has been printed.
fn perform(task: Task) -> Result<bool> {
    match task {
        Task::Setup => setup::prepare().and_then(|_| setup::schemathesis()).map(|_| true),
        Task::Dist(options) => web::build(&setup::prepare()?, &options).map(|()| true),
        Task::Run(options) => run::demo(&options).map(|()| true),
        Task::Test => test::everything(),
        Task::Contract(options) => contract::check(&options).map(|()| true),
        Task::Bench(options) => bench::everything(&options),
    }
}
