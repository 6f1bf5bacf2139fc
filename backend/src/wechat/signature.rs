//! The SHA-1 signatures of what WeChat sends and of what pages show it.

use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

use crate::keys::hex;

/// SHA-1 over the parts in the order of their bytes, as lower-case hex: the parts are the token, the
/// timestamp and the nonce, and for `msg_signature` the encrypted text as well.
pub fn of_parts(parts: &[&str]) -> String {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    sha1_hex(&sorted.concat())
}

/// Whether a signature is the expected one, in a time that tells nothing about where they differ.
pub fn is(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

/// What `wx.config` shows WeChat for a page: `url` is its address as the browser has it, of which
/// everything from `#` on is left out.
pub fn of_page(ticket: &str, nonce: &str, timestamp: i64, url: &str) -> String {
    let url = url.split_once('#').map_or(url, |(page, _)| page);
    sha1_hex(&format!("jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"))
}

pub(super) fn sha1_hex(text: &str) -> String {
    hex(&Sha1::digest(text))
}
