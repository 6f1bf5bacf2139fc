//! Ids that exist, so that bad input gets past the question whether there is anything to change.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::Person;
use uuid::Uuid;

/// Ids by the names that operations call them.
pub struct Ids(BTreeMap<&'static str, String>);

impl Ids {
    /// Looks around as the learner and the officer; makes what is not there yet.
    pub async fn collect(learner: &Person, officer: &Person) -> Result<Self> {
        let mut ids = BTreeMap::new();
        let mut keep = |name, value: &Value| -> Result<String> {
            let id = value.as_str().with_context(|| format!("no {name}"))?.to_owned();
            ids.insert(name, id.clone());
            Ok(id)
        };
        let courses = learner.json("/api/courses").await?;
        let course = keep("course", &courses["items"][0]["id"])?;
        let course = learner.json(&format!("/api/courses/{course}")).await?;
        keep("chapter", &course["chapters"][0]["id"])?;
        keep("lesson", &course["chapters"][0]["lessons"][0]["id"])?;
        let quiz = keep("quiz", &course["quiz"]["id"])?;
        keep("media", &course["cover"]["media"])?;
        let attempt = post(learner, &format!("/api/quizzes/{quiz}/attempts"), &json!({})).await?;
        keep("attempt", &attempt["id"])?;
        keep("posts", &learner.json("/api/posts").await?[0]["id"])?;
        keep("organizations", &officer.json("/api/console/organizations").await?[0]["id"])?;
        let people = officer.json("/api/console/people?role=instructor").await?;
        let instructor = keep("instructor", &people[0]["id"])?;
        keep("person", &learner.json("/api/me").await?["id"])?;
        let starts_at = chrono::Utc::now() + chrono::TimeDelta::minutes(10);
        let details = json!({
            "title": "试一试", "place": "培训教室", "instructor": instructor, "seats": 30, "notes": "",
            "starts_at": starts_at, "ends_at": starts_at + chrono::TimeDelta::hours(1),
        });
        let body = json!({ "details": details });
        let session = post(officer, "/api/console/training-sessions", &body).await?;
        keep("session", &session["id"])?;
        Ok(Self(ids))
    }

    /// Puts ids in the place of `{name}`; a name that stands for nothing gets an id of nothing.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, id) in &self.0 {
            filled = filled.replace(&format!("{{{name}}}"), id);
        }
        match filled
            .split_once('{')
            .and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)))
        {
            Some((before, after)) => self.fill(&format!("{before}{}{after}", Uuid::now_v7())),
            None => filled,
        }
    }

    /// The same in every text of a body.
    pub fn fill_in(&self, body: &Value) -> Value {
        match body {
            Value::String(text) => json!(self.fill(text)),
            Value::Array(items) => items.iter().map(|item| self.fill_in(item)).collect(),
            Value::Object(fields) => {
                fields.iter().map(|(name, value)| (name.clone(), self.fill_in(value))).collect()
            }
            other => other.clone(),
        }
    }
}

async fn post(person: &Person, target: &str, body: &Value) -> Result<Value> {
    let answer = person.send("POST", target, Some(body.to_string())).await?;
    let (status, text) = (answer.status(), answer.text().await?);
    anyhow::ensure!(status == 200, "{target}: {status} {text}");
    Ok(serde_json::from_str(&text)?)
}
