//! Everything that must hold before a change is taken.

pub mod postgres;
mod redis;
mod runner;
mod scratch;

use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Result, bail};

use crate::check::Tally;
use crate::command::{announce, succeed};
use crate::programs::{Programs, cargo};
use crate::setup::{self, Machine};
use crate::web::{self, budget};
use crate::{interruption, paths};
use postgres::Durability;

/// Runs all checks, also after one has failed, and prints how many tests passed and failed. Whether
/// nothing failed.
pub fn everything() -> Result<bool> {
    interruption::watch()?;
    let machine = setup::prepare()?;
    let schemathesis = setup::schemathesis()?;
    let mut tally = Tally::default();
    // A web app is mostly linked, by one core: the other one works on what is native meanwhile.
    let web = thread::scope(|scope| {
        let web = scope.spawn(|| {
            web::build(&machine, &web::Options::default()).and_then(|()| budget::check())
        });
        check_sources(&mut tally);
        test_mini_program(&mut tally);
        announce("tests: compile", "first time 8 to 16 minutes");
        tally.note("compile the tests", runner::compile());
        web.join().expect("building web apps does not panic")
    });
    tally.note("web apps: build, instructions, size", web);
    run_tests(&machine, &schemathesis, &mut tally)?;
    if interruption::happened() {
        bail!("interrupted");
    }
    Ok(tally.conclude())
}

fn check_sources(tally: &mut Tally) {
    announce("format", "seconds");
    tally.note("cargo fmt", succeed(cargo().args(["fmt", "--all", "--check"])));
    announce("lints", "first time 3 to 6 minutes");
    let deny = ["--", "-D", "warnings"];
    let workspace = ["clippy", "--workspace", "--all-targets"];
    tally.note("clippy", succeed(cargo().args(workspace).args(deny)));
    let console = ["clippy", "--package", "frontend", "--features", "admin,qr", "--all-targets"];
    tally.note("clippy of the console", succeed(cargo().args(console).args(deny)));
}

/// Compiles the mini-program as strictly as TypeScript can, weighs it, and runs its tests.
fn test_mini_program(tally: &mut Tally) {
    let counts = setup::install_for_mini_program().and_then(|()| {
        announce("mini-program: compile, test, weigh", "about 10 s");
        runner::mini_program().run()
    });
    match counts {
        Ok(counts) => tally.add(counts.passed, counts.failed),
        Err(error) => tally.note("mini-program", Err(error)),
    }
}

fn run_tests(machine: &Machine, schemathesis: &Path, tally: &mut Tally) -> Result<()> {
    let programs = Programs::of_tests();
    announce("private PostgreSQL and Redis", "about 5 s");
    let postgres = postgres::start(&machine.programs.postgresql, Durability::None)?;
    let redis = redis::start(&machine.programs.redis_server)?;
    let scratch =
        tempfile::Builder::new().prefix("fingertip-tests-").tempdir_in(scratch::folder())?;
    announce("tests", "10 to 20 minutes");
    let prepare = |command: &mut Command| {
        command
            .env("TMPDIR", scratch.path())
            .env("TEST_DATABASE_URL", postgres.url())
            .env("TEST_REDIS_URL", redis.url())
            .env("FINGERTIP_BIN", &programs.fingertip)
            .env("WECHAT_SANDBOX_BIN", &programs.sandbox)
            .env("CHROMIUM", &machine.programs.chromium)
            .env("CHROMIUM_86_DIR", &machine.chromium_86)
            .env("SCHEMATHESIS", schemathesis)
            .env("NODE_MODULES", paths::node_tools().join("node_modules"));
    };
    for mut suite in runner::suites() {
        prepare(&mut suite.command);
        let name = suite.name;
        match suite.run() {
            Ok(counts) => tally.add(counts.passed, counts.failed),
            Err(error) => tally.note(name, Err(error)),
        }
    }
    Ok(())
}
