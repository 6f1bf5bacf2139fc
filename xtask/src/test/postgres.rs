//! A PostgreSQL of our own, gone when dropped.

use std::env::temp_dir;
use std::fs::File;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::{Signal, geteuid};
use tempfile::TempDir;

use super::scratch;
use crate::children::{Server, mortal};
use crate::command::output;
use crate::port;

/// PostgreSQL refuses to run as root; Debian's packages make this user for it.
const USER: &str = "postgres";

/// A running server. The fields are dropped in order: first the server, then its files.
pub struct Postgres {
    _server: Server,
    _directory: TempDir,
    port: u16,
}

impl Postgres {
    /// The address of an empty database whose owner may create others.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

/// Whether what is committed has to survive a power failure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// For tests: fast, because nothing has to survive.
    None,
    /// As PostgreSQL does it by default: for what is measured.
    Full,
}

/// Creates a cluster and starts it on a free port of the loopback address.
pub fn start(programs: &Path, durability: Durability) -> Result<Postgres> {
    let user = geteuid().is_root().then_some(USER);
    let place = match durability {
        Durability::None => scratch::folder(),
        Durability::Full => temp_dir(),
    };
    let directory = tempfile::Builder::new().prefix("fingertip-postgres-").tempdir_in(place)?;
    if let Some(user) = user {
        let id = |flag| output(Command::new("id").args([flag, user]));
        chown(directory.path(), Some(id("-u")?.parse()?), Some(id("-g")?.parse()?))?;
    }
    let cluster = directory.path().join("cluster");
    // The locale C.UTF-8 is everywhere, and sorts the same everywhere.
    output(
        mortal(&programs.join("initdb"), user)
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"])
            .args(["--no-sync", "--pgdata"])
            .arg(&cluster)
            .current_dir(directory.path()),
    )?;
    let port = port::free()?;
    let log = File::create(directory.path().join("log")).context("cannot write a log")?;
    let mut command = mortal(&programs.join("postgres"), user);
    command
        .arg("-D")
        .arg(&cluster)
        .args(settings(port, durability))
        .arg("-k")
        .arg(directory.path());
    command.current_dir(directory.path()).stderr(log);
    // SIGINT ends the connections that are open; SIGTERM would wait for them.
    let mut server = Server::start("PostgreSQL", &mut command)?.stopped_by(Signal::INT);
    let address = ([127, 0, 0, 1], port).into();
    port::wait_until(&mut server.process, "PostgreSQL", Duration::from_secs(30), || {
        port::is_open(address)
    })?;
    Ok(Postgres { _server: server, _directory: directory, port })
}

fn settings(port: u16, durability: Durability) -> Vec<String> {
    let mut settings =
        vec!["listen_addresses=127.0.0.1", "max_connections=300", "shared_buffers=128MB"];
    if durability == Durability::None {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        // The tests of one run create many databases from one template.
        settings.extend(["wal_level=minimal", "max_wal_senders=0", "max_wal_size=512MB"]);
    }
    settings
        .into_iter()
        .map(str::to_owned)
        .chain([format!("port={port}")])
        .map(|setting| format!("--{setting}"))
        .collect()
}
