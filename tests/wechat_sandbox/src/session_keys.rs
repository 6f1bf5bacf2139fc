//! Session keys of the mini-program's users: one valid key per person at a time.

use std::{collections::HashMap, fmt::Write as _};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::random;

/// Sign-ins closer together than this keep the key, later ones replace it, so that a server which
/// believes an old key sees its signatures refused.
const KEPT_SECONDS: i64 = 60;

pub struct SessionKey {
    /// Base64 text of 16 bytes.
    pub value: String,
    made_at: i64,
}

#[derive(Default)]
pub struct SessionKeys {
    by_openid: HashMap<String, SessionKey>,
}

impl SessionKeys {
    /// The key after a sign-in now.
    pub fn sign_in(&mut self, openid: &str, now: i64) -> String {
        if let Some(key) = self.of(openid)
            && now - key.made_at < KEPT_SECONDS
        {
            return key.value.clone();
        }
        let value = random::session_key();
        self.by_openid.insert(openid.to_owned(), SessionKey { value: value.clone(), made_at: now });
        value
    }

    pub fn of(&self, openid: &str) -> Option<&SessionKey> {
        self.by_openid.get(openid)
    }

    /// Replaces the key on the server's demand.
    pub fn replace(&mut self, openid: &str) -> Option<String> {
        let key = self.by_openid.get_mut(openid)?;
        key.value = random::session_key();
        Some(key.value.clone())
    }
}

/// Lower-case hex of HMAC-SHA256; the key is the base64 text of the session key, not the bytes in it.
pub fn session_key_signature(session_key: &str, message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(session_key.as_bytes())
        .expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}
