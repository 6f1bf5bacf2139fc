//! What the server costs: CPU, time and memory under load, each beside its goal.
//!
//! On SQLite and on PostgreSQL the optimised `fingertip` and the smallest server that runs the same
//! statements, `ceiling`, are driven in turn by one closed-loop generator. Lighthouse then looks at
//! the phone app. `cargo xtask bench` builds everything and says by environment variables where it
//! is: `FINGERTIP_BIN`, `TEST_DATABASE_URL`, `CHROMIUM`, `LIGHTHOUSE_SCRIPT`.
#![expect(clippy::print_stdout, reason = "a command line tool talks to a person")]

mod ceiling;
mod courses;
mod drive;
mod fingertip;
mod goals;
mod library;
mod machine;
mod measure;
mod page;
mod people;
mod program;
mod report;
mod scenario;
mod sealing;
mod stage;
mod standards;
mod usage;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, ValueEnum};

use goals::Goals;
use stage::Kind;

#[derive(Parser)]
struct Arguments {
    /// Fail where a goal is missed, instead of only saying so.
    #[arg(long)]
    strict: bool,
    /// What to measure, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres,library,page")]
    only: Vec<Part>,
    /// How many learners take part: each starts one attempt and checks in once.
    #[arg(long, default_value_t = 900, value_parser = clap::value_parser!(u16).range(64..=950))]
    people: u16,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Sqlite,
    Postgres,
    /// Thousands of courses and clauses, on both databases.
    Library,
    /// Lighthouse on the phone app.
    Page,
}

/// One thread: the generator must leave the machine to the servers.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match measure_all(&Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all is well; missed goals count only under `--strict`.
async fn measure_all(arguments: &Arguments) -> Result<bool> {
    // Whoever makes an HTTP client needs to know whose TLS to use; a second wish is refused.
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut goals = Goals::default();
    let people = arguments.people.into();
    for part in &arguments.only {
        match part {
            Part::Sqlite => measure::server(Kind::Sqlite, people, &mut goals).await?,
            Part::Postgres => measure::server(Kind::Postgres, people, &mut goals).await?,
            Part::Library => {
                library::measure(tests::Kind::Sqlite, &mut goals).await?;
                library::measure(tests::Kind::Postgres, &mut goals).await?;
            }
            Part::Page => page::measure(&mut goals).await?,
        }
    }
    Ok(goals.conclude() || !arguments.strict)
}
