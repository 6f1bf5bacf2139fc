//! Nothing that must be kept secret reaches a log: a busy day with canaries in everything that people
//! type, send and are given, with a WeChat and a database that fail, and not one of them is found in
//! what the program wrote or exported.

use std::{
    process::Output,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};
use shared::{
    accounts::{SignInWithPassword, passwords::SetPassword},
    roster::ListRoster,
};
use tests::{Installation, Kind, Person, on_every_store};
use wechat_sandbox::Fault;

const PASSWORD: &str = "canary-password-9k2";
const USER: &str = "canary-user-9k2";
const TOKEN: &str = "canarytoken9k2";
const CODE: &str = "CANARY9K2CODE";
const NAME: &str = "金丝雀九号";
const PHONE: &str = "13800009172";
const ID_CARD: &str = "320401195001010012";
const BODY: &str = "canary-in-a-body";

/// What is typed or made up; what is really given out is added while it happens.
const TYPED: [&str; 8] = [PASSWORD, USER, TOKEN, CODE, NAME, PHONE, ID_CARD, BODY];

on_every_store!(no_canary_is_found_in_any_log_after_a_busy_and_broken_day);

async fn no_canary_is_found_in_any_log_after_a_busy_and_broken_day(
    installation: Installation,
) -> Result<()> {
    let mut canaries: Vec<String> = TYPED.map(str::to_owned).into();
    canaries.extend(come_in(&installation).await?);
    send_nonsense(&installation).await?;
    keep_the_roster(&installation).await?;
    break_wechat(&installation, &mut canaries).await?;
    let broken = break_the_database(&installation).await?;
    ensure!(broken > 0, "nothing broke, so nothing was logged about it");

    let log = installation.log();
    ensure!(log.contains("request failed"), "the log says that a request failed: {log}");
    ensure!(log.contains("WeChat could not be asked"), "the log says that WeChat failed: {log}");
    let exported = until_exported(&installation)?;
    let verified = installation.run(&["audit", "verify"])?;
    let mut sinks = vec![log];
    for output in [exported, verified] {
        sinks.push(String::from_utf8_lossy(&output.stdout).into_owned());
        sinks.push(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    for canary in canaries {
        for sink in &sinks {
            let line = sink.lines().find(|line| line.contains(&canary));
            ensure!(line.is_none(), "{canary} in {line:?}");
        }
    }
    Ok(())
}

/// Whoever looks for a fault turns the level up: that must not turn secrets up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_canary_is_found_at_a_finer_level_either() -> Result<()> {
    let level = [("RUST_LOG", "debug")];
    let installation = Installation::start_with(Kind::Sqlite, &level).await?;
    no_canary_is_found_in_any_log_after_a_busy_and_broken_day(installation).await
}

/// The export, once what happened is in the chain.
fn until_exported(installation: &Installation) -> Result<Output> {
    let begun = Instant::now();
    loop {
        let output = installation.run(&["audit", "export"])?;
        if String::from_utf8_lossy(&output.stdout).contains("roster_uploaded") {
            return Ok(output);
        }
        ensure!(begun.elapsed() < Duration::from_secs(30), "never sealed: {output:?}");
    }
}

/// Everybody comes in, and out of it come tokens that nobody else may read.
async fn come_in(installation: &Installation) -> Result<Vec<String>> {
    let mut secrets = Vec::new();
    let stranger = Person::stranger(&installation.base);
    let code = installation.wechat.mini_program_code("wangxiuying")?;
    let body = json!({ "code": code }).to_string();
    let answer = stranger.send("POST", "/api/sign-ins/mini-program", Some(body)).await?;
    let answer: Value = serde_json::from_str(&answer.text().await?)?;
    secrets.push(code);
    for name in ["access_token", "refresh_token"] {
        secrets.extend(answer["tokens"][name].as_str().map(str::to_owned));
    }
    ensure!(secrets.len() == 3, "signed in: {answer}");
    let officer = installation.officer().await?;
    secrets.push(installation.password("zhengming")?);
    officer.call(SetPassword { password: PASSWORD.into() }).await?;
    // What every openid and unionid of the local WeChat begins with, and the secrets of its apps.
    secrets
        .extend(["oMP_", "oOA_", "uUN_", "demo-mini-secret", "demo-oa-secret"].map(str::to_owned));
    Ok(secrets)
}

/// What nobody's client sends: forged tokens and codes in every place where one can stand, names in
/// addresses, bodies that are none.
async fn send_nonsense(installation: &Installation) -> Result<()> {
    let stranger = Person::stranger(&installation.base);
    let forged = [
        ("/api/sign-ins/password", json!({ "username": USER, "password": PASSWORD })),
        ("/api/sign-ins/mini-program", json!({ "code": CODE })),
        ("/api/sign-ins/refresh", json!({ "refresh_token": TOKEN })),
        ("/api/sign-ins/web-ticket", json!({ "ticket": TOKEN, "path": "/" })),
        ("/api/bindings/phone", json!({ "claim": TOKEN, "code": CODE })),
        (
            "/api/bindings/invitation",
            json!({ "claim": TOKEN, "name": NAME, "staff_number": USER, "code": CODE }),
        ),
        ("/api/sign-ins/password", json!({ BODY: [BODY], "password": 7 })),
    ];
    for (target, body) in forged {
        let answer = stranger.send("POST", target, Some(body.to_string())).await?;
        ensure!(answer.status().is_client_error(), "{target}: {}", answer.status());
    }
    stranger.send("POST", "/api/sign-ins/password", Some(format!("{{ {BODY}"))).await?;
    for target in [
        format!("/enter/wechat/back?code={CODE}&state={TOKEN}"),
        format!("/media/{TOKEN}"),
        format!("/s/{TOKEN}"),
        format!("/{TOKEN}?token={TOKEN}"),
        format!("/api/me?access_token={TOKEN}&{BODY}={BODY}"),
        format!("/wechat/callback/mini-program?signature={TOKEN}&timestamp=1&nonce={TOKEN}"),
    ] {
        let request = stranger.request("GET", &target).bearer_auth(TOKEN);
        let request = request.header("cookie", format!("fingertip_access={TOKEN}"));
        request.header("user-agent", BODY).send().await?;
    }
    Ok(())
}

/// A roster with numbers in it is brought as far as its check, and looked through.
async fn keep_the_roster(installation: &Installation) -> Result<()> {
    let officer = officer(installation).await?;
    let row = format!(
        "工号,姓名,单位,岗位,手机,身份证\nK9,{NAME},没有这个单位,{NAME},{PHONE},{ID_CARD}\n"
    );
    let file = format!(
        "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{NAME}.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{row}\r\n--line--\r\n"
    );
    let request = officer.request("POST", "/api/console/roster/imports");
    let request = request.header("content-type", "multipart/form-data; boundary=line");
    let status = request.body(file).send().await?.status();
    ensure!(status == 200, "the roster was taken: {status}");
    for words in [NAME, PHONE, ID_CARD] {
        officer.call(ListRoster { words: Some(words.into()), ..ListRoster::default() }).await?;
    }
    Ok(())
}

/// WeChat breaks off while codes, and the secrets beside them, are on their way to it.
async fn break_wechat(installation: &Installation, canaries: &mut Vec<String>) -> Result<()> {
    installation.wechat.inject("*", Fault::Reset, 1000);
    let stranger = Person::stranger(&installation.base);
    let code = installation.wechat.mini_program_code("lijianguo")?;
    let body = json!({ "code": code }).to_string();
    let answer = stranger.send("POST", "/api/sign-ins/mini-program", Some(body)).await?;
    ensure!(answer.status() == 503, "{}", answer.status());
    canaries.push(code);
    installation.wechat.clear_faults();
    Ok(())
}

/// Takes a table away that is asked about names and numbers: how often that broke a call.
async fn break_the_database(installation: &Installation) -> Result<usize> {
    let officer = officer(installation).await?;
    let db = Database::connect(&installation.database_url).await?;
    db.execute_unprepared("ALTER TABLE person_particulars RENAME TO gone").await?;
    let mut broken = 0;
    for words in [NAME, PHONE, ID_CARD] {
        let request = ListRoster { words: Some(words.into()), ..ListRoster::default() };
        broken += usize::from(officer.call(request).await.is_err());
    }
    Ok(broken)
}

/// The officer, who has set a password of their own.
async fn officer(installation: &Installation) -> Result<Person> {
    let person = Person::stranger(&installation.base);
    let (username, password) = ("zhengming".into(), PASSWORD.into());
    person.call(SignInWithPassword { username, password }).await?;
    Ok(person)
}
