//! One bad request, and what came of all of them.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};
use reqwest::{Response, header::CONTENT_TYPE};
use shared::problem::{Code, Problem};
use tests::Person;

/// A request with something wrong in it.
#[derive(Debug, Clone, Default)]
pub struct Attack {
    /// The operation or page.
    pub operation: String,
    pub method: String,
    pub target: String,
    pub body: Option<Vec<u8>>,
    /// None where it is empty.
    pub content_type: &'static str,
}

impl Attack {
    pub async fn send(&self, person: &Person) -> Result<Response> {
        let mut request = person.request(&self.method, &self.target);
        if !self.content_type.is_empty() {
            request = request.header(CONTENT_TYPE, self.content_type);
        }
        if let Some(body) = &self.body {
            request = request.body(body.clone());
        }
        Ok(request.send().await?)
    }

    /// Runs the attack; the answer is a success, or a problem that says what is wrong. Returns the
    /// problem's code.
    pub async fn run(&self, person: &Person) -> Result<&'static str> {
        let answer = self.send(person).await?;
        let status = answer.status().as_u16();
        let text = answer.text().await?;
        let shown = || {
            format!("{} {} {:.300}: {status} {text:.300}", self.method, self.target, self.body())
        };
        ensure!(status < 500, "{}", shown());
        if status < 400 {
            return Ok("done");
        }
        // What does not even reach an operation is answered by the framework.
        if text.is_empty() && status == 400 {
            return Ok("not HTTP");
        }
        let problem: Result<Problem, _> = serde_json::from_str(&text);
        let Ok(problem) = problem else { bail!("no problem: {}", shown()) };
        ensure!(problem.status == status && problem.code != Code::Internal, "{}", shown());
        ensure!(!problem.title.is_empty() && problem.request_id.is_some(), "{}", shown());
        if problem.code == Code::InvalidRequest {
            ensure!(!problem.fields.is_empty(), "no field is named: {}", shown());
        }
        Ok(problem.code.as_str())
    }

    fn body(&self) -> String {
        String::from_utf8_lossy(self.body.as_deref().unwrap_or_default()).into_owned()
    }
}

/// What went wrong, the first time on each operation, and how often everything else was said.
#[derive(Default)]
pub struct Faults {
    first: BTreeMap<String, String>,
    told: BTreeMap<&'static str, u32>,
}

impl Faults {
    pub fn note(&mut self, attack: &Attack, answer: Result<&'static str>) {
        match answer {
            Ok(code) => *self.told.entry(code).or_default() += 1,
            Err(error) => {
                let what = || {
                    format!(
                        "{} {:.300} {:.300}: {error}",
                        attack.method,
                        attack.target,
                        attack.body()
                    )
                };
                self.first.entry(attack.operation.clone()).or_insert_with(what);
            }
        }
    }

    /// # Errors
    /// With the first fault of each operation.
    pub fn none(self) -> Result<()> {
        eprintln!("{:?}", self.told);
        let faults: Vec<String> = self.first.into_values().collect();
        ensure!(faults.is_empty(), "{} operations failed:\n{}", faults.len(), faults.join("\n"));
        Ok(())
    }
}
