//! Whether a message goes through WeChat now, later or not at all, and to whom.

use chrono::{DateTime, TimeDelta, Utc};
use shared::{deliveries::SkipReason, notifications::NotificationKind};

use super::{Push, catalogue, credits, settings};
use crate::{App, Result, accounts::people, config::QuietHours, wechat::SubscribeMessage};

/// A session that starts so soon is told of at any hour.
const SOON: TimeDelta = TimeDelta::hours(2);
/// Until it is looked again whether a template was mended.
const MENDING: TimeDelta = TimeDelta::minutes(10);

/// Where a message goes.
pub(super) enum Address {
    To(String, SubscribeMessage),
    /// Only into the inbox, where it is already.
    Nobody(SkipReason),
    Later(DateTime<Utc>, &'static str),
}

pub(super) async fn address(app: &App, push: &Push, now: DateTime<Utc>) -> Result<Address> {
    let (db, wechat) = (app.db.read(), &app.config.wechat);
    let Some(template) = credits::template(wechat, push.kind) else {
        return Ok(Address::Nobody(SkipReason::NoTemplate));
    };
    if push.is_expired(now) {
        return Ok(Address::Nobody(SkipReason::Expired));
    }
    if settings::switched_off(db, push.person, push.kind).await? {
        return Ok(Address::Nobody(SkipReason::SwitchedOff));
    }
    let Some(openid) = people::openid(db, push.person, &wechat.mini_app_id).await? else {
        return Ok(Address::Nobody(SkipReason::NotBound));
    };
    if let Some(end) = held_until(app.config.quiet_hours, push, now) {
        return Ok(Address::Later(end, "it is too late or too early in the day"));
    }
    if catalogue::is_unfit(db, push.kind, template).await? {
        return Ok(Address::Later(now + MENDING, "the template does not fit"));
    }
    let keys = catalogue::keys(push.kind).map(str::to_owned);
    let message = SubscribeMessage {
        template_id: template.to_owned(),
        page: Some(push.page.clone()),
        data: keys.into_iter().zip(push.values.clone()).collect(),
    };
    Ok(Address::To(openid, message))
}

/// The end of the quiet hours, if it is worth waiting for: what would be over by then is said at once.
fn held_until(quiet: QuietHours, push: &Push, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let end = quiet.end(now)?;
    let starts_soon = push.kind == NotificationKind::SessionSoon && push.worth_until - now <= SOON;
    (!starts_soon && end < push.worth_until).then_some(end)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use shared::{accounts::PersonId, time};
    use uuid::Uuid;

    use super::*;
    use crate::notifications::Sending;

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-{text}:00+08:00").parse().unwrap()
    }

    #[rstest]
    #[case::by_day(NotificationKind::CourseAssigned, "25T20:59", "30T00:00", None)]
    #[case::at_night(NotificationKind::CourseAssigned, "25T21:00", "30T00:00", Some("26T07:00"))]
    #[case::before_dawn(NotificationKind::CourseAssigned, "26T05:00", "30T00:00", Some("26T07:00"))]
    #[case::over_by_then(NotificationKind::CourseAssigned, "25T22:00", "26T00:00", None)]
    #[case::over_just_then(NotificationKind::CourseAssigned, "25T22:00", "26T07:00", None)]
    #[case::session_soon(NotificationKind::SessionSoon, "26T06:30", "26T08:30", None)]
    #[case::session_later(NotificationKind::SessionSoon, "26T06:30", "26T08:31", Some("26T07:00"))]
    fn what_can_wait_waits_for_the_morning(
        #[case] kind: NotificationKind,
        #[case] now: &str,
        #[case] worth_until: &str,
        #[case] held: Option<&str>,
    ) {
        let push = Push {
            person: PersonId(Uuid::nil()),
            kind,
            page: String::new(),
            values: Vec::new(),
            worth_until: at(worth_until),
            sending: Sending::default(),
        };
        let quiet = "21:00-07:00".parse().unwrap();
        let until = held_until(quiet, &push, at(now));
        let until = until.map(|it| time::local(it).format("%dT%H:%M").to_string());
        assert_eq!(until.as_deref(), held);
    }
}
