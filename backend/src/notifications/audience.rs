//! Who hears about what, and in which words.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use shared::{
    accounts::PersonId,
    authoring::AssignmentId,
    courses::{CourseId, LessonId},
    notifications::NotificationKind,
    time,
};
use uuid::Uuid;

use super::{
    account,
    inbox::{self, Message},
    push::{Push, Sending},
};
use crate::{App, Result, db::Transaction, training, training::StartingSoon};

/// How long before a session its people are reminded.
const REMIND_BEFORE: TimeDelta = TimeDelta::hours(1);

/// Tells people about a course they have to do.
pub async fn course_assigned(
    tx: &Transaction,
    assignment: AssignmentId,
    course: CourseId,
    title: &str,
    due_on: NaiveDate,
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<()> {
    let due = time::learn_by(due_on, time::local_date(now));
    let message = |person: &PersonId| Message {
        push: Push {
            person: *person,
            kind: NotificationKind::CourseAssigned,
            page: format!("pages/web/index?to=/courses/{course}"),
            values: vec![
                title.to_owned(),
                "新的必学课程，请按时学完".into(),
                due_on.format("%Y年%-m月%-d日").to_string(),
            ],
            worth_until: end_of(due_on),
            sending: Sending::default(),
        },
        title: format!("必学：{title}"),
        body: format!("请在{due}，手机上就能学。"),
        link: format!("/courses/{course}"),
        dedupe_key: format!("assignment:{assignment}:{person}"),
    };
    inbox::tell(tx, people.iter().map(message).collect(), now).await
}

/// The last instant of a local day.
pub(super) fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN);
    next.and_local_timezone(time::zone()).earliest().map(|it| it.to_utc()).unwrap_or_default()
}

/// Tells somebody that another WeChat is theirs now, in place of this one, or another entry in WeCom.
pub async fn wechat_changed(
    tx: &Transaction,
    person: PersonId,
    former: Uuid,
    in_wecom: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let app = if in_wecom { "企业微信" } else { "微信" };
    let message = Message {
        push: account::push(person, now),
        title: format!("您换了{app}号登录"),
        body: format!("原来的{app}已经退出登录。不是您本人换的，请马上告诉队长或培训办公室。"),
        link: "/me/sign-ins".into(),
        dedupe_key: format!("wechat-changed:{former}"),
    };
    inbox::tell(tx, vec![message], now).await
}

/// Tells somebody what an instructor answered.
pub async fn enquiry_answered(
    tx: &Transaction,
    person: PersonId,
    (enquiry, lesson): (Uuid, LessonId),
    answer: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let message = Message {
        push: Push {
            person,
            kind: NotificationKind::EnquiryAnswered,
            page: format!("pages/web/index?to=/lessons/{lesson}"),
            values: Vec::new(),
            worth_until: now,
            sending: Sending::default(),
        },
        title: "讲师答复了您的问题".into(),
        body: answer.to_owned(),
        link: format!("/lessons/{lesson}"),
        dedupe_key: format!("enquiry:{enquiry}"),
    };
    inbox::tell(tx, vec![message], now).await
}

/// Tells those who answer that a course was asked about, each at most once a day.
pub async fn enquiry_asked(
    tx: &Transaction,
    (course, title): (CourseId, &str),
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<()> {
    let day = time::local_date(now);
    let message = |person: &PersonId| Message {
        push: Push {
            person: *person,
            kind: NotificationKind::EnquiryAsked,
            page: "pages/web/index?to=/study/questions".into(),
            values: vec![
                title.to_owned(),
                "有学员提问，等您答复".into(),
                day.format("%Y年%-m月%-d日").to_string(),
            ],
            worth_until: end_of(day),
            sending: Sending::default(),
        },
        title: format!("有学员提问：{title}"),
        body: "请在“学员提问”里看看，答复了学员会收到消息。".into(),
        link: "/study/questions".into(),
        dedupe_key: format!("enquiry-asked:{course}:{day}:{person}"),
    };
    let untold = inbox::untold(tx, people.iter().map(message).collect()).await?;
    inbox::tell(tx, untold, now).await
}

/// Reminds those enrolled in sessions that start within the hour. Safe to repeat every few seconds:
/// each is told once, and where everybody was told already nothing is written.
pub async fn remind_of_sessions(app: &App) -> Result<()> {
    let now = app.clock.now(app.db.read()).await?;
    for session in training::starting_soon(app.db.read(), now, now + REMIND_BEFORE).await? {
        inbox::tell_untold(app, reminders(&session, now), now).await?;
    }
    Ok(())
}

fn reminders(session: &StartingSoon, now: DateTime<Utc>) -> Vec<Message> {
    let starts = time::local(session.starts_at);
    let message = |person: &PersonId| Message {
        push: Push {
            person: *person,
            kind: NotificationKind::SessionSoon,
            page: format!("pages/web/index?to=/sessions/{}", session.id),
            values: vec![
                session.title.clone(),
                starts.format("%Y年%-m月%-d日 %H:%M").to_string(),
                session.place.clone(),
            ],
            worth_until: session.starts_at,
            sending: Sending::default(),
        },
        title: format!("实训快开始了：{}", session.title),
        body: format!(
            "{}开始，地点：{}。到了请扫大屏幕上的码签到。",
            time::moment(session.starts_at, now),
            session.place
        ),
        link: format!("/sessions/{}", session.id),
        // A session that is put off is worth another reminder.
        dedupe_key: format!("session:{}:{}:{person}", session.id, session.starts_at.timestamp()),
    };
    session.people.iter().map(message).collect()
}
