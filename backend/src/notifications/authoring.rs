//! What those hear who write, check and review: of a revision that waits for them or was decided
//! about, and of clauses that changed under their links.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use shared::{
    accounts::PersonId, courses::CourseId, notifications::NotificationKind, revisions::RevisionId,
    standards::StandardVersionId, time,
};

use super::{
    inbox::{self, Message},
    push::{Push, Sending},
};
use crate::Result;

/// After so long WeChat need not say it any more; the inbox still does.
const WORTH: TimeDelta = TimeDelta::days(3);

/// A revision of a course, as people call it.
pub struct RevisionName<'a> {
    pub id: RevisionId,
    pub course: CourseId,
    pub title: &'a str,
    pub number: i32,
}

/// Tells people that a revision waits for one of them to take the step, as `校核`.
pub async fn revision_waits(
    tx: &DatabaseTransaction,
    revision: &RevisionName<'_>,
    step: &'static str,
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<()> {
    let RevisionName { id, title, number, .. } = revision;
    let kind = NotificationKind::RevisionWaiting;
    let message = |person: &PersonId| Message {
        push: push(*person, kind, (title, format!("等您{step}")), now),
        title: format!("等您{step}：{title}"),
        body: format!("第 {number} 版交上来了。请在管理台看改了什么，通过或者退回。"),
        link: link(revision.course),
        dedupe_key: format!("revision-waits:{id}:{step}:{person}"),
    };
    inbox::tell(tx, people.iter().map(message).collect(), now).await
}

/// Tells the author that a revision was approved, or sent back and why.
pub async fn revision_decided(
    tx: &DatabaseTransaction,
    revision: &RevisionName<'_>,
    sent_back: Option<&str>,
    author: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let RevisionName { id, title, number, .. } = revision;
    let (word, body) = match sent_back {
        None => ("通过", format!("第 {number} 版评审通过，可以发布了。")),
        Some(why) => ("退回", format!("第 {number} 版退回修改：{why}")),
    };
    let message = Message {
        push: push(author, NotificationKind::RevisionDecided, (title, format!("评审{word}")), now),
        title: format!("课程{word}了：{title}"),
        body,
        link: link(revision.course),
        dedupe_key: format!("revision-decided:{id}:{}", sent_back.is_none()),
    };
    inbox::tell(tx, vec![message], now).await
}

/// Tells people that a revision did not go live at the time that was chosen, and what to do.
pub async fn publication_held(
    tx: &DatabaseTransaction,
    revision: &RevisionName<'_>,
    what_to_do: &str,
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<()> {
    let RevisionName { id, title, number, .. } = revision;
    let at = now.timestamp_micros();
    let kind = NotificationKind::RevisionDecided;
    let message = |person: &PersonId| Message {
        push: push(*person, kind, (title, "没有按时发布".into()), now),
        title: format!("没有按时发布：{title}"),
        body: format!("第 {number} 版到了时间，但{what_to_do}"),
        link: link(revision.course),
        dedupe_key: format!("publication-held:{id}:{at}:{person}"),
    };
    inbox::tell(tx, people.iter().map(message).collect(), now).await
}

/// Tells those whose links wait to be looked at again, each once with how many there are.
pub async fn standard_changed(
    tx: &DatabaseTransaction,
    (version, name): (StandardVersionId, &str),
    owners: Vec<(PersonId, usize)>,
    now: DateTime<Utc>,
) -> Result<()> {
    let at = now.timestamp_micros();
    let message = |(person, links): (PersonId, usize)| Message {
        push: push(
            person,
            NotificationKind::StandardChanged,
            (name, format!("{links} 处引用要复审")),
            now,
        ),
        title: format!("标准有变动：{name}"),
        body: format!(
            "您链接的条款有 {links} 处要复审。请在管理台的标准仓逐处看，改写、确认或解除。"
        ),
        link: "/admin/standards".into(),
        dedupe_key: format!("standard-changed:{version}:{at}:{person}"),
    };
    inbox::tell(tx, owners.into_iter().map(message).collect(), now).await
}

fn push(
    person: PersonId,
    kind: NotificationKind,
    (what, words): (&str, String),
    now: DateTime<Utc>,
) -> Push {
    let day = time::local_date(now).format("%Y年%-m月%-d日").to_string();
    Push {
        person,
        kind,
        page: "pages/web/index?to=/me/inbox".into(),
        values: vec![what.to_owned(), words, day],
        worth_until: now + WORTH,
        sending: Sending::default(),
    }
}

fn link(course: CourseId) -> String {
    format!("/admin/courses/{course}/revisions")
}
