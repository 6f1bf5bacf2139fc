//! The OpenAPI document keeps its word: Schemathesis makes requests out of it, good ones and bad ones,
//! and compares the answers with it. `SCHEMATHESIS` names the program, `SCHEMATHESIS_EXAMPLES` how
//! many requests each operation gets.

use std::{env, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use shared::accounts::ShowMe;
use tests::{Installation, Kind};
use tokio::{process::Command, time::timeout};

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,ignored_auth";

/// They end the sign-in that the run lives by, or count tries and then refuse everybody.
const LEFT_OUT: &str = "^(SignOut|EndSignIn|RefreshSignIn|SignInWith.*|Bind.*|.*WebTicket)$";

/// Access tokens live ten minutes; a run has to end before.
const LIMIT: Duration = Duration::from_mins(9);

#[tokio::test]
async fn a_learner_gets_what_the_document_promises() -> Result<()> {
    // Of the console she is shown nothing, as `roles` sees to. Not an exclusion: two of them would
    // leave out only what both mean.
    keeps_its_word("wangxiuying", &["--include-path-regex", "^/(?!api/console/)"]).await
}

#[tokio::test]
async fn an_officer_gets_what_the_document_promises() -> Result<()> {
    keeps_its_word("zhengming", &[]).await
}

async fn keeps_its_word(person: &str, limits: &[&str]) -> Result<()> {
    let program = env::var_os("SCHEMATHESIS").context("SCHEMATHESIS: run `cargo xtask test`")?;
    let examples = env::var("SCHEMATHESIS_EXAMPLES").unwrap_or_else(|_| "25".into());
    let installation = Installation::start(Kind::Sqlite).await?;
    let person = installation.sign_in(person).await?;
    let token = person.tokens().access_token.clone();
    // It leaves what it learnt where it runs.
    let scratch = tempfile::tempdir()?;
    let output = Command::new(program)
        .current_dir(scratch.path())
        .arg("run")
        .arg(format!("{}/api/openapi.json", installation.base))
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--checks", CHECKS])
        .args(["--exclude-operation-id-regex", LEFT_OUT])
        .args(limits)
        .args(["--phases", "examples,coverage,fuzzing"])
        .args(["--max-examples", &examples])
        .args(["--generation-deterministic", "--no-color", "--workers", "2"])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = timeout(LIMIT, output).await.context("Schemathesis takes too long")??;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    // Nothing has ended the sign-in: to a stranger every operation keeps its word.
    person.call(ShowMe {}).await?;
    eprintln!("{}", said.lines().rev().take(15).collect::<Vec<_>>().join("\n"));
    Ok(())
}
