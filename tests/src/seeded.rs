//! The demo world as a new installation has it, made once for each build of the program and copied:
//! making it takes seconds, of which a whole run of the tests needs fifty.

use std::{
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use anyhow::{Context, Result};

use crate::{environment, server::Program};

/// Its sessions and due dates are relative to when it was made.
const OLDEST: Duration = Duration::from_hours(1);
/// Says which build made it; there once it is whole.
const NOTE: &str = "made-by";

/// Fills the data directory of a program that keeps everything in it, which is SQLite's default.
pub fn copy(program: &Program, data: &Path) -> Result<()> {
    let template = beside_program(".seeded")?;
    let turn = File::create(beside_program(".seeding")?)?;
    turn.lock()?;
    let build = build()?;
    if !is_usable(&template, &build) {
        if template.exists() {
            fs::remove_dir_all(&template)?;
        }
        fs::create_dir(&template)?;
        let program = program.with("DATA_DIR", &template.display().to_string());
        program.run("migrate")?;
        program.run("seed")?;
        fs::write(template.join(NOTE), &build)?;
    }
    copy_folder(&template, data)?;
    Ok(fs::remove_file(data.join(NOTE))?)
}

fn beside_program(ending: &str) -> Result<PathBuf> {
    let mut name: OsString = environment::path("FINGERTIP_BIN")?.into();
    name.push(ending);
    Ok(name.into())
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

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&copy)?;
            copy_folder(&entry.path(), &copy)?;
        } else {
            fs::copy(entry.path(), copy)?;
        }
    }
    Ok(())
}
