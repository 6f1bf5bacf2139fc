//! The command line: `fingertip serve | work | migrate | seed | audit | appoint |
//! remove-second-factor | sweep-media | openapi`.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use shared::accounts::Role;

use crate::{
    App, Result,
    accounts::{self, grants::Appointment},
    audit,
    config::Config,
    http, jobs, media, quizzes, reader, roster, seed, standards,
};

#[derive(Debug, Parser)]
#[command(name = "fingertip", version, about = "The server of 指尖教学")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers HTTP, and works off jobs too unless told otherwise.
    Serve {
        #[command(flatten)]
        config: Box<Config>,
        /// Leave the jobs to `fingertip work`.
        #[arg(long)]
        without_workers: bool,
    },
    /// Works off jobs only.
    Work {
        #[command(flatten)]
        config: Box<Config>,
    },
    /// Brings the database's schema up to date.
    Migrate {
        #[command(flatten)]
        config: Box<Config>,
    },
    /// Fills an empty database with the demo world; leaves a filled one alone.
    Seed {
        #[command(flatten)]
        config: Box<Config>,
    },
    /// Verifies the audit log, or writes it out.
    Audit {
        #[command(flatten)]
        config: Box<Config>,
        #[command(subcommand)]
        command: audit::command::Command,
    },
    /// Gives somebody a role for the whole bureau, as the first administrator of an installation, and
    /// prints a code with which they set their password.
    Appoint {
        #[command(flatten)]
        config: Box<Config>,
        /// Their 工号.
        staff_number: String,
        /// As `system_admin`, `security_admin`, `auditor`, `training_officer`.
        #[arg(value_parser = role)]
        role: Role,
        /// What they are called, where they are not on the roster yet.
        #[arg(long)]
        name: Option<String>,
        /// What the bureau is called, where it is not known yet.
        #[arg(long)]
        bureau: Option<String>,
    },
    /// Lets somebody in again who lost the phone and the recovery codes: takes the second factor away.
    RemoveSecondFactor {
        #[command(flatten)]
        config: Box<Config>,
        /// Their 工号.
        staff_number: String,
    },
    /// Removes files that nothing shows any more, as the workers do every hour, and says which.
    SweepMedia {
        #[command(flatten)]
        config: Box<Config>,
        /// Only say which.
        #[arg(long)]
        dry_run: bool,
    },
    /// Draws the pages of a PDF into a folder; the server calls itself so, within bounds.
    #[command(hide = true)]
    DrawPages { pdf: PathBuf, folder: PathBuf },
    /// Prints the OpenAPI document.
    Openapi,
    /// Reads a file for a server, which does not trust it.
    #[command(name = reader::COMMAND, hide = true)]
    ReadFile { kind: FileKind },
}

/// The name of a reader.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileKind {
    Questions,
    Sheet,
    Standard,
}

/// Does what the arguments of the process say, and returns when that is done. The program is nothing but
/// this: what it needs is compiled once, here, and not again into it.
pub fn run() -> anyhow::Result<()> {
    let command = Cli::parse().command;
    if let Command::ReadFile { kind } = command {
        return match kind {
            FileKind::Questions => quizzes::importing::reading::answer(),
            FileKind::Sheet => roster::reading::answer(),
            FileKind::Standard => standards::reading::answer(),
        };
    }
    // Whoever makes an HTTP client needs to know whose TLS to use.
    drop(rustls::crypto::ring::default_provider().install_default());
    actix_web::rt::System::new().block_on(obey(command)).map_err(anyhow::Error::from)
}

async fn obey(command: Command) -> Result<()> {
    match command {
        Command::Serve { config, without_workers } => serve(*config, !without_workers).await,
        Command::Work { config } => {
            let app = start(*config).await?;
            jobs::work(app).await
        }
        Command::Migrate { config } => start(*config).await?.db.migrate().await,
        Command::Seed { config } => {
            let app = start(*config).await?;
            app.db.migrate().await?;
            seed::seed(&app).await
        }
        Command::Audit { config, command } => {
            audit::command::run(&start(*config).await?, command).await
        }
        Command::Appoint { config, staff_number, role, name, bureau } => {
            appoint(*config, Appointment { staff_number, role, name, bureau }).await
        }
        Command::RemoveSecondFactor { config, staff_number } => {
            accounts::second_factor::remove_for(&start(*config).await?, &staff_number).await
        }
        // It ended before there was anything that runs.
        Command::ReadFile { .. } => Ok(()),
        Command::SweepMedia { config, dry_run } => sweep(&start(*config).await?, dry_run).await,
        Command::DrawPages { pdf, folder } => {
            Ok(media::draw_pages(&pdf, &folder, &mut std::io::stdout())?)
        }
        Command::Openapi => {
            use std::io::Write;
            Ok(writeln!(std::io::stdout(), "{}", http::openapi())?)
        }
    }
}

fn role(name: &str) -> Result<Role, String> {
    serde_json::from_value(name.into()).map_err(|error| error.to_string())
}

async fn appoint(config: Config, appointment: Appointment) -> Result<()> {
    use std::io::Write;
    let app = start(config).await?;
    app.db.migrate().await?;
    let code = accounts::grants::appoint(&app, appointment).await?;
    let page = format!("{}/enter/password", app.config.public_base);
    let until = shared::time::local(code.expires_at).format("%H:%M");
    Ok(writeln!(std::io::stdout(), "{page}\n{} (until {until})", code.code)?)
}

async fn sweep(app: &App, dry_run: bool) -> Result<()> {
    use std::io::Write;
    let swept = media::sweep(app, dry_run).await?;
    let mut out = std::io::stdout();
    for id in &swept.orphans {
        writeln!(out, "{id}")?;
    }
    for key in &swept.strays {
        writeln!(out, "{} (in no table)", key.as_str())?;
    }
    for key in &swept.texts {
        writeln!(out, "{} (subtitles of no revision)", key.as_str())?;
    }
    Ok(writeln!(out, "{} bytes", swept.bytes)?)
}

async fn start(config: Config) -> Result<App> {
    http::init_logging(config.app_env);
    config.check()?;
    let app = App::start(config).await?;
    accounts::self_test(&app.keys)?;
    app.clock.compare(app.db.read()).await?;
    Ok(app)
}

async fn serve(config: Config, with_workers: bool) -> Result<()> {
    let app = start(config).await?;
    app.db.migrate().await?;
    audit::record_start(&app).await?;
    tracing::info!(bind = app.config.bind, base = app.config.public_base, "serving");
    if with_workers {
        actix_web::rt::spawn(jobs::work(app.clone()));
    }
    http::serve(app).await
}
