//! What the fuzzer tries of the code on the wall.

use chrono::DateTime;
use shared::training::TrainingSessionId;
use uuid::Uuid;

use super::code::{self, SessionCodes};
use crate::keys::Keys;

const STEP: u32 = 178_000_000;

/// What a phone says it scanned, or somebody typed. The codes of one session under one secret are
/// its own; nothing else is.
pub fn check_in_code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let keys = Keys::of_secret(&[7; 32]);
    let codes = SessionCodes::of(&keys, TrainingSessionId(Uuid::nil()));
    let genuine = code::read(&keys, &text);
    assert_eq!(genuine.is_some(), text == codes.token(STEP), "one token is genuine");
    let now = DateTime::from_timestamp(i64::from(STEP) * code::PERIOD, 0).expect("a time");
    let shown = (STEP - 6..=STEP).any(|step| codes.digits(step) == text);
    assert_eq!(codes.showed(&text, now), shown);
}
