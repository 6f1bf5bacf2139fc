//! The API against its own document: Schemathesis on a server of the tests.

use anyhow::Result;
use clap::Args;

use crate::command::{announce, succeed};
use crate::programs::{self, cargo};
use crate::{interruption, setup};

#[derive(Args)]
pub struct Options {
    /// Requests for each operation.
    #[arg(long, default_value_t = 200)]
    examples: u32,
    /// With whose sign-in, separated by commas: learner, officer.
    #[arg(long, value_delimiter = ',', default_value = "learner,officer")]
    roles: Vec<String>,
}

/// Builds the server and tries it; what it broke its word about is printed.
pub fn check(options: &Options) -> Result<()> {
    interruption::watch()?;
    setup::prepare()?;
    let programs = programs::optimise()?;
    announce("Schemathesis", "a minute or more for each role");
    let mut tests = cargo();
    tests.args(["test", "--package", "tests", "--test", "schema", "--", "--nocapture"]);
    succeed(
        tests
            .args(&options.roles)
            .env("FINGERTIP_BIN", &programs.fingertip)
            .env("SCHEMATHESIS", setup::schemathesis()?)
            .env("SCHEMATHESIS_EXAMPLES", options.examples.to_string()),
    )
}
