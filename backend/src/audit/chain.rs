//! How a record is tied to the one before.

use sha2::{Digest, Sha256};

/// What stands before the first record.
pub const START: [u8; 32] = [0; 32];

/// The hash of a record at its place: SHA-256("audit-v1" ‖ seq, 8 bytes, big-endian ‖ prev ‖
/// canonical).
pub fn link(seq: i64, prev: &[u8], canonical: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"audit-v1");
    hash.update(seq.to_be_bytes());
    hash.update(prev);
    hash.update(canonical);
    hash.finalize().to_vec()
}

pub use crate::keys::hex;

pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .map(|it| match it {
            b'0'..=b'9' => Some(it - b'0'),
            b'a'..=b'f' => Some(it - b'a' + 10),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    pairs.remainder().is_empty().then(|| pairs.map(|it| it[0] << 4 | it[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_depends_on_its_place_on_what_was_before_and_on_every_byte() {
        let first = link(1, &START, "{}");
        for other in [link(2, &START, "{}"), link(1, &first, "{}"), link(1, &START, "{ }")] {
            assert_ne!(first, other);
        }
        let known = "2efa9eff89e520d226310d4ceb01d1bd372b913ee61d57e92afa2ff90fc04369";
        assert_eq!(hex(&first), known, "what is written down must stay verifiable");
    }

    #[test]
    fn hexadecimal_comes_back_and_anything_else_does_not() {
        assert_eq!(unhex(&hex(&[0, 10, 255])).unwrap(), [0, 10, 255]);
        for wrong in ["0", "0g", "0A", "é"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
