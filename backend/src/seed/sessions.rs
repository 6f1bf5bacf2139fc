//! Plans sessions of the sample courses: one whose check-in is open when the demo starts, and others
//! on the next days.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use shared::{authoring::SessionDetails, courses::CourseId, time};

use super::SeededCast;
use crate::{App, Result, training};

/// Course folder, title, place, hours from the next round half hour, seats.
const SESSIONS: [(&str, &str, &str, i64, i32); 4] = [
    ("cleaning", "会议室保洁实训", "3号楼B2实训室（示例）", 0, 20),
    ("conference", "茶水服务实训", "1号楼302会议室（示例）", 24, 12),
    ("security", "灭火器实操", "北门广场（示例）", 48, 30),
    ("canteen", "生熟分开和留样实操", "机关食堂后厨（示例）", 72, 10),
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
                for (course, title, place, hours, seats) in planned {
                    let starts_at = next_half_hour(now) + TimeDelta::hours(hours);
                    let details = SessionDetails {
                        title: title.into(),
                        course: Some(course),
                        base: None,
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

/// The next full or half hour, local time.
fn next_half_hour(now: DateTime<Utc>) -> DateTime<Utc> {
    let half_hour = 30 * 60;
    let past = time::local(now).timestamp().rem_euclid(half_hour);
    now + TimeDelta::seconds(half_hour - past)
        - TimeDelta::nanoseconds(i64::from(now.timestamp_subsec_nanos()))
}
