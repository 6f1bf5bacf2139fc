//! Drafts of a quiz with one thing wrong in them. What the document's schema allows is refused
//! before it reaches the database, so these begin with a draft that is saved as it is; what is
//! saved is then looked at and taken by a learner.

use anyhow::{Context, Result};
use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use tests::Person;

use super::{
    attack::{Attack, Faults},
    values,
    world::Ids,
};

/// Saves a good draft, then each of its mutants.
pub async fn save_all(learner: &Person, officer: &Person, ids: &Ids) -> Result<Faults> {
    let target = ids.fill("/api/console/courses/{course}/quiz");
    let good = good_draft();
    let mut faults = Faults::default();
    hand_in(learner, &ids.fill("{attempt}"), &mut faults).await;
    let first = save(officer, &target, good.clone()).await?;
    first.1.context("a good draft")?;
    for mutant in values::mutants(&good) {
        let (attack, answer) = save(officer, &target, mutant).await?;
        let saved = matches!(answer, Ok("done"));
        faults.note(&attack, answer);
        if saved {
            take(learner, ids, &mut faults).await;
        }
    }
    Ok(faults)
}

/// Saved as it is.
fn good_draft() -> Value {
    let opens_at = Utc::now() - TimeDelta::days(1);
    json!({
        "settings": {
            "title": "课后测验", "pass_mark": 80, "minutes": 15, "attempts": 20,
            "release": "after_close",
            "opens_at": opens_at, "closes_at": opens_at + TimeDelta::days(30),
        },
        "questions": [{
            "kind": "single", "stem": "拖地后要放什么？", "explanation": "提醒人慢走。",
            "options": [
                { "text": "小心地滑牌", "correct": true },
                { "text": "水桶", "correct": false },
            ],
        }],
    })
}

/// Saves a draft on the version that is there now, so that nothing but itself is wrong with it.
async fn save(
    officer: &Person,
    target: &str,
    mut draft: Value,
) -> Result<(Attack, Result<&'static str>)> {
    draft["version"] = officer.json(target).await?["version"].clone();
    let attack = request("SaveQuizDraft", "PUT", target.to_owned(), Some(&draft));
    let answer = attack.run(officer).await;
    Ok((attack, answer))
}

/// All that shows the times of the quiz to a learner; nothing is left running.
async fn take(learner: &Person, ids: &Ids, faults: &mut Faults) {
    let quiz = ids.fill("/api/quizzes/{quiz}");
    for attack in [
        request("ShowQuiz", "GET", quiz.clone(), None),
        request("StartAttempt", "POST", format!("{quiz}/attempts"), Some(&json!({}))),
        request("ShowResult", "GET", ids.fill("/api/attempts/{attempt}/result"), None),
    ] {
        let answer = attack.run(learner).await;
        faults.note(&attack, answer);
    }
    let shown = learner.json(&quiz).await.unwrap_or_default();
    if let Some(running) = shown["running"].as_str() {
        hand_in(learner, running, faults).await;
    }
}

async fn hand_in(learner: &Person, attempt: &str, faults: &mut Faults) {
    let target = format!("/api/attempts/{attempt}/submission");
    let attack = request("SubmitAttempt", "PUT", target, Some(&json!({ "writer_epoch": 1 })));
    let answer = attack.run(learner).await;
    faults.note(&attack, answer);
}

fn request(operation: &str, method: &str, target: String, body: Option<&Value>) -> Attack {
    let body = body.map(|it| it.to_string().into_bytes());
    let (operation, method) = (operation.to_owned(), method.to_owned());
    Attack { operation, method, target, body, content_type: "application/json" }
}
