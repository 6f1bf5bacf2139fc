//! What those hear who write, check and review: of a revision that waits for them or was decided
//! about, and of clauses that changed under their links.

use chrono::{DateTime, TimeDelta, Utc};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    notifications::NotificationKind,
    revisions::RevisionId,
    standards::{ClauseLinkId, StandardId, StandardVersionId},
    time,
};

use super::{
    inbox::{self, Message},
    push::{Push, Sending},
};
use crate::{Result, db::Transaction};

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
    tx: &Transaction,
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
    tx: &Transaction,
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
    tx: &Transaction,
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

/// Tells people that a publication that was planned does not take place, and where to go from there.
pub async fn publication_called_off(
    tx: &Transaction,
    revision: &RevisionName<'_>,
    (why, was_at): (&str, DateTime<Utc>),
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<()> {
    let RevisionName { id, title, number, .. } = revision;
    let (kind, at) = (NotificationKind::RevisionDecided, time::moment(was_at, now));
    let off = now.timestamp_micros();
    let message = |person: &PersonId| Message {
        push: push(*person, kind, (title, "定时发布取消了".into()), now),
        title: format!("定时发布取消了：{title}"),
        body: format!("第 {number} 版原定 {at} 发布。{why}"),
        link: link(revision.course),
        dedupe_key: format!("publication-off:{id}:{off}:{person}"),
    };
    inbox::tell(tx, people.iter().map(message).collect(), now).await
}

/// Tells those whose links wait to be looked at again, each once with how many there are.
pub async fn standard_changed(
    tx: &Transaction,
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
            "您链接的条款有 {links} 处要复审。请在管理台的标准仓逐处看，改写、确认或解除；\
             条款没改的，在新版本那一页一次就能移过去。"
        ),
        link: "/admin/standards".into(),
        dedupe_key: format!("standard-changed:{version}:{at}:{person}"),
    };
    inbox::tell(tx, owners.into_iter().map(message).collect(), now).await
}

/// Tells people that links of a standard wait for one of them to review them; once a day, however many
/// are submitted.
pub async fn links_wait(
    tx: &Transaction,
    (standard, name): (StandardId, &str),
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<()> {
    let (day, kind) = (time::local_date(now), NotificationKind::RevisionWaiting);
    let message = |person: &PersonId| Message {
        push: push(*person, kind, (name, "条款链接等您复核".into()), now),
        title: format!("条款链接等您复核：{name}"),
        body: "请在管理台对照条款和课程里的那一处，通过或者退回。同一个标准一天只提醒一次。".into(),
        link: format!("/admin/standards/links?standard={standard}&state=in_review"),
        dedupe_key: format!("links-wait:{standard}:{day}:{person}"),
    };
    inbox::tell(tx, people.iter().map(message).collect(), now).await
}

/// Tells the author that a link came back, and why.
pub async fn link_returned(
    tx: &Transaction,
    (id, name): (ClauseLinkId, &str),
    (why, standard): (&str, StandardId),
    author: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let kind = NotificationKind::RevisionDecided;
    let message = Message {
        push: push(author, kind, (name, "条款链接退回".into()), now),
        title: format!("条款链接退回了：{name}"),
        body: format!("请改好再提交。退回的原因：{why}"),
        link: format!("/admin/standards/links?standard={standard}&state=draft"),
        dedupe_key: format!("link-returned:{id}:{}", now.timestamp_micros()),
    };
    inbox::tell(tx, vec![message], now).await
}

/// Tells whoever sent an artefact of a course for approval that it came back, and why.
pub async fn artefact_returned(
    tx: &Transaction,
    (course, title): (CourseId, &str),
    (artefact, why): (&str, &str),
    sender: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let words = format!("{artefact}退回");
    let message = Message {
        push: push(sender, NotificationKind::RevisionDecided, (title, words), now),
        title: format!("{artefact}退回了：{title}"),
        body: format!("请改好再送审。退回的原因：{why}"),
        link: "/admin/courses/builds".into(),
        dedupe_key: format!("artefact-returned:{course}:{artefact}:{}", now.timestamp_micros()),
    };
    inbox::tell(tx, vec![message], now).await
}

pub(super) fn push(
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
