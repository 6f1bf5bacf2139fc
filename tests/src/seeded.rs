//! The demo world as a new installation has it, made once for each build of the program and copied:
//! making it takes seconds, of which a whole run of the tests needs seventy.

use std::{
    ffi::OsString,
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
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
    // Whoever has another program, and another turn, makes another one.
    let mut hash = DefaultHasher::new();
    template.hash(&mut hash);
    let database = format!("outside_template_{:016x}", hash.finish());
    let build = format!("{} {}", build()?, server.address(&database));
    if !is_usable(&template, &build) || !server.has(&database).await? {
        server.make_anew(&database).await?;
        make(&program.with("DATABASE_URL", &server.address(&database)), &template, &build)?;
    }
    server.copy(&database, name).await?;
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

/// What tells a program from what it was before it was compiled again, and what it seeds from what it did:
/// one that is not optimised reads that from the checkout.
fn build() -> Result<String> {
    let program = environment::path("FINGERTIP_BIN")?;
    let size = fs::metadata(&program).context("FINGERTIP_BIN")?.len();
    let seed = newest(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../backend/seed"))?;
    let changed = newest(&program)?.max(seed).duration_since(UNIX_EPOCH)?;
    Ok(format!("{size} {}", changed.as_nanos()))
}

/// When a file, or the last one of a folder, was written.
fn newest(path: &Path) -> Result<SystemTime> {
    let file = fs::metadata(path).with_context(|| path.display().to_string())?;
    let mut newest = file.modified()?;
    if file.is_dir() {
        for entry in fs::read_dir(path)? {
            newest = newest.max(self::newest(&entry?.path())?);
        }
    }
    Ok(newest)
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
