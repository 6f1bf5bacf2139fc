//! Whoever answers for a course hears when a waiver of its lights is about to end, and when it has.

use chrono::{DateTime, Days, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{accounts::PersonId, courses::CourseStatus, gates::GateLight, time::local_date};

use super::{labels, lights_of, red, shown};
use crate::db::Connection;
use crate::{
    App, Result,
    courses::{
        entity::{
            course, course_build,
            gate_waiver::{Column, Entity, Model},
        },
        managed, officers,
    },
    notifications::{self, WaiverName},
};

/// So many days before, and not longer than so many after.
const WINDOW: Days = Days::new(7);

/// Tells of every waiver that ends within a week or has ended within the last; each once. Safe to
/// repeat: where everybody was told already nothing is written.
pub async fn remind_of_waivers(app: &App) -> Result<()> {
    let now = app.clock.now(app.db.read()).await?;
    let today = local_date(now);
    let ending = Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresOn.between(today - WINDOW, today + WINDOW));
    for row in ending.all(app.db.read()).await? {
        remind(app, row, now).await?;
    }
    Ok(())
}

async fn remind(app: &App, row: Model, now: DateTime<Utc>) -> Result<()> {
    let db = app.db.read();
    let course = managed::by_id(db, row.course_id).await?;
    if course.removed_at.is_some() || course.status == CourseStatus::Retired {
        return Ok(());
    }
    let lights = held_up(db, &course, &row).await?;
    if lights.is_empty() {
        return Ok(());
    }
    let people = who_answer(db, &row).await?;
    let waiver = WaiverName {
        id: row.id,
        course: row.course_id,
        title: &course.title,
        lights: labels(&lights).join("、"),
        until: row.expires_on,
    };
    let over = row.expires_on < local_date(now);
    notifications::waiver_ends(app, &waiver, over, &people, now).await
}

/// The lights of a waiver that are red and that no later one waives.
async fn held_up(db: &Connection, course: &course::Model, row: &Model) -> Result<Vec<GateLight>> {
    let others = Entity::find()
        .filter(Column::CourseId.eq(course.id))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresOn.gt(row.expires_on));
    let others = others.all(db).await?;
    let renewed = |light: &GateLight| others.iter().any(|it| it.lights.0.contains(light));
    let (_, document) = shown::coming(db, course).await?;
    let red = red(&lights_of(db, course.id, &document).await?);
    let held_up = red.into_iter().filter(|it| row.lights.0.contains(it) && !renewed(it));
    Ok(held_up.collect())
}

/// The owner of the course and whoever let it pass, where they may still change it; else everybody who
/// may.
async fn who_answer(db: &Connection, row: &Model) -> Result<Vec<PersonId>> {
    let build = course_build::Entity::find_by_id(row.course_id).one(db).await?;
    let owner = build.and_then(|it| it.owner_id);
    let officers = officers(db, row.course_id).await?;
    let answers = |it: &PersonId| *it == row.granted_by || Some(*it) == owner;
    let answering: Vec<PersonId> = officers.iter().copied().filter(answers).collect();
    Ok(if answering.is_empty() { officers } else { answering })
}
