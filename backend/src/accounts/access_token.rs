//! Access tokens: JWTs that live ten minutes, made and verified here only.

use std::collections::HashSet;

use anyhow::ensure;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::{PersonId, SignInId},
    problem::Code,
};
use uuid::Uuid;

use super::hs256;
use crate::{Result, keys::Keys};

/// Seconds that an access token lives, but for those of kiosks.
pub(super) const LIVES: i64 = 600;

/// Seconds of difference between the clocks of several servers that are forgiven.
const LEEWAY: i64 = 5;

const ISSUER: &str = "fingertip";
const AUDIENCE: &str = "api";
const TYPE: &str = "at+jwt";
const KEY_ID: &str = "a1";
/// Bytes; ours have about 400.
const LONGEST: usize = 2048;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    pub sub: PersonId,
    pub sid: SignInId,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: Uuid,
}

/// The key of access tokens; no other kind of token shares it.
pub fn signing_key(keys: &Keys) -> [u8; 32] {
    keys.derive("access-token-v1")
}

/// A token for one sign-in that lives so many seconds.
pub(super) fn issue(
    key: &[u8],
    person: PersonId,
    sign_in: SignInId,
    now: DateTime<Utc>,
    lives: i64,
) -> Result<String> {
    hs256::install();
    let now = now.timestamp();
    let claims = Claims {
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        sub: person,
        sid: sign_in,
        iat: now,
        nbf: now,
        exp: now + lives,
        jti: Uuid::now_v7(),
    };
    let header = Header {
        typ: Some(TYPE.into()),
        kid: Some(KEY_ID.into()),
        ..Header::new(Algorithm::HS256)
    };
    encode(&header, &claims, &EncodingKey::from_secret(key))
        .map_err(|error| anyhow::Error::new(error).into())
}

/// What a valid token says.
///
/// Guarantees: HS256 under our key and key id, exact type, issuer and audience, every claim present
/// and of the right type, not expired and not from the future beyond five seconds. Whatever is
/// wrong is answered alike, but for an honest token that expired.
pub(super) fn verify(key: &[u8], token: &str, now: DateTime<Utc>) -> Result<Claims, Code> {
    hs256::install();
    if token.len() > LONGEST {
        return Err(Code::NotSignedIn);
    }
    let verified = decode::<Claims>(token, &DecodingKey::from_secret(key), &rules());
    let token = verified.map_err(|_| Code::NotSignedIn)?;
    let header = token.header;
    let ours = header.typ.as_deref() == Some(TYPE) && header.kid.as_deref() == Some(KEY_ID);
    let Claims { iat, nbf, exp, .. } = token.claims;
    let now = now.timestamp();
    if !ours || iat.max(nbf) > now + LEEWAY {
        return Err(Code::NotSignedIn);
    }
    if exp < now - LEEWAY { Err(Code::SignInExpired) } else { Ok(token.claims) }
}

/// All but the times, which the library would judge by a clock that can go backwards: tokens that
/// were just issued would then be from the future.
fn rules() -> Validation {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.required_spec_claims =
        HashSet::from(["exp", "nbf", "aud", "iss", "sub"].map(str::to_owned));
    rules
}

/// Signs and verifies one token, so that a server that could not do so never starts.
pub fn self_test(keys: &Keys) -> anyhow::Result<()> {
    let key = signing_key(keys);
    let (person, sign_in) = (PersonId(Uuid::now_v7()), SignInId(Uuid::now_v7()));
    let now = Utc::now();
    let token = issue(&key, person, sign_in, now, LIVES)?;
    let claims = verify(&key, &token, now);
    ensure!(claims.is_ok_and(|it| it.sub == person && it.sid == sign_in), "tokens do not verify");
    Ok(())
}

#[cfg(test)]
mod tests {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    use serde_json::{Value, json};

    use super::*;
    use crate::keys::mac;

    const KEY: &[u8] = &[7; 32];

    /// A token as an attacker who knows the key could make it, so that only the rules stand.
    fn forge(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(mac(KEY, &[signed.as_bytes()]));
        format!("{signed}.{signature}")
    }

    fn honest() -> (Value, Value) {
        let now = Utc::now().timestamp();
        let header = json!({"alg": "HS256", "typ": TYPE, "kid": KEY_ID});
        let claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": Uuid::now_v7(), "sid": Uuid::now_v7(),
            "iat": now, "nbf": now, "exp": now + LIVES, "jti": Uuid::now_v7(),
        });
        (header, claims)
    }

    fn with(mut object: Value, name: &str, value: Value) -> Value {
        object[name] = value;
        object
    }

    fn without(mut object: Value, name: &str) -> Value {
        object.as_object_mut().unwrap().remove(name);
        object
    }

    fn verify(key: &[u8], token: &str) -> Result<Claims, Code> {
        super::verify(key, token, Utc::now())
    }

    #[test]
    fn an_honest_token_is_accepted() {
        let (header, claims) = honest();
        assert!(verify(KEY, &forge(&header, &claims)).is_ok());
    }

    #[test]
    fn a_forged_or_confused_token_is_refused() {
        let (header, claims) = honest();
        let now = Utc::now().timestamp();
        let bad_headers = [
            with(header.clone(), "alg", json!("none")),
            with(header.clone(), "alg", json!("HS512")),
            with(header.clone(), "alg", json!("RS256")),
            with(header.clone(), "typ", json!("JWT")),
            without(header.clone(), "typ"),
            with(header.clone(), "kid", json!("../../etc/passwd")),
            with(header.clone(), "kid", json!("b1")),
            without(header.clone(), "kid"),
        ];
        let bad_claims = [
            with(claims.clone(), "iss", json!("other")),
            without(claims.clone(), "iss"),
            with(claims.clone(), "aud", json!("admin")),
            without(claims.clone(), "aud"),
            without(claims.clone(), "sub"),
            without(claims.clone(), "sid"),
            without(claims.clone(), "iat"),
            without(claims.clone(), "nbf"),
            without(claims.clone(), "exp"),
            with(claims.clone(), "exp", json!("9999999999")),
            with(claims.clone(), "nbf", json!("0")),
            with(claims.clone(), "nbf", json!(now + 3600)),
            with(claims.clone(), "iat", json!(now + 3600)),
            with(claims.clone(), "sub", json!("someone")),
        ];
        for header in bad_headers {
            let refused = verify(KEY, &forge(&header, &claims));
            assert_eq!(refused, Err(Code::NotSignedIn), "{header}");
        }
        for claims in bad_claims {
            let refused = verify(KEY, &forge(&header, &claims));
            assert_eq!(refused, Err(Code::NotSignedIn), "{claims}");
        }
        let honest = forge(&header, &claims);
        for token in ["", ".", "..", "a.b.c", &honest[..honest.len() - 1], &"x".repeat(1 << 20)] {
            assert_eq!(verify(KEY, token), Err(Code::NotSignedIn));
        }
        assert_eq!(verify(&[8; 32], &honest), Err(Code::NotSignedIn));
    }

    #[test]
    fn a_token_expires_after_its_ten_minutes_and_five_seconds() {
        let (header, claims) = honest();
        let expired = with(claims.clone(), "exp", json!(Utc::now().timestamp() - 7));
        assert_eq!(verify(KEY, &forge(&header, &expired)), Err(Code::SignInExpired));
        let forgiven = with(claims, "exp", json!(Utc::now().timestamp() - 2));
        assert!(verify(KEY, &forge(&header, &forgiven)).is_ok());
    }
}
