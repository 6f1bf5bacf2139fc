//! 新标准影响我队 N 人: what a team leader hears of new versions, of the own people only.
//!
//! Whoever leads a team looks at this each day, and most versions touch nobody of it: the database is asked
//! first what the own people learn, then for the clauses which that rests on, and whole versions are compared
//! only where nothing of those has to be done.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter};
use shared::{
    accounts::PersonCard,
    courses::CourseStatus,
    standards::{AffectedMember, TeamStandard, VersionStage},
    time::local_date,
};

use super::{
    affected::{self, AllTouched},
    difference::courses_of,
    entity::{link, version},
    standing,
};
use crate::{
    Result,
    accounts::{Reach, people},
    db::Connection,
    learning::Completion,
};

/// What came into force longer ago is no news any more.
const NEWS: TimeDelta = TimeDelta::days(30);

/// The new versions that affect somebody within reach, the soonest in force first.
pub async fn list(db: &Connection, reach: &Reach, now: DateTime<Utc>) -> Result<Vec<TeamStandard>> {
    let news = news(db, now).await?;
    if news.is_empty() {
        return Ok(Vec::new());
    }
    let standards = news.iter().map(|it| it.standard_id).collect();
    let links = affected::links_of_people(db, reach, standards).await?;
    let mut found = Vec::new();
    for version in news {
        if let Some(links) = links.get(&version.standard_id) {
            found.extend(of_version(db, reach, version, links).await?);
        }
    }
    Ok(found)
}

/// What comes into force, or did lately, and took the place of another version.
async fn news(db: &Connection, now: DateTime<Utc>) -> Result<Vec<version::Model>> {
    let since = now - NEWS;
    let effective = version::Column::EffectiveOn;
    let lately = Condition::any()
        .add(effective.gte(local_date(since)))
        .add(effective.is_null().and(version::Column::ConfirmedAt.gte(since)));
    let in_force =
        Condition::all().add(version::Column::Stage.is_in(standing::IN_FORCE)).add(lately);
    let stages =
        Condition::any().add(version::Column::Stage.eq(VersionStage::Upcoming)).add(in_force);
    let find = version::Entity::find()
        .filter(version::Column::ConfirmedAt.is_not_null())
        .filter(version::Column::Supersedes.is_not_null())
        .filter(stages);
    let mut found = find.all(db).await?;
    found.sort_by_key(|it| (it.effective_on.is_none(), it.effective_on, it.id));
    Ok(found)
}

/// Nothing where nobody within reach is affected, or the version demands nothing else.
async fn of_version(
    db: &Connection,
    reach: &Reach,
    version: version::Model,
    links: &[link::Model],
) -> Result<Option<TeamStandard>> {
    let keys: BTreeSet<_> = links.iter().map(|it| it.clause_key).collect();
    let touched = affected::touched_of(db, &version, keys).await?;
    let people = affected::people(db, reach, &version, (links, &touched)).await?;
    if people.is_empty() || !demands_otherwise(db, &version, &touched).await? {
        return Ok(None);
    }
    let mut courses = courses_of(db, reach, version.id).await?;
    courses.retain(|it| it.status == CourseStatus::Published);
    let own = people::on_post(reach);
    let mut done = Vec::new();
    for course in &courses {
        done.push(Completion::among(db, &own, course.id).await?);
    }
    let member = |(person, _): (PersonCard, _)| AffectedMember {
        finished: done.iter().any(|it| it.has(person.id)),
        name: person.name,
    };
    let mut people: Vec<_> = people.into_iter().map(member).collect();
    people.sort_by_key(|it| it.finished);
    let standards = standing::standards_of(db, [version.standard_id]).await?;
    let Some(standard) = standards.get(&version.standard_id) else { return Ok(None) };
    Ok(Some(TeamStandard {
        name: format!("{} {}", standing::name(standard, &version), standard.title),
        effective_on: version.effective_on,
        course: courses.first().map(|it| it.id),
        people,
    }))
}

/// Whether a version says otherwise what has to be done: some of what the own people learn, or else
/// anything.
async fn demands_otherwise(
    db: &Connection,
    version: &version::Model,
    own: &AllTouched,
) -> Result<bool> {
    if own.values().any(|it| it.must) {
        return Ok(true);
    }
    Ok(affected::all_touched(db, version).await?.values().any(|it| it.must))
}
