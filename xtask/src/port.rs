//! Free ports and servers that are coming up.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A port of the loopback address that nobody listens on.
pub fn free() -> Result<u16> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Waits until the condition holds; an error if the server ends before or the time is up.
pub fn wait_until(
    server: &mut Child,
    name: &str,
    limit: Duration,
    ready: impl Fn() -> bool,
) -> Result<()> {
    let started = Instant::now();
    while started.elapsed() < limit {
        if let Some(status) = server.try_wait()? {
            bail!("{name} ended while starting: {status}");
        }
        if ready() {
            return Ok(());
        }
        sleep(Duration::from_millis(50));
    }
    bail!("{name} was not ready within {limit:?}")
}

/// Whether something accepts connections there.
pub fn is_open(address: SocketAddr) -> bool {
    TcpStream::connect_timeout(&address, Duration::from_millis(500)).is_ok()
}

/// Whether a GET of this path is answered with 200.
pub fn answers(address: SocketAddr, path: &str) -> bool {
    status_line(address, path).is_ok_and(|line| line.contains(" 200 "))
}

fn status_line(address: SocketAddr, path: &str) -> std::io::Result<String> {
    use std::io::{BufRead, BufReader, Write};
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(500))?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line)
}
