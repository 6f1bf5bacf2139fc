//! What the fuzzer tries of tokens and of codes that are typed.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::DateTime;

use super::{access_token, spoken_code};
use crate::keys::mac;

const KEY: [u8; 32] = [7; 32];
/// When the token below was issued.
const THEN: i64 = 1_780_000_000;
/// The only one that this key has signed.
const HONEST: &str = include_str!("../../fuzz/corpus/access_token/honest");

/// A token as it is presented; then its header and claims, in a line each, as if whoever made them
/// up knew the key.
pub fn access_token(bytes: &[u8]) {
    let now = DateTime::from_timestamp(THEN, 0).expect("a time");
    let text = String::from_utf8_lossy(bytes);
    let believed = access_token::verify(&KEY, &text, now).is_ok();
    assert_eq!(believed, text == HONEST, "one token is honest");
    if let Some((header, claims)) = text.split_once('\n') {
        let [header, claims] = [header, claims].map(|it| BASE64_URL_SAFE_NO_PAD.encode(it));
        let signed = format!("{header}.{claims}");
        let signature = BASE64_URL_SAFE_NO_PAD.encode(mac(&KEY, &[signed.as_bytes()]));
        drop(access_token::verify(&KEY, &format!("{signed}.{signature}"), now));
    }
}

/// What somebody typed: read twice it means the same.
pub fn spoken_code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let meant = spoken_code::meant(&text);
    assert!(!meant.contains(char::is_whitespace) && !meant.contains('-'));
    assert_eq!(spoken_code::meant(&meant), meant);
    let plain = spoken_code::plain(&text);
    assert_eq!(spoken_code::plain(&plain), plain);
}
