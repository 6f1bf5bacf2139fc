//! The demo world: its people, and courses that a real trainee could learn from.

mod courses;
mod files;
mod people;
mod sessions;

use std::{fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt};

use crate::{App, Result};
pub use people::{SeededCast, cast};

/// Fills an empty database and writes down who can sign in with a password; a filled one is left
/// alone.
pub async fn seed(app: &App) -> Result<()> {
    let cast = cast(app).await?;
    let Some(password) = &cast.password else {
        tracing::info!("the database is not empty: nothing is seeded");
        return Ok(());
    };
    let courses = courses::write(app, &cast).await?;
    sessions::plan(app, &cast, &courses).await?;
    write_down(app, password)?;
    tracing::info!(courses = courses.len(), "the demo world is filled");
    Ok(())
}

/// `DATA_DIR/demo-sign-ins.txt`: user name and password, a line each; only this user can read it.
fn write_down(app: &App, password: &str) -> Result<()> {
    let path = app.config.data_dir.join("demo-sign-ins.txt");
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    Ok(writeln!(file, "zhengming\t{password}")?)
}
