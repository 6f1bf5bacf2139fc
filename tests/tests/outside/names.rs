//! Addresses and names that outside tools rely on.

use std::{collections::BTreeMap, process::Command};

use anyhow::Result;
use tests::{Installation, Kind, Person};

use crate::contract::Operation;

/// Operation ids, each with its place.
const OPERATIONS: [(&str, &str, &str); 20] = [
    ("SignInWithMiniProgram", "post", "/api/sign-ins/mini-program"),
    ("SignInWithPassword", "post", "/api/sign-ins/password"),
    ("RefreshSignIn", "post", "/api/sign-ins/refresh"),
    ("SignOut", "delete", "/api/sign-ins/current"),
    ("ShowMe", "get", "/api/me"),
    ("ListCourses", "get", "/api/courses"),
    ("ShowCourse", "get", "/api/courses/{course}"),
    ("ShowLesson", "get", "/api/lessons/{lesson}"),
    ("ReportProgress", "put", "/api/lessons/{lesson}/progress"),
    ("StartAttempt", "post", "/api/quizzes/{quiz}/attempts"),
    ("ShowAttempt", "get", "/api/attempts/{attempt}"),
    ("SaveAnswers", "put", "/api/attempts/{attempt}/answers"),
    ("SubmitAttempt", "put", "/api/attempts/{attempt}/submission"),
    ("ShowResult", "get", "/api/attempts/{attempt}/result"),
    ("ListTrainingSessions", "get", "/api/training-sessions"),
    ("Enroll", "put", "/api/training-sessions/{session}/enrollment"),
    ("ShowCheckInCode", "get", "/api/training-sessions/{session}/check-in-code"),
    ("BeginCheckIn", "post", "/api/check-ins/begin"),
    ("CompleteCheckIn", "post", "/api/check-ins/complete"),
    ("PublishCourse", "post", "/api/console/courses/{course}/publication"),
];

#[tokio::test]
async fn every_promised_operation_is_documented_under_its_name_and_address() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let document = Person::stranger(&installation.base).json("/api/openapi.json").await?;
    let documented: BTreeMap<String, (String, String)> = Operation::all(&document)
        .into_iter()
        .map(|operation| (operation.id, (operation.method, operation.path)))
        .collect();
    for (id, method, path) in OPERATIONS {
        let place = documented.get(id).map(|(method, path)| (method.as_str(), path.as_str()));
        assert_eq!(place, Some((method, path)), "{id}");
    }
    Ok(())
}

#[tokio::test]
async fn pages_and_probes_are_where_they_were_promised() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for (path, status, kind, content) in [
        ("/", 200, "text/html", "指尖教学"),
        ("/admin", 200, "text/html", "管理"),
        ("/admin/courses", 200, "text/html", "管理"),
        ("/courses", 200, "text/html", "指尖教学"),
        ("/healthz", 200, "text/plain", "ok"),
        ("/readyz", 200, "text/plain", "ready"),
        ("/api/openapi.json", 200, "application/json", "openapi"),
        ("/api/nothing-here", 404, "application/problem+json", "not_found"),
        ("/assets/nothing-here.js", 404, "application/problem+json", "not_found"),
    ] {
        let answer = visitor.send("GET", path, None).await?;
        assert_eq!(answer.status(), status, "{path}");
        let found = answer.headers()["content-type"].to_str()?.to_owned();
        assert!(found.starts_with(kind), "{path}: {found}");
        let text = answer.text().await?;
        assert!(text.contains(content), "{path} has no {content}: {text:.200}");
    }
    Ok(())
}

#[tokio::test]
async fn the_web_authorisation_starts_where_it_was_promised_and_keeps_its_state_to_the_browser()
-> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    let answer = visitor.send("GET", "/enter/wechat?to=%2Fcourses", None).await?;
    assert_eq!(answer.status(), 303);
    let location = answer.headers()["location"].to_str()?.to_owned();
    let expected = format!("{}/connect/oauth2/authorize?", installation.wechat.base_url);
    assert!(location.starts_with(&expected), "{location}");
    assert!(location.contains("scope=snsapi_base"), "{location}");
    // Somebody else's browser, with the address that the first one was sent back to.
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let back = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let back = back.get(&location).send().await?.headers()["location"].to_str()?.to_owned();
    let path = back.strip_prefix(&installation.base).unwrap_or(&back);
    let thief = Person::stranger(&installation.base).send("GET", path, None).await?;
    assert_eq!(thief.status(), 401, "{}", thief.text().await?);
    let owner = visitor.send("GET", path, None).await?;
    assert_eq!(owner.headers()["location"], "/courses");
    assert_eq!(visitor.json("/api/me").await?["name"], "王秀英");
    Ok(())
}

#[test]
fn the_program_has_the_promised_commands() -> Result<()> {
    let program = std::env::var("FINGERTIP_BIN")?;
    let help = Command::new(program).arg("--help").output()?;
    let help = String::from_utf8(help.stdout)?;
    for verb in ["serve", "work", "migrate", "seed", "openapi"] {
        let line = help.lines().find(|line| line.trim_start().starts_with(verb));
        assert!(line.is_some(), "{verb} is missing in\n{help}");
    }
    Ok(())
}

#[test]
fn production_refuses_to_start_without_https() -> Result<()> {
    let data = tempfile::tempdir()?;
    let output = Command::new(std::env::var("FINGERTIP_BIN")?)
        .arg("serve")
        .env("APP_ENV", "production")
        .env("DATA_DIR", data.path())
        .env("PUBLIC_BASE", "http://training.example")
        .env("BIND", "127.0.0.1:0")
        .output()?;
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("PUBLIC_BASE"), "{said}");
    Ok(())
}
