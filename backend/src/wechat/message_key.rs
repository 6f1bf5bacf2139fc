//! The EncodingAESKey, and messages sealed with it.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD,
};

use super::cbc;

/// WeChat pads to this, not to AES's own block of 16.
const PADDED_TO: usize = 32;
/// Random bytes that begin every message.
const RANDOM: usize = 16;
/// The random bytes and the length of the text.
const HEAD: usize = RANDOM + 4;

/// The 43rd character of a real key has bits that mean nothing and are seldom zero.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a sealed message is not accepted, in the order of the checks. Nobody outside is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsealable {
    Base64,
    BlockLength,
    Padding,
    TooShort,
    Length,
    AppId,
    Text,
}

/// A key that WeChat's console and we have in common.
#[derive(Clone)]
pub struct MessageKey([u8; 32]);

impl MessageKey {
    /// Reads the 43 characters of the console; nothing for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let known = text.len() == 43 && text.bytes().all(|it| it.is_ascii_alphanumeric());
        known.then(|| LENIENT.decode(text).ok()?.try_into().ok().map(Self))?
    }

    /// The text that was sealed for this app.
    ///
    /// # Errors
    /// With the first check that fails.
    pub fn open(&self, sealed: &str, app_id: &str) -> Result<String, Unsealable> {
        let sealed = BASE64_STANDARD.decode(sealed).map_err(|_| Unsealable::Base64)?;
        let plain = cbc::open_256(&self.0, self.iv(), &sealed).ok_or(Unsealable::BlockLength)?;
        let plain = cbc::unpadded(&plain, PADDED_TO).ok_or(Unsealable::Padding)?;
        let (head, rest) = plain.split_at_checked(HEAD).ok_or(Unsealable::TooShort)?;
        let length = head.last_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
        let length = usize::try_from(length).map_err(|_| Unsealable::Length)?;
        let (text, receiver) = rest.split_at_checked(length).ok_or(Unsealable::Length)?;
        if receiver != app_id.as_bytes() {
            return Err(Unsealable::AppId);
        }
        String::from_utf8(text.to_vec()).map_err(|_| Unsealable::Text)
    }

    /// A text as WeChat seals it; `random` must not repeat.
    pub fn seal(&self, text: &str, app_id: &str, random: [u8; RANDOM]) -> String {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let parts: [&[u8]; 4] =
            [&random, &length.to_be_bytes(), text.as_bytes(), app_id.as_bytes()];
        BASE64_STANDARD.encode(cbc::seal_256(&self.0, self.iv(), parts.concat(), PADDED_TO))
    }

    fn iv(&self) -> &[u8; 16] {
        self.0.first_chunk().unwrap_or(&[0; 16])
    }
}
