//! Signing and sealing what is pushed.

use aes::Aes256;
use base64::{
    alphabet,
    engine::{DecodePaddingMode, Engine as _, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD,
};
use cbc::{
    Encryptor,
    cipher::{Array, BlockModeEncrypt as _, KeyIvInit as _},
};
use sha1::{Digest as _, Sha1};

use crate::random;

/// The padding goes up to this, twice AES's own block.
const PADDED_TO: usize = 32;

/// The last character of a key carries bits that mean nothing.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An EncodingAESKey.
pub struct Sealer([u8; 32]);

impl Sealer {
    pub fn new(key: &str) -> Option<Self> {
        LENIENT.decode(key).ok()?.try_into().ok().map(Self)
    }

    /// SHA-1 over the sorted parts.
    pub fn signature(parts: &[&str]) -> String {
        let mut sorted = parts.to_vec();
        sorted.sort_unstable();
        let digest = Sha1::digest(sorted.concat());
        digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    pub fn seal(&self, text: &str, app_id: &str) -> String {
        self.seal_with(&random::alphanumeric(16), text, app_id)
    }

    fn seal_with(&self, random: &str, text: &str, app_id: &str) -> String {
        let length = u32::try_from(text.len()).expect("messages are short").to_be_bytes();
        let parts = [random.as_bytes(), &length, text.as_bytes(), app_id.as_bytes()];
        let mut plain = parts.concat();
        let padding = PADDED_TO - plain.len() % PADDED_TO;
        let byte = u8::try_from(padding).expect("at most 32");
        plain.resize(plain.len() + padding, byte);
        let iv = self.0.first_chunk::<16>().expect("a key has 32 bytes");
        let (blocks, _) = Array::slice_as_chunks_mut(&mut plain);
        Encryptor::<Aes256>::new(&self.0.into(), iv.into()).encrypt_blocks(blocks);
        BASE64_STANDARD.encode(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_documentation_come_out() {
        let key = Sealer::new(&"A".repeat(43)).unwrap();
        let sealed = key.seal_with(
            "707722b803182950",
            "{\"demo_resp\":\"good luck\"}",
            "wxba5fad812f8e6fb9",
        );
        assert_eq!(
            sealed,
            "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
        );
        assert_eq!(
            Sealer::signature(&["AAAAA", "1713424427", "415670741", &sealed]),
            "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
        );
        assert_eq!(
            Sealer::signature(&["AAAAA", "1714036504", "1514711492"]),
            "f464b24fc39322e44b38aa78f5edd27bd1441696"
        );
    }
}
