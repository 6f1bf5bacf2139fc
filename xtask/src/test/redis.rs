//! A Redis of our own that keeps nothing on disk.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Result;
use tempfile::TempDir;

use crate::children::{Server, mortal};
use crate::port;

/// A running server. The fields are dropped in order: first the server, then its directory.
pub struct Redis {
    _server: Server,
    _directory: TempDir,
    port: u16,
}

impl Redis {
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}

/// Starts it on a free port of the loopback address.
pub fn start(redis_server: &Path) -> Result<Redis> {
    let directory = tempfile::Builder::new().prefix("fingertip-redis-").tempdir()?;
    let port = port::free()?;
    let mut command = mortal(redis_server, None);
    command
        .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
        .args(["--save", "", "--appendonly", "no", "--loglevel", "warning", "--dir"])
        .arg(directory.path())
        .stdout(Stdio::null());
    let mut server = Server::start("Redis", &mut command)?;
    let address = ([127, 0, 0, 1], port).into();
    port::wait_until(&mut server.process, "Redis", Duration::from_secs(15), || {
        port::is_open(address)
    })?;
    Ok(Redis { _server: server, _directory: directory, port })
}
