//! The code on the wall: what it says follows from the session, the time and the server's secret,
//! so that nothing is stored and every screen shows the same.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use shared::training::TrainingSessionId;
use subtle::{Choice, ConstantTimeEq};
use uuid::Uuid;

use crate::keys::{Keys, mac};

/// Seconds that one code stays on the wall.
pub(super) const PERIOD: i64 = 10;
/// How far a code may be ahead of the database's clock.
const AHEAD: TimeDelta = TimeDelta::seconds(-1);
/// How old a scanned code may be: its time on the wall, and half as much to scan it.
const SCANNED_WITHIN: TimeDelta = TimeDelta::seconds(15);
/// How old a code may be that is typed by hand.
const TYPED_WITHIN: TimeDelta = TimeDelta::seconds(60);

/// A token's first bytes: its version, HMAC-SHA-256 cut to 128 bits, and which key.
const HEADER: [u8; 3] = [1, 1, KEY_ID];
const KEY_ID: u8 = 1;
/// Header, session and step; then the code that authenticates them.
const BODY: usize = 3 + 16 + 4;
const MAC: usize = 16;

/// The number of a ten-second period since 1970.
pub(super) type Step = u32;

/// The step that is on the wall at a time.
pub(super) fn step_at(now: DateTime<Utc>) -> Step {
    Step::try_from(now.timestamp().div_euclid(PERIOD)).unwrap_or_default()
}

/// When a step begins.
pub(super) fn begins(step: Step) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::from(step) * PERIOD, 0).unwrap_or_default()
}

fn is_fresh(step: Step, now: DateTime<Utc>, longest: TimeDelta) -> bool {
    let age = now - begins(step);
    AHEAD <= age && age <= longest
}

/// The codes of one session.
pub(super) struct SessionCodes {
    session: TrainingSessionId,
    key: [u8; 32],
}

impl SessionCodes {
    pub(super) fn of(keys: &Keys, session: TrainingSessionId) -> Self {
        Self { session, key: keys.derive(&format!("qr-v1/{KEY_ID}/{session}")) }
    }

    /// What the QR code carries: 52 characters.
    pub(super) fn token(&self, step: Step) -> String {
        let body = self.body(step);
        BASE64_URL_SAFE_NO_PAD.encode([&body, &self.mac(&body)[..MAC]].concat())
    }

    /// What is typed where no camera works: six digits.
    pub(super) fn digits(&self, step: Step) -> String {
        let [a, b, c, d, ..] = mac(&self.key, &[b"digits", &step.to_be_bytes()]);
        format!("{:06}", u32::from_be_bytes([a, b, c, d]) % 1_000_000)
    }

    /// Whether these digits were on the wall within the last minute.
    pub(super) fn showed(&self, digits: &str, now: DateTime<Utc>) -> bool {
        let newest = step_at(now - AHEAD);
        let steps =
            (newest.saturating_sub(7)..=newest).filter(|it| is_fresh(*it, now, TYPED_WITHIN));
        let equal = |step| self.digits(step).as_bytes().ct_eq(digits.as_bytes());
        // Every step is compared, so that the time taken does not tell which one it was.
        steps.fold(Choice::from(0), |found, step| found | equal(step)).into()
    }

    fn body(&self, step: Step) -> Vec<u8> {
        [&HEADER[..], self.session.0.as_bytes(), &step.to_be_bytes()].concat()
    }

    fn mac(&self, body: &[u8]) -> [u8; 32] {
        mac(&self.key, &[body])
    }
}

/// A token that we made, whenever that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Genuine {
    pub session: TrainingSessionId,
    step: Step,
}

impl Genuine {
    /// Whether it is the one on the wall now, or was a moment ago.
    pub(super) fn is_fresh(self, now: DateTime<Utc>) -> bool {
        is_fresh(self.step, now, SCANNED_WITHIN)
    }
}

/// What a token says, if it is one of ours.
pub(super) fn read(keys: &Keys, token: &str) -> Option<Genuine> {
    let bytes: [u8; BODY + MAC] = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
    let (body, presented) = bytes.split_at(BODY);
    let fields = body.strip_prefix(&HEADER)?;
    let (session, step) = fields.split_at(16);
    let session = TrainingSessionId(Uuid::from_slice(session).ok()?);
    let step = Step::from_be_bytes(step.try_into().ok()?);
    let expected = SessionCodes::of(keys, session).mac(body);
    let genuine = bool::from(expected[..MAC].ct_eq(presented));
    genuine.then_some(Genuine { session, step })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn keys() -> Keys {
        Keys::load(tempfile::tempdir().unwrap().path()).unwrap()
    }

    fn session() -> TrainingSessionId {
        TrainingSessionId(Uuid::now_v7())
    }

    #[test]
    fn a_token_is_short_and_says_which_session_and_step() {
        let (keys, session) = (keys(), session());
        let token = SessionCodes::of(&keys, session).token(178_000_000);
        assert!(token.len() <= 80);
        assert_eq!(read(&keys, &token), Some(Genuine { session, step: 178_000_000 }));
    }

    #[rstest]
    #[case(-1001, false)]
    #[case(-1000, true)]
    #[case(0, true)]
    #[case(15_000, true)]
    #[case(15_001, false)]
    fn a_token_is_fresh_from_one_second_before_its_step_to_fifteen_after(
        #[case] age: i64,
        #[case] fresh: bool,
    ) {
        let genuine = Genuine { session: session(), step: 178_000_000 };
        assert_eq!(genuine.is_fresh(begins(genuine.step) + TimeDelta::milliseconds(age)), fresh);
    }

    #[rstest]
    #[case(-1001, false)]
    #[case(-1000, true)]
    #[case(60_000, true)]
    #[case(60_001, false)]
    fn digits_can_be_typed_for_a_minute(#[case] age: i64, #[case] accepted: bool) {
        let codes = SessionCodes::of(&keys(), session());
        let (step, digits) = (178_000_000, codes.digits(178_000_000));
        let now = begins(step) + TimeDelta::milliseconds(age);
        // Two periods may happen to have the same digits.
        let again = (step - 7..=step + 7).filter(|it| codes.digits(*it) == digits).count() > 1;
        assert!(again || codes.showed(&digits, now) == accepted);
        assert!(!codes.showed(&digits[..5], now) && !codes.showed("", now));
    }

    #[test]
    fn every_flipped_bit_of_a_token_is_noticed() {
        let keys = keys();
        let token = SessionCodes::of(&keys, session()).token(178_000_000);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(&keys, &BASE64_URL_SAFE_NO_PAD.encode(forged)), None, "bit {bit}");
        }
    }

    #[test]
    fn a_token_is_good_for_one_session_under_one_secret() {
        let (here, elsewhere) = (keys(), keys());
        let (one, other) = (session(), session());
        let token = SessionCodes::of(&here, one).token(178_000_000);
        assert_eq!(read(&elsewhere, &token), None);
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(&token).unwrap();
        bytes[HEADER.len()..][..16].copy_from_slice(other.0.as_bytes());
        assert_eq!(read(&here, &BASE64_URL_SAFE_NO_PAD.encode(bytes)), None);
        assert_ne!(SessionCodes::of(&here, other).token(178_000_000), token);
    }

    proptest! {
        #[test]
        fn whatever_else_is_presented_is_no_token_of_ours(
            text in "\\PC{0,100}",
            bytes in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            let keys = keys();
            prop_assert_eq!(read(&keys, &text), None);
            prop_assert_eq!(read(&keys, &BASE64_URL_SAFE_NO_PAD.encode(bytes)), None);
        }
    }
}
