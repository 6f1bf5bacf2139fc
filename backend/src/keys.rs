//! The server's one secret and the keys derived from it, one for each purpose.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context, ensure};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};

/// Several servers of one installation share the file `secret.key` in their data directories.
pub struct Keys(Hkdf<Sha256>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// Reads the secret, or makes one of 256 random bits that only this user can read.
    pub fn load(data_dir: &Path) -> anyhow::Result<Self> {
        let path = data_dir.join("secret.key");
        let secret = match fs::read(&path) {
            Ok(secret) => secret,
            Err(error) if error.kind() == ErrorKind::NotFound => create(&path)?,
            Err(error) => return Err(error).context("secret.key cannot be read"),
        };
        ensure!(secret.len() >= 32, "secret.key must hold at least 32 bytes");
        Ok(Self(Hkdf::new(None, &secret)))
    }

    /// Of a secret that everybody knows.
    #[cfg(any(test, fuzzing))]
    pub fn of_secret(secret: &[u8; 32]) -> Self {
        Self(Hkdf::new(None, secret))
    }

    /// The key for one purpose; purposes do not share keys.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        self.0.expand(purpose.as_bytes(), &mut key).expect("32 bytes can be expanded");
        key
    }

    /// Encrypts what must not lie readable in the database.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = plain.to_vec();
        self.sealing_key(purpose)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::empty(),
                &mut sealed,
            )
            .expect("a short text can be sealed");
        [nonce.as_slice(), &sealed].concat()
    }

    /// What [`seal`](Self::seal) encrypted for the same purpose; nothing if it was touched.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut rest = rest.to_vec();
        let plain = self.sealing_key(purpose).open_in_place(nonce, Aad::empty(), &mut rest).ok()?;
        Some(plain.to_vec())
    }

    fn sealing_key(&self, purpose: &str) -> LessSafeKey {
        let key = UnboundKey::new(&AES_256_GCM, &self.derive(purpose)).expect("a key of 32 bytes");
        LessSafeKey::new(key)
    }
}

fn create(path: &Path) -> anyhow::Result<Vec<u8>> {
    let secret: [u8; 32] = rand::random();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .context("secret.key cannot be made")?;
    file.write_all(&secret)?;
    file.sync_all()?;
    Ok(secret.to_vec())
}

/// HMAC-SHA-256.
pub fn mac(key: &[u8], message: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in message {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256, for what is looked up by a secret but must not lie readable in the database.
pub fn hash(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// 256 random bits as text for URLs and headers.
pub fn random_token() -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let first = Keys::load(dir.path()).unwrap().derive("x");
        assert_eq!(first, Keys::load(dir.path()).unwrap().derive("x"));
        let mode = fs::metadata(dir.path().join("secret.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn what_is_sealed_opens_for_its_purpose_only_and_only_untouched() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::load(dir.path()).unwrap();
        let mut sealed = keys.seal("a", b"token");
        assert_eq!(keys.open("a", &sealed).unwrap(), b"token");
        assert_eq!(keys.open("b", &sealed), None);
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(keys.open("a", &sealed), None);
    }
}
