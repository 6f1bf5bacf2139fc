//! What those hear who answer for a course that was let pass without a light.

use chrono::{DateTime, NaiveDate, Utc};
use shared::{
    accounts::PersonId, courses::CourseId, gates::GateWaiverId, notifications::NotificationKind,
};

use super::{
    authoring::push,
    inbox::{self, Message},
};
use crate::{App, Result};

/// A waiver, as people call it.
pub struct WaiverName<'a> {
    pub id: GateWaiverId,
    pub course: CourseId,
    /// Of the course.
    pub title: &'a str,
    /// In words.
    pub lights: String,
    /// The last day on which it counts.
    pub until: NaiveDate,
}

/// Tells people that a waiver is about to end, or is over; each of the two once. Safe to repeat: where
/// everybody was told already nothing is written.
pub async fn waiver_ends(
    app: &App,
    waiver: &WaiverName<'_>,
    over: bool,
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<()> {
    let WaiverName { id, course, title, lights, until } = waiver;
    let until = until.format("%Y年%-m月%-d日");
    let (words, body) = if over {
        let body = format!(
            "{lights}的豁免到 {until} 为止，已经过了。请把缺的补上，或者再办一次豁免；再发布新的一版以前一定要做。"
        );
        ("五化豁免到期了", body)
    } else {
        let body =
            format!("{lights}的豁免到 {until} 为止。请在那以前把缺的补上，来不及的再办一次。");
        ("五化豁免快到期", body)
    };
    let kind = NotificationKind::RevisionWaiting;
    let message = |person: &PersonId| Message {
        push: push(*person, kind, (title, words.into()), now),
        title: format!("{words}：{title}"),
        body: body.clone(),
        link: format!("/admin/courses/{course}/gate"),
        dedupe_key: format!("waiver-ends:{id}:{over}:{person}"),
    };
    inbox::tell_untold(app, people.iter().map(message).collect(), now).await
}
