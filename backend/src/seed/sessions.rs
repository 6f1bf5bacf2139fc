//! Plans sessions of the sample courses: one whose check-in is open when the demo starts, and others
//! on the next days.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use shared::{
    authoring::SessionDetails,
    bases::{BaseDetails, BaseKind, BaseState, TrainingBaseId},
    courses::CourseId,
    time,
};

use super::SeededCast;
use crate::{App, Result, accounts::Reach, audit::Actor, bases, db::Transaction, training};

/// Course folder, title, place, hours from the next round half hour, seats.
const SESSIONS: [(&str, &str, &str, i64, i32); 4] = [
    ("cleaning", "会议室保洁实训", "3号楼B2实训室（示例）", 0, 20),
    ("conference", "茶水服务实训", "1号楼302会议室（示例）", 24, 12),
    ("security", "灭火器实操", "北门广场（示例）", 48, 30),
    ("canteen", "生熟分开和留样实操", "机关食堂后厨（示例）", 72, 10),
];

/// Name, address, how far it is built; the first sessions take place there, in this order.
const BASES: [(&str, &str, BaseState); 2] = [
    ("标准化实训中心（示例）", "3号楼B2（示例）", BaseState::Running),
    ("会务实训基地（示例）", "1号楼302会议室（示例）", BaseState::Trial),
];

/// Plans the sessions; the first has some people enrolled.
pub(super) async fn plan(
    app: &App,
    cast: &SeededCast,
    courses: &HashMap<String, CourseId>,
) -> Result<()> {
    let (officer, instructor) = (cast.people["zhengming"], cast.people["wufang"]);
    let leader = cast.people["liuqiang"];
    let planned: Vec<_> = SESSIONS
        .into_iter()
        .map(|(slug, title, place, hours, seats)| (courses[slug], title, place, hours, seats))
        .collect();
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let mut bases = found(tx, now).await?.into_iter();
                for (course, title, place, hours, seats) in planned {
                    let starts_at = next_half_hour(now) + TimeDelta::hours(hours);
                    let details = SessionDetails {
                        title: title.into(),
                        course: Some(course),
                        base: bases.next(),
                        place: place.into(),
                        starts_at,
                        ends_at: starts_at + TimeDelta::hours(2),
                        instructor,
                        seats,
                        notes: "带工牌，穿工作服和防滑鞋。".into(),
                    };
                    let session = training::create(tx, details, Some(officer), None, now).await?;
                    if hours == 0 {
                        training::enroll(tx, session, leader, now).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

/// Founds the bases, which the whole bureau shares.
async fn found(tx: &Transaction, now: DateTime<Utc>) -> Result<Vec<TrainingBaseId>> {
    let mut ids = Vec::new();
    for (name, address, state) in BASES {
        let details = BaseDetails {
            name: name.into(),
            kind: BaseKind::Own,
            organization: None,
            address: address.into(),
            state,
        };
        ids.push(bases::add(tx, Actor::SYSTEM, &Reach::everything(), details, now).await?);
    }
    Ok(ids)
}

/// The next full or half hour, local time.
fn next_half_hour(now: DateTime<Utc>) -> DateTime<Utc> {
    let half_hour = 30 * 60;
    let past = time::local(now).timestamp().rem_euclid(half_hour);
    now + TimeDelta::seconds(half_hour - past)
        - TimeDelta::nanoseconds(i64::from(now.timestamp_subsec_nanos()))
}
