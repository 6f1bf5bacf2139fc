//! Everything that the tables hold about one person, for that person: each domain tells its own part
//! in words that people know, so that the same can be read on a page and taken along as JSON.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};
use shared::{
    accounts::{PersonId, SignInId},
    problem::{Code, Problem},
    time,
};

use super::consent;
use crate::{
    App, Result, accounts,
    audit::{self, Actor, Event},
    courses, learning, notifications, quizzes, roster, training,
};

/// How often a day somebody may ask for everything.
const A_DAY: u64 = 5;

/// What belongs together.
#[derive(Serialize)]
pub struct Section {
    #[serde(rename = "内容")]
    pub title: &'static str,
    #[serde(rename = "记录")]
    pub rows: Vec<Row>,
}

impl Section {
    pub fn of(title: &'static str, rows: impl IntoIterator<Item = Row>) -> Self {
        Self { title, rows: rows.into_iter().collect() }
    }
}

/// One record: what it is called and what it says, in this order.
pub struct Row(pub Vec<(&'static str, String)>);

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// One record of this many facts.
pub fn row<const N: usize>(facts: [(&'static str, String); N]) -> Row {
    Row(facts.into())
}

/// A moment as people read it.
pub fn when(at: impl Into<Option<DateTime<Utc>>>) -> String {
    at.into().map(time::stamp).unwrap_or_default()
}

pub fn yes(it: bool) -> String {
    if it { "是" } else { "否" }.into()
}

/// What somebody takes along.
#[derive(Serialize)]
pub(super) struct OwnData {
    #[serde(rename = "说明")]
    pub about: &'static str,
    #[serde(rename = "生成时间")]
    pub made_at: String,
    #[serde(rename = "资料")]
    pub sections: Vec<Section>,
}

/// Everything about the person who asks, written down before it is given.
///
/// # Errors
/// `step_up_required` at a PC where nobody proved lately who it is, `too_many_tries` beyond five a
/// day.
pub(super) async fn take(
    app: &App,
    actor: Actor,
    person: PersonId,
    sign_in: SignInId,
) -> Result<OwnData> {
    accounts::may_take_along(app, sign_in).await?;
    let now = app.clock.now(app.db.read()).await?;
    let key = format!("own-data:{person}:{}", time::local_date(now));
    if app.cache.count(&key, Duration::from_hours(24)).await > A_DAY {
        let problem = Problem::from(Code::TooManyTries);
        return Err(problem.detail("一天最多看五次，请明天再来").into());
    }
    audit::record_alone(app, actor.did(Event::OwnDataExported, person)).await?;
    Ok(OwnData {
        about: "指尖教学里存着的关于您的全部资料。时间都是北京时间。操作日志另存，要看请找培训办公室。",
        made_at: when(now),
        sections: sections(app, person).await?,
    })
}

async fn sections(app: &App, person: PersonId) -> Result<Vec<Section>> {
    let db = app.db.read();
    let mut sections = accounts::own_data(db, person).await?;
    sections.extend(roster::own_data(app, person).await?);
    sections.push(courses::own_data(db, person).await?);
    sections.extend(learning::own_data(db, person).await?);
    sections.extend(quizzes::own_data(db, person).await?);
    sections.extend(training::own_data(db, person).await?);
    sections.extend(notifications::own_data(db, person).await?);
    let consents = consent::of(db, person).await?.into_iter().map(|it| {
        row([
            ("版本", it.version),
            ("同意时间", when(it.agreed_at)),
            ("撤回时间", when(it.withdrawn_at)),
        ])
    });
    sections.push(Section::of("隐私同意", consents));
    Ok(sections)
}
