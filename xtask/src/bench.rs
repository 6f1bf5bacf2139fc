//! What the product costs, measured: `tests/load` does it, here it gets all it needs.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::children::mortal;
use crate::command::{announce, succeed, wait};
use crate::paths::{node_tools, target};
use crate::programs::{self, cargo};
use crate::test::postgres::{self, Durability};
use crate::{interruption, setup, web};

#[derive(Args)]
pub struct Options {
    /// Fail where a goal is missed, instead of only saying so.
    #[arg(long)]
    strict: bool,
    /// What to measure, separated by commas: sqlite, postgres, library, page. All if absent.
    #[arg(long)]
    only: Option<String>,
    /// How many learners take part.
    #[arg(long)]
    people: Option<u16>,
}

impl Options {
    /// The same for the program that measures.
    fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        if self.strict {
            arguments.push("--strict".to_owned());
        }
        arguments.extend(self.only.iter().map(|only| format!("--only={only}")));
        arguments.extend(self.people.map(|people| format!("--people={people}")));
        arguments
    }
}

/// Builds everything as it is delivered, measures it and prints the numbers beside their goals.
/// Whether all went well; missed goals count only where the options say so.
pub fn everything(options: &Options) -> Result<bool> {
    interruption::watch()?;
    let machine = setup::prepare()?;
    web::build(&machine, &web::Options::default())?;
    let programs = programs::optimise()?;
    let load = build_load()?;
    announce("private PostgreSQL, as safe as by default", "about 5 s");
    let postgres = postgres::start(&machine.programs.postgresql, Durability::Full)?;
    announce("measuring: leave the machine alone", "10 to 15 minutes");
    let mut measuring = mortal(&load, None)
        .args(options.arguments())
        .env("FINGERTIP_BIN", &programs.fingertip)
        .env("TEST_DATABASE_URL", postgres.url())
        .env("CHROMIUM", &machine.programs.chromium)
        .env("LIGHTHOUSE_SCRIPT", node_tools().join("lighthouse.mjs"))
        .spawn()?;
    let status = wait(&mut measuring)?;
    if interruption::happened() {
        bail!("interrupted");
    }
    Ok(status.success())
}

/// The program that measures; the ceiling lies beside it.
fn build_load() -> Result<PathBuf> {
    announce("load generator and ceiling: optimised build", "first time 3 to 6 minutes");
    succeed(cargo().args(["build", "--release", "--package", "load"]))?;
    Ok(target().join("release/load"))
}
