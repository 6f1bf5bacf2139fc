//! What every answer says to the browser.

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::header::USER_AGENT;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tests::{Installation, Kind, Person};

const PLACES: [&str; 7] =
    ["/", "/admin", "/healthz", "/api/me", "/api/openapi.json", "/nothing.here", "/c/nonsense"];
const NEW: &str = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0.6723.103 MicroMessenger/8.0.50";
const OUTSIDE: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36";
const OLD: &str = "Mozilla/5.0 (Linux; Android 10) Chrome/86.0.4240.99 MicroMessenger/8.0.20";

#[tokio::test]
async fn every_answer_carries_the_security_headers() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for place in PLACES {
        let answer = visitor.request("GET", place).header(USER_AGENT, NEW).send().await?;
        let header = |name: &str| answer.headers().get(name).and_then(|it| it.to_str().ok());
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{place}");
        assert_eq!(header("referrer-policy"), Some("same-origin"), "{place}");
        assert_eq!(header("cross-origin-opener-policy"), Some("same-origin"), "{place}");
        assert!(header("permissions-policy").is_some_and(|it| it.contains("geolocation=()")));
        let policy = header("content-security-policy").with_context(|| place.to_owned())?;
        assert!(policy.contains("frame-ancestors 'none'"), "{place}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{place}: {policy}");
        assert!(!policy.contains("'unsafe-eval'"), "{place}: {policy}");
        assert_eq!(header("server"), None, "{place}");
    }
    Ok(())
}

#[tokio::test]
async fn pages_of_the_apps_may_run_wasm_and_of_what_is_written_into_them_what_they_came_with()
-> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for (page, agent, sources) in [
        ("/", NEW, "'wasm-unsafe-eval' https://res.wx.qq.com"),
        ("/admin", NEW, "'wasm-unsafe-eval' https://res.wx.qq.com"),
        ("/", OLD, "'unsafe-eval' https://res.wx.qq.com"),
        ("/", OUTSIDE, "'wasm-unsafe-eval'"),
    ] {
        let answer = visitor.request("GET", page).header(USER_AGENT, agent).send().await?;
        let policy = answer.headers()["content-security-policy"].to_str()?.to_owned();
        let scripts = policy.split(';').map(str::trim).find(|it| it.starts_with("script-src"));
        let scripts = scripts.context("script-src")?.split(' ').skip(1);
        let (hashes, others): (Vec<_>, Vec<_>) = scripts.partition(|it| it.starts_with("'sha256-"));
        assert_eq!(others.join(" "), format!("'self' {sources}"), "{page}");
        let html = answer.text().await?;
        for element in html.split("<script").skip(1) {
            let (tag, rest) = element.split_once('>').context("a tag without end")?;
            let (script, _) = rest.split_once("</script>").context("a script without end")?;
            if !tag.contains(" src=\"") {
                let hash = BASE64_STANDARD.encode(Sha256::digest(script));
                assert!(hashes.contains(&format!("'sha256-{hash}'").as_str()), "{page}: {tag}");
            }
        }
        for forbidden in [" style=\"", " onclick=", " onload=", " onerror=", "javascript:"] {
            assert!(!html.contains(forbidden), "{page} has {forbidden}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_refusal_is_a_problem_with_a_code_a_sentence_and_a_number_to_ask_about() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for (method, path, status, code) in [
        ("GET", "/api/me", 401, "not_signed_in"),
        ("GET", "/api/nothing-here", 404, "not_found"),
        ("PATCH", "/api/me", 405, "method_not_allowed"),
        ("POST", "/api/sign-ins/refresh", 401, "not_signed_in"),
    ] {
        let answer = visitor.send(method, path, None).await?;
        assert_eq!(answer.status(), status, "{method} {path}");
        assert_eq!(answer.headers()["cache-control"], "no-store", "{method} {path}");
        let problem: Value = serde_json::from_str(&answer.text().await?)?;
        assert_eq!(problem["code"], code, "{method} {path}");
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["status"], status);
        let says = |name: &str| problem[name].as_str().is_some_and(|it| !it.is_empty());
        assert!(says("title") && says("request_id"), "{problem}");
    }
    Ok(())
}
