//! 班组日报: once a day a team leader hears which of the own people have not started what they have
//! to do.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use shared::{
    accounts::{PersonCard, PersonId, Role},
    notifications::NotificationKind,
    time,
};

use super::{
    audience::end_of,
    entity::team_digest,
    inbox::{self, Message},
    push::{Push, Sending},
};
use crate::{
    App, Result,
    accounts::{Reach, people, reach_of},
    courses,
    db::Connection,
    learning,
};

/// What has been overdue for longer is no news any more.
const OVERDUE: TimeDelta = TimeDelta::days(30);
/// Courses and names that a message has room for; of the others it says how many there are.
const COURSES: usize = 2;
const NAMES: usize = 3;

/// A course, to whom it was given, and who of them has not started.
struct Open {
    title: String,
    waiting: HashMap<PersonId, NaiveDate>,
}

/// The part of it that concerns one team.
struct Line<'a> {
    title: &'a str,
    due_on: NaiveDate,
    people: Vec<&'a PersonCard>,
}

/// Tells all team leaders, if it is time and nobody has done it today. Safe to repeat every few
/// seconds, by several workers at once.
pub async fn tell_team_leaders(app: &App) -> Result<()> {
    let now = app.clock.now(app.db.read()).await?;
    tell_at(app, now).await
}

/// The same, at a time that is known.
pub async fn tell_at(app: &App, now: DateTime<Utc>) -> Result<()> {
    let Some(day) = app.config.team_digest_at.due(now) else { return Ok(()) };
    if team_digest::Entity::find_by_id(day).one(app.db.read()).await?.is_some() {
        return Ok(());
    }
    let messages = messages(app.db.read(), day).await?;
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let row = team_digest::ActiveModel { day: Set(day), made_at: Set(now) };
                let first = team_digest::Entity::insert(row)
                    .on_conflict(OnConflict::new().do_nothing().to_owned())
                    .exec_without_returning(tx)
                    .await?;
                if first == 1 { inbox::tell(tx, messages, now).await } else { Ok(()) }
            })
        })
        .await
}

async fn messages(db: &Connection, day: NaiveDate) -> Result<Vec<Message>> {
    let open = open(db, day).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let mut messages = Vec::new();
    for leader in people::list(db, &Reach::everything(), Some(Role::TeamLeader)).await? {
        let reach = reach_of(db, leader.id, Role::TeamLeader).await?;
        let mut team = people::list(db, &reach, None).await?;
        team.retain(|it| it.id != leader.id);
        messages.extend(message(leader.id, &lines(&open, &team), day));
    }
    Ok(messages)
}

/// Whatever somebody has to do and has not started.
async fn open(db: &Connection, day: NaiveDate) -> Result<Vec<Open>> {
    let mut open = Vec::new();
    for (course, title) in courses::assigned_since(db, day - OVERDUE).await? {
        let mut waiting = courses::assigned_to(db, course).await?;
        let begun = learning::reached_in(db, course).await?;
        waiting.retain(|person, _| !begun.contains_key(person));
        open.push(Open { title, waiting });
    }
    open.retain(|it| !it.waiting.is_empty());
    Ok(open)
}

/// The most urgent first.
fn lines<'a>(open: &'a [Open], team: &'a [PersonCard]) -> Vec<Line<'a>> {
    let line = |course: &'a Open| {
        let people: Vec<_> = team.iter().filter(|it| course.waiting.contains_key(&it.id)).collect();
        let due_on = people.iter().filter_map(|it| course.waiting.get(&it.id)).min().copied()?;
        Some(Line { title: &course.title, due_on, people })
    };
    let mut lines: Vec<_> = open.iter().filter_map(line).collect();
    lines.sort_by(|one, other| (one.due_on, one.title).cmp(&(other.due_on, other.title)));
    lines
}

fn message(leader: PersonId, lines: &[Line], day: NaiveDate) -> Option<Message> {
    let people: HashSet<_> = lines.iter().flat_map(|it| &it.people).map(|it| it.id).collect();
    let count = people.len();
    if count == 0 {
        return None;
    }
    Some(Message {
        push: Push {
            person: leader,
            kind: NotificationKind::TeamDigest,
            page: "pages/web/index?to=/team".into(),
            values: vec![
                "班组学习情况".into(),
                format!("{count} 人还没开始学必学课程"),
                day.format("%Y年%-m月%-d日").to_string(),
            ],
            worth_until: end_of(day),
            sending: Sending::default(),
        },
        title: format!("班组里 {count} 人还没开始学"),
        body: body(lines, day),
        link: "/team".into(),
        dedupe_key: format!("team-digest:{day}:{leader}"),
    })
}

fn body(lines: &[Line], day: NaiveDate) -> String {
    let mut parts: Vec<String> = lines.iter().take(COURSES).map(|it| sentence(it, day)).collect();
    let rest = lines.len().saturating_sub(COURSES);
    if rest > 0 {
        parts.push(format!("还有 {rest} 门课也有人没开始。"));
    }
    parts.concat()
}

fn sentence(line: &Line, day: NaiveDate) -> String {
    let names: Vec<&str> = line.people.iter().take(NAMES).map(|it| it.name.as_str()).collect();
    let (names, count) = (names.join("、"), line.people.len());
    let people = if count > NAMES { format!("{names}等 {count} 人") } else { names };
    let due = time::learn_by(line.due_on, day);
    format!("《{}》{people}，{due}。", line.title)
}

#[cfg(test)]
mod tests {
    use shared::accounts::PersonCard;
    use uuid::Uuid;

    use super::*;

    fn people(names: &[&str]) -> Vec<PersonCard> {
        let card = |(number, name): (u128, &&str)| PersonCard {
            id: PersonId(Uuid::from_u128(number)),
            name: (*name).into(),
            staff_number: format!("D{number}"),
            organization: String::new(),
            post: None,
        };
        (1..).zip(names).map(card).collect()
    }

    fn open(title: &str, due_on: &str, people: &[PersonCard]) -> Open {
        let due_on = due_on.parse().unwrap();
        Open { title: title.into(), waiting: people.iter().map(|it| (it.id, due_on)).collect() }
    }

    fn told(open: &[Open], team: &[PersonCard]) -> Option<(String, String)> {
        let day = "2026-11-25".parse().unwrap();
        let message = message(PersonId(Uuid::nil()), &lines(open, team), day)?;
        Some((message.title, message.body))
    }

    #[test]
    fn a_leader_hears_of_the_own_people_only_and_of_each_once() {
        let team = people(&["王秀英", "陈梅"]);
        let all = people(&["王秀英", "陈梅", "别班的人"]);
        let open = [open("会议室保洁", "2026-11-26", &all), open("消防", "2026-11-20", &all[1..2])];
        let (title, body) = told(&open, &team).unwrap();
        assert_eq!(title, "班组里 2 人还没开始学");
        assert_eq!(
            body,
            "《消防》陈梅，11月20日 周五就该学完。《会议室保洁》王秀英、陈梅，明天之前学完。"
        );
    }

    #[test]
    fn a_leader_whose_people_all_started_hears_nothing() {
        let [team, others] = [people(&["王秀英"]), people(&["", "陈梅"])];
        assert_eq!(told(&[open("消防", "2026-11-26", &others[1..])], &team), None);
        assert_eq!(told(&[], &team), None);
    }

    #[test]
    fn many_names_and_courses_are_counted_and_not_listed() {
        let team = people(&["甲", "乙", "丙", "丁", "戊", "己"]);
        let open: Vec<_> =
            ["一", "二", "三", "四", "五"].map(|it| open(it, "2026-11-26", &team)).into();
        let (_, body) = told(&open, &team).unwrap();
        assert!(body.contains("甲、乙、丙等 6 人"), "{body}");
        assert!(body.ends_with("还有 3 门课也有人没开始。"), "{body}");
        assert!(!body.contains('丁'), "{body}");
    }
}
