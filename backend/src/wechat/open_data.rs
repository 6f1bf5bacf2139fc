//! What the mini-program gets from WeChat and brings to us: data sealed or signed with the session
//! key, and answers of WeChat's calls where its "API security" is switched on.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde_json::Value;
use sha2::Sha256;

use super::{cbc, signature};
use crate::keys::hex;

/// Why open data is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOurs {
    /// It does not open: as a rule the session key is an old one, and signing in anew mends it.
    Unreadable,
    /// It is of another app.
    Watermark,
}

/// Opens `encryptedData`, which has to be of this app.
///
/// # Errors
/// As said there; whoever asked is not told which.
pub fn open(session_key: &str, iv: &str, data: &str, app_id: &str) -> Result<Value, NotOurs> {
    let data = unsealed(session_key, iv, data).ok_or(NotOurs::Unreadable)?;
    if data["watermark"]["appid"].as_str() == Some(app_id) {
        return Ok(data);
    }
    Err(NotOurs::Watermark)
}

fn unsealed(session_key: &str, iv: &str, data: &str) -> Option<Value> {
    let decode = |text| BASE64_STANDARD.decode(text).ok();
    let key: [u8; 16] = decode(session_key)?.try_into().ok()?;
    let iv: [u8; 16] = decode(iv)?.try_into().ok()?;
    let plain = cbc::open_128(&key, &iv, &decode(data)?)?;
    serde_json::from_slice(cbc::unpadded(&plain, 16)?).ok()
}

/// The `signature` that goes with `rawData`.
pub fn raw_data_signature(raw_data: &str, session_key: &str) -> String {
    signature::sha1_hex(&format!("{raw_data}{session_key}"))
}

/// The HMAC that proves to WeChat that we have a session key. The key of the HMAC is its base64 text
/// as it is.
pub fn session_key_signature(session_key: &str, message: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(session_key.as_bytes()).ok()?;
    mac.update(message.as_bytes());
    Some(hex(&mac.finalize().into_bytes()))
}

/// The text of a call under "API security"; all but `bound` are base64.
pub fn open_secured(key: &str, iv: &str, data: &str, tag: &str, bound: &str) -> Option<String> {
    let decode = |text| BASE64_STANDARD.decode(text).ok();
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &decode(key)?).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(&decode(iv)?).ok()?;
    let mut sealed = [decode(data)?, decode(tag)?].concat();
    let plain = key.open_in_place(nonce, Aad::from(bound), &mut sealed).ok()?;
    String::from_utf8(plain.to_vec()).ok()
}
