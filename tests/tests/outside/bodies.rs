//! Bodies that are too large, too slow, compressed, or sent from somebody else's page.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, ORIGIN};
use serde_json::Value;
use tests::{Installation, Kind, Person};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::contract::Operation;

const SIGN_IN: &str = "/api/sign-ins/password";

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_whether_or_not_it_says_its_size() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    let huge = format!("{{\"username\":\"{}\"}}", "x".repeat(3 << 20));
    let declared = visitor.send("POST", SIGN_IN, Some(huge)).await?;
    assert_eq!(code_of(declared, 413).await?, "body_too_large");
    let mut stream = begin(&installation, "Transfer-Encoding: chunked").await?;
    let piece = " ".repeat(0x10000);
    for _ in 0..17 {
        stream.write_all(format!("10000\r\n{piece}\r\n").as_bytes()).await?;
    }
    let mut answer = vec![0; 4096];
    let length = timeout(Duration::from_secs(5), stream.read(&mut answer)).await??;
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    Ok(())
}

/// A request whose body is still to come.
async fn begin(installation: &Installation, length: &str) -> Result<TcpStream> {
    let address = installation.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await?;
    let head = format!(
        "POST {SIGN_IN} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    Ok(stream)
}

#[tokio::test]
async fn a_body_that_drips_in_is_given_up_and_others_are_served_meanwhile() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let stream = begin(&installation, "Content-Length: 1000").await?;
    let started = Instant::now();
    let (mut reading, mut writing) = stream.into_split();
    let dripping = async move {
        // One byte a moment: a deadline between two bytes would never be missed.
        while writing.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    let answering = async {
        let mut answer = Vec::new();
        timeout(Duration::from_secs(30), reading.read_to_end(&mut answer)).await.ok();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let visitor = Person::stranger(&installation.base);
    let meanwhile = async { visitor.send("GET", "/readyz", None).await.map(|it| it.status()) };
    let (answer, ready) = tokio::select! {
        both = async { tokio::join!(answering, meanwhile) } => both,
        () = dripping => anyhow::bail!("the connection was closed without an answer"),
    };
    assert_eq!(ready?, 200);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("body_too_slow"), "{answer}");
    assert!(started.elapsed() < Duration::from_secs(25), "{:?}", started.elapsed());
    Ok(())
}

#[tokio::test]
async fn a_compressed_body_is_refused_before_it_is_inflated() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for encoding in ["gzip", "br", "deflate", "zstd", "gzip, br"] {
        let request = visitor.request("POST", SIGN_IN).header(CONTENT_ENCODING, encoding);
        let answer = request.header(CONTENT_TYPE, "application/json").body("{}").send().await?;
        assert_eq!(code_of(answer, 415).await?, "unsupported_body", "{encoding}");
    }
    let form = visitor.request("POST", SIGN_IN);
    let form = form.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body("username=a");
    assert_eq!(code_of(form.send().await?, 415).await?, "unsupported_body");
    Ok(())
}

#[tokio::test]
async fn no_write_is_taken_from_a_foreign_page() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let officer = installation.officer().await?;
    let document = officer.json("/api/openapi.json").await?;
    let writes = Operation::all(&document).into_iter().filter(|it| it.method != "get");
    let mut places: Vec<(String, String)> = writes.map(|it| (it.method, it.path)).collect();
    places.push(("post".into(), "/api/console/media".into()));
    places.push(("post".into(), "/c/complete".into()));
    ensure!(places.len() > 25, "only {} writes are documented", places.len());
    for (method, path) in &places {
        let method = method.to_uppercase();
        for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
            let request = officer.request(&method, path).header(ORIGIN, origin);
            let answer = request.header(CONTENT_TYPE, "application/json").body("{}").send().await?;
            assert_eq!(code_of(answer, 403).await?, "foreign_origin", "{method} {path} {origin}");
        }
    }
    // The officer is still signed in, and nothing was refused to the officer's own page.
    assert_eq!(officer.json("/api/me").await?["name"], "郑明");
    Ok(())
}

#[tokio::test]
async fn a_write_with_cookies_but_without_an_origin_is_not_taken_either() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let http = reqwest::Client::builder().build()?;
    let address = format!("{}/api/sign-ins/refresh", installation.base);
    let request = http.post(address).header("cookie", "fingertip_refresh=anything");
    assert_eq!(code_of(request.send().await?, 403).await?, "foreign_origin");
    Ok(())
}

/// The problem's code, from an answer that must have this status.
async fn code_of(answer: reqwest::Response, status: u16) -> Result<String> {
    let found = answer.status();
    let text = answer.text().await?;
    ensure!(found == status, "{found} instead of {status}: {text:.300}");
    let problem: Value = serde_json::from_str(&text)?;
    Ok(problem["code"].as_str().context("no code")?.to_owned())
}
