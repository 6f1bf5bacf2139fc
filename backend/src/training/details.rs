//! What an officer may enter for a session.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use shared::{
    authoring::SessionDetails,
    problem::{Code, Problem},
};

use crate::{Result, accounts::people, courses, db::Connection};

/// Characters of a title or place.
const SHORT_TEXT: usize = 60;
/// Characters of the notes.
const NOTES: usize = 500;
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// How far ahead a session can be planned; beyond it, somebody mistyped the year.
const HORIZON: TimeDelta = TimeDelta::days(2 * 366);
/// Officers enter whole minutes, so the present minute is not yet the past.
const PRESENT: TimeDelta = TimeDelta::minutes(1);

/// Whether a session is being made or changed: only one that is made must start in the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    New,
    Change,
}

/// The details with their texts trimmed and their times in whole seconds.
///
/// # Errors
/// `invalid_request` naming every field that has to be changed.
pub(super) async fn check(
    db: &Connection,
    details: SessionDetails,
    kind: Kind,
    now: DateTime<Utc>,
) -> Result<SessionDetails> {
    let details = tidy(&details);
    let mut problem = own_problems(&details, kind, now);
    if !people::may_teach(db, details.instructor, details.course).await? {
        problem = problem.field("details.instructor", "请选一位能讲这门课的讲师");
    }
    if let Some(course) = details.course
        && !exists(courses::title(db, course).await)?
    {
        problem = problem.field("details.course", "没有这门课程，请重新选择");
    }
    if problem.fields.is_empty() { Ok(details) } else { Err(problem.into()) }
}

fn exists(title: Result<String>) -> Result<bool> {
    match title {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some(Code::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

fn tidy(details: &SessionDetails) -> SessionDetails {
    SessionDetails {
        title: one_line(&details.title),
        place: one_line(&details.place),
        notes: lines(&details.notes),
        starts_at: details.starts_at.trunc_subsecs(0),
        ends_at: details.ends_at.trunc_subsecs(0),
        ..details.clone()
    }
}

/// Without what cannot be seen, and without blanks around it.
pub(super) fn one_line(text: &str) -> String {
    let visible = text.chars().map(|it| if it.is_whitespace() { ' ' } else { it });
    visible.filter(|it| !it.is_control()).collect::<String>().trim().to_owned()
}

fn lines(text: &str) -> String {
    let visible = text.chars().filter(|it| *it == '\n' || !it.is_control());
    visible.collect::<String>().trim().to_owned()
}

/// What is wrong with the details whatever the database holds.
fn own_problems(details: &SessionDetails, kind: Kind, now: DateTime<Utc>) -> Problem {
    let mut problem = Problem::from(Code::InvalidRequest);
    let mut refuse = |wrong: bool, field: &str, message: &str| {
        if wrong {
            problem = problem.clone().field(format!("details.{field}"), message);
        }
    };
    for (field, text, missing) in
        [("title", &details.title, "请写上场次名称"), ("place", &details.place, "请写上实训地点")]
    {
        refuse(text.is_empty(), field, missing);
        refuse(text.chars().count() > SHORT_TEXT, field, "太长了，不超过 60 个字");
    }
    refuse(details.notes.chars().count() > NOTES, "notes", "太长了，不超过 500 个字");
    refuse(!(1..=1000).contains(&details.seats), "seats", "名额请填 1 到 1000");
    if let Some((field, message)) = time_problems(details, kind, now) {
        refuse(true, field, message);
    }
    problem
}

fn time_problems(
    details: &SessionDetails,
    kind: Kind,
    now: DateTime<Utc>,
) -> Option<(&'static str, &'static str)> {
    let SessionDetails { starts_at, ends_at, .. } = *details;
    if kind == Kind::New && starts_at <= now - PRESENT {
        Some(("starts_at", "开始时间已经过去了，请改到以后"))
    } else if starts_at > now + HORIZON {
        Some(("starts_at", "最多提前两年安排，请检查年份"))
    } else if ends_at <= starts_at {
        Some(("ends_at", "结束时间要晚于开始时间"))
    } else if ends_at - starts_at > LONGEST {
        Some(("ends_at", "一场最长 12 小时，请分成几场"))
    } else if ends_at <= now {
        Some(("ends_at", "结束时间已经过去了，请改到以后"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use shared::accounts::PersonId;
    use uuid::Uuid;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T06:00:30.5Z".parse().unwrap()
    }

    fn good() -> SessionDetails {
        SessionDetails {
            title: "会议室保洁实训".into(),
            course: None,
            base: None,
            place: "3 号楼 B2".into(),
            starts_at: "2026-11-23T06:00:00Z".parse().unwrap(),
            ends_at: "2026-11-23T18:00:00Z".parse().unwrap(),
            instructor: PersonId(Uuid::now_v7()),
            seats: 1000,
            notes: "带工牌\n穿防滑鞋".into(),
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_session_of_twelve_hours_may_begin_this_very_minute() {
        assert_eq!(own_problems(&good(), Kind::New, now()).fields, []);
    }

    #[rstest]
    #[case("title", SessionDetails { title: String::new(), ..good() })]
    #[case("title", SessionDetails { title: "长".repeat(61), ..good() })]
    #[case("place", SessionDetails { place: String::new(), ..good() })]
    #[case("place", SessionDetails { place: "长".repeat(61), ..good() })]
    #[case("notes", SessionDetails { notes: "长".repeat(501), ..good() })]
    #[case("seats", SessionDetails { seats: 0, ..good() })]
    #[case("seats", SessionDetails { seats: 1001, ..good() })]
    #[case("starts_at", SessionDetails { starts_at: at("2026-11-23T05:59:30Z"), ..good() })]
    #[case("starts_at", SessionDetails { starts_at: at("2029-01-01T00:00:00Z"), ..good() })]
    #[case("starts_at", SessionDetails { starts_at: DateTime::<Utc>::MIN_UTC, ..good() })]
    #[case("starts_at", SessionDetails { starts_at: DateTime::<Utc>::MAX_UTC, ..good() })]
    #[case("ends_at", SessionDetails { ends_at: at("2026-11-23T06:00:00Z"), ..good() })]
    #[case("ends_at", SessionDetails { ends_at: at("2026-11-23T18:00:01Z"), ..good() })]
    #[case("ends_at", SessionDetails { ends_at: DateTime::<Utc>::MIN_UTC, ..good() })]
    #[case("ends_at", SessionDetails { ends_at: DateTime::<Utc>::MAX_UTC, ..good() })]
    fn what_is_wrong_is_named(#[case] field: &str, #[case] details: SessionDetails) {
        let problem = own_problems(&tidy(&details), Kind::New, now());
        let named: Vec<_> = problem.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(named, [format!("details.{field}")]);
    }

    #[test]
    fn a_session_under_way_may_be_changed_but_not_moved_into_the_past() {
        let later = at("2026-11-23T12:00:00Z");
        assert_eq!(own_problems(&good(), Kind::Change, later).fields, []);
        let ended = own_problems(&good(), Kind::Change, at("2026-11-24T00:00:00Z"));
        assert_eq!(ended.fields[0].field, "details.ends_at");
    }

    #[test]
    fn what_cannot_be_seen_is_not_kept() {
        let details = SessionDetails {
            title: " 会议\n室\0 ".into(),
            notes: "\u{7}带工牌\n穿\0防滑鞋\n ".into(),
            ..good()
        };
        let tidied = tidy(&details);
        assert_eq!((tidied.title.as_str(), tidied.notes.as_str()), ("会议 室", "带工牌\n穿防滑鞋"));
        assert_eq!(one_line("\u{3000} \n"), "");
    }
}
