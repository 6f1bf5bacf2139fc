//! A checkpoint: how far the chain reached and by which hash, signed with a key of its own. Kept
//! outside the database, it is what whoever owns the database cannot change.

use chrono::{DateTime, Utc};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::{
    chain::{hex, unhex},
    record::instant,
};
use crate::{Result, keys::Keys};

/// Ed25519 over SHA-256; 2 is kept for SM2 over SM3.
const ED25519_SHA256: u8 = 1;

/// What is signed. Fields stand in the order of their names, so that its JSON has one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    pub alg: u8,
    pub at: String,
    /// Records up to here.
    pub count: i64,
    /// The hash of the last of them.
    pub head: String,
    /// Which key: the first eight bytes of the public one.
    pub key: String,
    pub seq: i64,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    anchor: Anchor,
    signature: String,
}

/// Signs anchors; the key is derived from the installation's secret for this purpose only.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    pub fn of(keys: &Keys) -> Self {
        let seed = keys.derive("audit-checkpoint-v1");
        Self(Ed25519KeyPair::from_seed_unchecked(&seed).expect("a seed of 32 bytes"))
    }

    pub fn public_key(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }

    /// The anchor of a head, as a line of the anchor file.
    pub fn sign(&self, seq: i64, head: &[u8], at: DateTime<Utc>) -> Result<String> {
        let key = hex(&self.public_key()[..8]);
        let anchor =
            Anchor { alg: ED25519_SHA256, at: instant(at), count: seq, head: hex(head), key, seq };
        let signature = hex(self.0.sign(&message(&anchor)?).as_ref());
        Ok(serde_json::to_string(&Line { anchor, signature })?)
    }
}

fn message(anchor: &Anchor) -> Result<Vec<u8>> {
    Ok([b"audit-checkpoint-v1\0".as_slice(), &serde_json::to_vec(anchor)?].concat())
}

/// The anchor of a line that this key has signed; nothing for any other line.
pub fn read(line: &str, public_key: &[u8]) -> Option<Anchor> {
    let Line { anchor, signature } = serde_json::from_str(line).ok()?;
    if anchor.alg != ED25519_SHA256 {
        return None;
    }
    let message = message(&anchor).ok()?;
    let key = UnparsedPublicKey::new(&ED25519, public_key);
    key.verify(&message, &unhex(&signature)?).ok()?;
    Some(anchor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_read_only_as_it_was_signed_and_only_by_its_key() {
        let dir = tempfile::tempdir().unwrap();
        let signer = Signer::of(&Keys::load(dir.path()).unwrap());
        let line = signer.sign(7, &[1; 32], DateTime::UNIX_EPOCH).unwrap();
        let anchor = read(&line, &signer.public_key()).unwrap();
        assert_eq!((anchor.seq, anchor.head.as_str()), (7, hex(&[1; 32]).as_str()));
        for forged in [
            line.replace(r#""seq":7"#, r#""seq":8"#),
            line.replace(r#""alg":1"#, r#""alg":2"#),
            line.replace("0101", "0102"),
            line[..line.len() - 1].to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&forged, &signer.public_key()), None, "{forged}");
        }
        let elsewhere = tempfile::tempdir().unwrap();
        let other = Signer::of(&Keys::load(elsewhere.path()).unwrap());
        assert_eq!(read(&line, &other.public_key()), None);
    }
}
