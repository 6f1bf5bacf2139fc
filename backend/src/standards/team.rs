//! 新标准影响我队 N 人: what a team leader hears of new versions, of the own people only.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use shared::{
    accounts::PersonCard,
    courses::CourseStatus,
    standards::{AffectedMember, TeamStandard, VersionStage},
    time::local_date,
};

use super::{
    affected::{courses_of, learners, links, touched},
    changes::Comparison,
    difference::Progress,
    entity::version,
    standing,
};
use crate::{Result, accounts::Reach};

/// What came into force longer ago is no news any more.
const NEWS: TimeDelta = TimeDelta::days(30);

/// The new versions that affect somebody within reach, the soonest in force first.
pub async fn list(
    db: &impl ConnectionTrait,
    reach: &Reach,
    now: DateTime<Utc>,
) -> Result<Vec<TeamStandard>> {
    let mut found = Vec::new();
    for version in news(db, now).await? {
        found.extend(of_version(db, reach, version).await?);
    }
    Ok(found)
}

/// What comes into force, or did lately, and took the place of another version.
async fn news(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<version::Model>> {
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

/// Nothing where the version demands nothing else, or nobody within reach is affected.
async fn of_version(
    db: &impl ConnectionTrait,
    reach: &Reach,
    version: version::Model,
) -> Result<Option<TeamStandard>> {
    // Whoever learned what nobody learns any more is affected all the same.
    let links = links(db, &Reach::everything(), &version).await?;
    if links.is_empty() {
        return Ok(None);
    }
    let comparison = Comparison::of(db, &version).await?;
    let touched = touched(&comparison.pairs());
    if !touched.values().any(|it| it.must) {
        return Ok(None);
    }
    let people = learners(db, reach, courses_of(&links, &touched)).await?;
    if people.is_empty() {
        return Ok(None);
    }
    let difference = Progress::of(db, &Reach::default(), &version).await?;
    let difference = difference.filter(|it| it.course.status == CourseStatus::Published);
    let member = |(person, _): (PersonCard, _)| AffectedMember {
        finished: difference.as_ref().is_some_and(|it| it.is_done_by(person.id)),
        name: person.name,
    };
    let mut people: Vec<_> = people.into_iter().map(member).collect();
    people.sort_by_key(|it| it.finished);
    let standards = standing::standards_of(db, [version.standard_id]).await?;
    let Some(standard) = standards.get(&version.standard_id) else { return Ok(None) };
    Ok(Some(TeamStandard {
        name: format!("{} {}", standing::name(standard, &version), standard.title),
        effective_on: version.effective_on,
        course: difference.map(|it| it.course.id),
        people,
    }))
}
