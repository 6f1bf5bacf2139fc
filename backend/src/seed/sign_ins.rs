//! `DATA_DIR/demo-sign-ins.txt`: user name and password, a line each; only this user can read it.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{App, Result};

/// The password of a user name: what is written down already, or a new one, which is on disk before
/// anybody gets it.
pub(super) fn password(app: &App, username: &str) -> Result<String> {
    let path = app.config.data_dir.join("demo-sign-ins.txt");
    let lines = fs::read_to_string(&path).unwrap_or_default();
    let known = lines.lines().filter_map(|line| line.split_once('\t'));
    if let Some((_, password)) = known.into_iter().find(|(name, _)| *name == username) {
        return Ok(password.to_owned());
    }
    let password = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 9]>());
    // Renamed when it is whole: half a password would be taken for one.
    let unfinished = path.with_extension("new");
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    writeln!(file, "{lines}{username}\t{password}")?;
    file.sync_all()?;
    fs::rename(unfinished, path)?;
    Ok(password)
}
