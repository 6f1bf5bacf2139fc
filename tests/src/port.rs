//! A port that stays free while our server is down.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Result, bail};
use uuid::Uuid;

/// Below what Linux gives to outgoing connections: a client that calls while the server is being
/// restarted must not be given the server's own port.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// A port of the loopback address that nobody listens on.
pub fn free() -> Result<u16> {
    for _ in 0..100 {
        let random = Uuid::new_v4().as_u128() % u128::from(COUNT);
        let port = FIRST + u16::try_from(random).expect("the remainder is less than the count");
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port between {FIRST} and {}", FIRST + COUNT)
}
