//! The demo world as a new installation has it, made once for each build of the program and copied:
//! making it takes seconds, of which a whole run of the tests needs seventy.

use std::{
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use anyhow::{Context, Result};

use crate::{
    environment,
    server::Program,
    store::{Kind, Postgres},
};

/// Its sessions and due dates are relative to when it was made.
const OLDEST: Duration = Duration::from_hours(1);
/// Says which build made it; there once it is whole.
const NOTE: &str = "made-by";
/// What is copied on PostgreSQL.
const DATABASE: &str = "outside_template";

/// Fills the data directory of a program that keeps everything in it, which is SQLite's default.
pub fn copy(program: &Program, data: &Path) -> Result<()> {
    let (template, _turn) = template(Kind::Sqlite)?;
    let build = build()?;
    if !is_usable(&template, &build) {
        make(program, &template, &build)?;
    }
    copy_folder(&template, data)
}

/// Makes a database of this name on a server, and fills the data directory beside it.
pub async fn copy_on(server: &Postgres, name: &str, program: &Program, data: &Path) -> Result<()> {
    let (template, _turn) = template(Kind::Postgres)?;
    let build = format!("{} {}", build()?, server.address(DATABASE));
    if !is_usable(&template, &build) || !server.has(DATABASE).await? {
        server.make_anew(DATABASE).await?;
        make(&program.with("DATABASE_URL", &server.address(DATABASE)), &template, &build)?;
    }
    server.copy(DATABASE, name).await?;
    copy_folder(&template, data)
}

/// Where it lies, and the turn to look at it: over when it is dropped.
fn template(kind: Kind) -> Result<(PathBuf, File)> {
    let beside_program = |ending: &str| {
        let mut name: OsString = environment::path("FINGERTIP_BIN")?.into();
        name.push(format!("-{kind:?}.{ending}").to_lowercase());
        anyhow::Ok(PathBuf::from(name))
    };
    let turn = File::create(beside_program("seeding")?)?;
    turn.lock()?;
    Ok((beside_program("seeded")?, turn))
}

/// What tells a program from what it was before it was compiled again.
fn build() -> Result<String> {
    let file = fs::metadata(environment::path("FINGERTIP_BIN")?).context("FINGERTIP_BIN")?;
    let changed = file.modified()?.duration_since(UNIX_EPOCH)?;
    Ok(format!("{} {}", file.len(), changed.as_nanos()))
}

fn is_usable(template: &Path, build: &str) -> bool {
    let note = template.join(NOTE);
    let age =
        fs::metadata(&note).and_then(|it| it.modified()).ok().and_then(|it| it.elapsed().ok());
    age.is_some_and(|it| it < OLDEST) && fs::read_to_string(&note).is_ok_and(|it| it == build)
}

fn make(program: &Program, template: &Path, build: &str) -> Result<()> {
    if template.exists() {
        fs::remove_dir_all(template)?;
    }
    fs::create_dir(template)?;
    let program = program.with("DATA_DIR", &template.display().to_string());
    program.run("migrate")?;
    program.run("seed")?;
    Ok(fs::write(template.join(NOTE), build)?)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&copy)?;
            copy_folder(&entry.path(), &copy)?;
        } else if entry.file_name() != NOTE {
            fs::copy(entry.path(), copy)?;
        }
    }
    Ok(())
}
