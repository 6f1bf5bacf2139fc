//! Access tokens that we did not give, at every door that asks for one.

use std::time::{Duration, Instant};

use actix_web::http::header::{self, HeaderMap};
use backend::{
    accounts::{ClientKind, sign_in, signing_key},
    audit::Actor,
    http,
    keys::mac,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use shared::{accounts::SignInId, api::Route, problem::Code};
use uuid::Uuid;

use crate::*;

/// What a good token says, for somebody who is signed in.
struct Honest {
    key: [u8; 32],
    header: Value,
    claims: Value,
}

impl Honest {
    async fn of(world: &World) -> (Self, String, String) {
        let id = world.cast.id("zhengming");
        let begun = sign_in::begin(&world.app, Actor::SYSTEM, id, ClientKind::MiniProgram);
        let tokens = begun.await.unwrap();
        let part = |at: usize| -> Value {
            let part = tokens.access_token.split('.').nth(at).unwrap();
            serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
        };
        let key = signing_key(&world.app.keys);
        let honest = Self { key, header: part(0), claims: part(1) };
        (honest, tokens.access_token, tokens.refresh_token)
    }

    /// With a good signature over whatever it says.
    fn signed(&self, header: &Value, claims: &Value) -> String {
        sign(&self.key, &header.to_string(), &claims.to_string())
    }

    fn header_with(&self, name: &str, value: Value) -> String {
        self.signed(&with(&self.header, name, value), &self.claims)
    }

    fn claims_with(&self, name: &str, value: Value) -> String {
        self.signed(&self.header, &with(&self.claims, name, value))
    }

    fn claims_without(&self, name: &str) -> String {
        let mut claims = self.claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        self.signed(&self.header, &claims)
    }
}

fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

fn sign(key: &[u8], header: &str, claims: &str) -> String {
    let encode = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(mac(key, &[signed.as_bytes()]));
    format!("{signed}.{signature}")
}

/// Forged as somebody could who even had our key, so that every rule has to hold by itself.
fn wrong_headers(honest: &Honest) -> Vec<String> {
    let mut forged: Vec<String> = ["none", "None", "NONE", "HS384", "HS512", "RS256", "ES256"]
        .into_iter()
        .chain(["EdDSA", "PS256", "hs256", ""])
        .map(|alg| honest.header_with("alg", json!(alg)))
        .collect();
    for (name, value) in [
        ("alg", json!(null)),
        ("alg", json!(["HS256"])),
        ("typ", json!("JWT")),
        ("typ", json!("refresh+jwt")),
        ("typ", json!(null)),
        ("kid", json!("b1")),
        ("kid", json!("../../etc/passwd")),
        ("kid", json!("a1' OR '1'='1")),
        ("kid", json!("https://evil.example/key")),
        ("kid", json!(1)),
        ("kid", json!(null)),
    ] {
        forged.push(honest.header_with(name, value));
    }
    forged
}

fn wrong_claims(honest: &Honest, now: i64) -> Vec<String> {
    let mut forged: Vec<String> = ["iss", "aud", "sub", "sid", "iat", "nbf", "exp"]
        .map(|it| honest.claims_without(it))
        .into();
    for (name, value) in [
        ("iss", json!("evil")),
        ("aud", json!("admin")),
        ("aud", json!("h5")),
        ("sub", json!("someone")),
        ("sub", json!(Uuid::now_v7())),
        ("sub", json!(1)),
        ("sid", json!(SignInId(Uuid::now_v7()))),
        ("sid", json!("")),
        ("exp", json!("9999999999")),
        ("exp", json!(1e30)),
        ("exp", json!(-1.5)),
        ("nbf", json!("0")),
        ("nbf", json!(now + 3600)),
        ("iat", json!(now + 3600)),
        ("iat", json!([])),
    ] {
        forged.push(honest.claims_with(name, value));
    }
    forged
}

/// Signed with another key, or not really.
fn wrong_signatures(honest: &Honest, world: &World, good: &str) -> Vec<String> {
    let (header, claims) = (honest.header.to_string(), honest.claims.to_string());
    let keys = ["refresh-token-v1", "invitation-v1", "password-code-v1"];
    let mut forged: Vec<String> =
        keys.map(|it| sign(&world.app.keys.derive(it), &header, &claims)).into();
    let (signed, signature) = good.rsplit_once('.').unwrap();
    forged.extend([
        sign(b"", &header, &claims),
        sign(&[0; 32], &header, &claims),
        sign(b"secret", &header, &claims),
        format!("{signed}."),
        format!("{signed}.{}", &signature[..signature.len() - 2]),
        format!("{signed}.{signature}{signature}"),
        format!("{signed}.{signature}="),
        format!("{good}.{signature}"),
        // Another header over an honest signature.
        format!(
            "{}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
            &good[good.find('.').unwrap() + 1..]
        ),
    ]);
    let jku = with(&honest.header, "jku", json!("https://evil.example/keys"));
    let jwk = json!({"kty": "oct", "k": BASE64_URL_SAFE_NO_PAD.encode([0; 32])});
    let jwk = with(&honest.header, "jwk", jwk);
    for header in [jku, jwk] {
        forged.push(sign(&[0; 32], &header.to_string(), &claims));
    }
    forged
}

/// What is no token at all, and other secrets of ours in its place.
fn no_tokens(refresh: &str) -> Vec<String> {
    let mut forged: Vec<String> =
        ["", " ", ".", "..", "...", "a.b.c", "null", "{}", "e30.e30.", "e30.e30.e30", "%00", "=="]
            .map(str::to_owned)
            .into();
    forged.extend([refresh.to_owned(), "x".repeat(2049), "x".repeat(1 << 20), "a.".repeat(1000)]);
    forged.push(sign(&[7; 32], "[]", "[]"));
    forged.push(sign(&[7; 32], "not json", "{\"exp\":"));
    forged
}

/// An answer but for what differs each time.
type Answer = (u16, Value, Vec<(String, String)>);

async fn ask(world: &World, route: Route, token: Option<&str>) -> Answer {
    let path = route.path.split('/').map(|part| match shared::api::placeholder(part) {
        Some(_) => "00000000-0000-0000-0000-000000000000",
        None => part,
    });
    let target = path.collect::<Vec<_>>().join("/");
    let mut request = Browser::default().request(route.method.as_str().parse().unwrap(), &target);
    if let Some(token) = token {
        request = request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
    }
    let answer = world.send(request).await;
    let headers = plain(answer.headers());
    let (status, body) = text(answer).await;
    let mut body: Value = serde_json::from_str(&body).unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("request_id");
    }
    (status, body, headers)
}

fn plain(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut all: Vec<_> = headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    all.sort();
    all
}

/// The doors that are closed to strangers.
async fn closed(world: &World) -> Vec<Route> {
    let mut closed = Vec::new();
    for route in http::api().routes() {
        if ask(world, route, None).await.1["code"] == Code::NotSignedIn.as_str() {
            closed.push(route);
        }
    }
    closed
}

scene!(a_forged_token_is_answered_as_none_at_every_door, |world| async move {
    let (honest, good, refresh) = Honest::of(&world).await;
    let seconds = now(&world).await.timestamp();
    let mut forged = wrong_headers(&honest);
    forged.extend(wrong_claims(&honest, seconds));
    forged.extend(wrong_signatures(&honest, &world, &good));
    forged.extend(no_tokens(&refresh));
    assert!(forged.len() >= 70, "{}", forged.len());
    let doors = closed(&world).await;
    // All but signing in, binding, and what anybody may read.
    assert!(doors.len() + 12 >= http::api().routes().count(), "{} are closed", doors.len());
    let mut times = Vec::new();
    for door in doors {
        let nothing = ask(&world, door, None).await;
        assert_eq!(nothing.0, 401, "{door:?}");
        for token in &forged {
            let start = Instant::now();
            let answer = ask(&world, door, Some(token)).await;
            times.push(start.elapsed());
            assert_eq!(answer, nothing, "{door:?} {}", &token[..token.len().min(300)]);
        }
    }
    times.sort_unstable();
    let usual = times[times.len() / 2];
    assert!(usual < Duration::from_millis(20), "half of them took more than {usual:?}");
    // The honest one, from which they were made, is good.

    let me = shared::accounts::ROUTES.iter().find(|it| it.path == "/api/me").unwrap();
    assert_eq!(ask(&world, *me, Some(&good)).await.0, 200);
    assert_eq!(ask(&world, *me, Some(&honest.signed(&honest.header, &honest.claims))).await.0, 200);
});
