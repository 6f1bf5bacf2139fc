//! Every documented operation, and every page, is given what no honest client would send.

mod values;
mod world;

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use futures_util::{StreamExt, stream};
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;
use shared::{accounts::ShowMe, problem::Code};
use tests::{Installation, Person, on_every_store};

use self::world::Ids;
use crate::contract::Operation;

on_every_store!(no_bad_input_to_any_operation_breaks_the_server);
on_every_store!(no_bad_address_of_a_page_breaks_the_server);

/// Requests under way at the same time.
const AT_ONCE: usize = 8;

/// A request with something wrong in it.
#[derive(Debug, Clone, Default)]
struct Attack {
    method: String,
    target: String,
    body: Option<Vec<u8>>,
    content_type: &'static str,
}

async fn no_bad_input_to_any_operation_breaks_the_server(installation: Installation) -> Result<()> {
    let people = [installation.sign_in("wangxiuying").await?, installation.officer().await?];
    let ids = Ids::collect(&people[0], &people[1]).await?;
    let document = people[0].json("/api/openapi.json").await?;
    let (mut attacks, mut of_sign_ins) = (Vec::new(), Vec::new());
    for operation in Operation::all(&document) {
        // Those would sign people out in the middle.
        let about_sign_ins = operation.path.starts_with("/api/sign-ins/");
        let list = if about_sign_ins { &mut of_sign_ins } else { &mut attacks };
        list.extend(attacks_on(&operation, &ids));
    }
    ensure!(attacks.len() > 2000, "only {} attacks", attacks.len());
    let stranger = Person::stranger(&installation.base);
    let mut told = BTreeMap::new();
    for (person, attacks) in
        [(&stranger, &of_sign_ins), (&people[0], &attacks), (&people[1], &attacks)]
    {
        let answers = stream::iter(attacks).map(|attack| attack.run(person));
        let mut answers = answers.buffer_unordered(AT_ONCE);
        while let Some(answer) = answers.next().await {
            *told.entry(answer?).or_insert(0) += 1;
        }
    }
    eprintln!("{told:?}");
    for person in &people {
        person.call(ShowMe {}).await?;
    }
    nothing_broke(&installation)
}

async fn no_bad_address_of_a_page_breaks_the_server(installation: Installation) -> Result<()> {
    let learner = installation.sign_in("wangxiuying").await?;
    let officer = installation.officer().await?;
    let ids = Ids::collect(&learner, &officer).await?;
    let mut attacks = Vec::new();
    for template in [
        "/c/{x}",
        "/c/ready?{x}",
        "/enter/wechat?to={x}",
        "/enter/wechat/back?code={x}&state={x}",
        "/enter/wechat/back?{x}",
        "/media/{x}",
        "/assets/{x}",
        "/{x}",
        "/admin/{x}",
        "/api/{x}",
        "/api/console/courses/{x}/report.xlsx",
        "/api/console/courses/{course}/report.xlsx?post={x}",
    ] {
        for value in values::in_addresses() {
            let target = ids.fill(&template.replace("{x}", &value));
            for method in ["GET", "HEAD", "POST", "PUT", "OPTIONS"] {
                attacks.push(Attack {
                    method: method.into(),
                    target: target.clone(),
                    ..Attack::default()
                });
            }
        }
    }
    for (content_type, body) in values::uploads() {
        let target = "/api/console/media".to_owned();
        attacks.push(Attack { method: "POST".into(), target, body: Some(body), content_type });
    }
    for attack in &attacks {
        for person in [&learner, &officer] {
            let answer = attack.send(person).await?;
            let status = answer.status();
            ensure!(status.as_u16() < 500, "{attack:?}: {status}");
        }
    }
    nothing_broke(&installation)
}

/// Nothing that the server itself calls broken was logged.
fn nothing_broke(installation: &Installation) -> Result<()> {
    let log = installation.log();
    for mark in ["panicked", "request failed", "not answered"] {
        let line = log.lines().find(|line| line.contains(mark));
        ensure!(line.is_none(), "{}", line.unwrap_or_default());
    }
    Ok(())
}

/// All that is tried on one operation.
fn attacks_on(operation: &Operation, ids: &Ids) -> Vec<Attack> {
    let method = operation.method.to_uppercase();
    let filled = ids.fill(&operation.path);
    let bodies: Vec<Value> = operation.bodies.iter().map(|body| ids.fill_in(body)).collect();
    let honest = bodies.first().map(|body| body.to_string().into_bytes());
    let attack = |target: String, body: Option<Vec<u8>>| Attack {
        method: method.clone(),
        target,
        body,
        content_type: "application/json",
    };
    let mut attacks = Vec::new();
    for path in bad_paths(&operation.path, ids) {
        attacks.push(attack(path, honest.clone()));
    }
    if operation.removes() {
        return attacks;
    }
    for query in bad_queries(operation) {
        attacks.push(attack(format!("{filled}?{query}"), honest.clone()));
    }
    if honest.is_some() {
        let mutants =
            bodies.iter().flat_map(values::mutants).map(|body| body.to_string().into_bytes());
        for body in bodies.iter().map(|body| body.to_string().into_bytes()).chain(mutants) {
            attacks.push(attack(filled.clone(), Some(body)));
        }
        for body in values::broken_bodies() {
            attacks.push(attack(filled.clone(), Some(body)));
        }
        for content_type in
            ["text/plain", "", "application/json; charset=gbk", "multipart/form-data"]
        {
            attacks.push(Attack { content_type, ..attack(filled.clone(), honest.clone()) });
        }
    }
    attacks
}

/// The path with each of its values made bad in turn.
fn bad_paths(path: &str, ids: &Ids) -> Vec<String> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let bad = names.flat_map(|name| {
        values::in_addresses()
            .into_iter()
            .map(move |value| path.replace(&format!("{{{name}}}"), &value))
    });
    bad.map(|path| ids.fill(&path)).collect()
}

fn bad_queries(operation: &Operation) -> Vec<String> {
    let mut queries: Vec<String> =
        ["unknown=1", "%", "&&&=", "=", "a=b=c", "%ff=%ff", "[]=1"].map(str::to_owned).to_vec();
    for name in &operation.query {
        queries.push(format!("{name}=1&{name}=2"));
        queries.extend(values::in_addresses().into_iter().map(|value| format!("{name}={value}")));
    }
    queries
}

impl Attack {
    async fn send(&self, person: &Person) -> Result<reqwest::Response> {
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
    async fn run(&self, person: &Person) -> Result<&'static str> {
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
        let problem: Result<shared::problem::Problem, _> = serde_json::from_str(&text);
        let Ok(problem) = problem else { anyhow::bail!("no problem: {}", shown()) };
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
