//! Random text in the shapes WeChat uses.

use base64::prelude::{BASE64_STANDARD, Engine as _};

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

pub fn alphanumeric(length: usize) -> String {
    (0..length).map(|_| char::from(ALPHABET[rand::random_range(0..ALPHABET.len())])).collect()
}

pub fn hex(length: usize) -> String {
    (0..length)
        .map(|_| char::from_digit(rand::random_range(0..16), 16).expect("below the radix"))
        .collect()
}

/// A session key: 16 random bytes, 24 characters of base64.
pub fn session_key() -> String {
    let mut bytes = [0_u8; 16];
    rand::fill(&mut bytes);
    BASE64_STANDARD.encode(bytes)
}

/// The request id WeChat puts at the end of every error message.
pub fn rid(unix_seconds: i64) -> String {
    format!("{:08x}-{}-{}", unix_seconds & 0xffff_ffff, hex(8), hex(8))
}
