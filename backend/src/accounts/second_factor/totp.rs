//! The codes of authenticator apps (RFC 6238): SHA-1, six digits, thirty seconds, because that is
//! what every such app knows.

use anyhow::Context;
use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

use crate::Result;

/// What the app files the code under.
const ISSUER: &str = "指尖教学";

/// Bytes, as RFC 4226 recommends.
pub(super) const LENGTH: usize = 20;

pub(super) fn new_secret() -> Vec<u8> {
    rand::random::<[u8; LENGTH]>().to_vec()
}

/// The step whose code this is, of the present one and its neighbours.
pub(super) fn step_of(secret: &[u8], code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.timestamp()).context("a clock before 1970")?;
    let step = totp(secret, "code")?.check(code, seconds);
    Ok(step.and_then(|it| i64::try_from(it).ok()))
}

/// What the app scans, and what is typed into it where it cannot: in groups of four.
pub(super) fn shown(secret: &[u8], account: &str) -> Result<(String, String)> {
    // The address separates by colons.
    let totp = totp(secret, &account.replace(':', " "))?;
    let letters = Secret::from(secret).to_base32();
    let groups: Vec<&str> = (0..letters.len()).step_by(4).map(|at| &letters[at..at + 4]).collect();
    Ok((totp.to_url().map_err(anyhow::Error::new)?, groups.join(" ")))
}

fn totp(secret: &[u8], account: &str) -> Result<Totp> {
    let totp = Builder::new()
        .with_secret(Secret::from(secret))
        .with_issuer(Some(ISSUER))
        .with_account_name(account)
        .build();
    Ok(totp.map_err(anyhow::Error::new)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of RFC 6238, appendix B, with their last six digits.
    const RFC: [(i64, &str); 6] = [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ];
    const KEY: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        for (seconds, code) in RFC {
            assert_eq!(step_of(KEY, code, at(seconds)).unwrap(), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_for_its_own_step_and_the_neighbours() {
        let (seconds, code) = (1111111109 / 30 * 30, "081804");
        for (at_second, good) in [(-31, false), (-30, true), (0, true), (59, true), (60, false)] {
            let step = step_of(KEY, code, at(seconds + at_second)).unwrap();
            assert_eq!(step, good.then_some(seconds / 30), "{at_second}");
        }
        for wrong in ["", "81804", "0818040", "x81804", "０８１８０４"] {
            assert_eq!(step_of(KEY, wrong, at(seconds)).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_shown_in_groups_and_as_an_address() {
        let (address, letters) = shown(KEY, "D:1").unwrap();
        assert_eq!(letters, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{address}");
        assert!(address.contains("issuer=%E6%8C%87%E5%B0%96%E6%95%99%E5%AD%A6"), "{address}");
        assert_eq!(new_secret().len(), LENGTH);
        assert_ne!(new_secret(), new_secret());
    }
}
