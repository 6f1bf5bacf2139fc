//! How far courses have come, as officers see it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    builds::{
        Artefact, ArtefactSlot, ArtefactState, BuildOwner, BuildStage, CourseBuild, CourseLink,
    },
    courses::{CourseId, CourseStatus},
    problem::Code,
};

use super::ladder;
use crate::{
    Result,
    accounts::people,
    courses::{
        entity::{course, course_artefact, course_build},
        gate,
        managed::Listed,
        revisions, visible,
    },
    db::Connection,
};

pub(super) async fn one(
    db: &Connection,
    course: course::Model,
    today: NaiveDate,
) -> Result<CourseBuild> {
    let mut found = of(db, vec![course.into()]).await?;
    with_waivers(db, &mut found, today).await?;
    Ok(found.pop().ok_or(Code::NotFound)?)
}

/// Says of each until when it may do without a light.
pub(super) async fn with_waivers(
    db: &Connection,
    builds: &mut [CourseBuild],
    today: NaiveDate,
) -> Result<()> {
    let ids: Vec<CourseId> = builds.iter().map(|it| it.course).collect();
    let until = gate::waived_until(db, &ids, today).await?;
    for build in builds {
        build.waived_until = until.get(&build.course).copied();
    }
    Ok(())
}

/// How far some courses have come, in their order.
pub(super) async fn of(db: &Connection, courses: Vec<Listed>) -> Result<Vec<CourseBuild>> {
    let ids: Vec<CourseId> = courses.iter().map(|it| it.id).collect();
    let mut said = said(db, &ids).await?;
    let mut artefacts = artefacts(db, &ids).await?;
    let mut needs = ladder::needs(db, Some(&ids)).await?;
    let open = revisions::open_states(db, &ids).await?;
    let owners = names(db, said.values().filter_map(|it| it.owner_id).collect()).await?;
    let needed: Vec<CourseId> = needs.values().flatten().copied().collect();
    let titles = visible::titles(db, &needed).await?;
    let link = |id| CourseLink { id, title: titles.get(&id).cloned().unwrap_or_default() };
    let owner = |id| BuildOwner { id, name: owners.get(&id).cloned().unwrap_or_default() };
    let build = |it: Listed| {
        let said = said.remove(&it.id);
        let needs = needs.remove(&it.id).unwrap_or_default();
        let slots = ArtefactSlot::ALL.iter();
        CourseBuild {
            stage: stage(&it, said.as_ref(), open.contains_key(&it.id)),
            owner: said.and_then(|it| it.owner_id).map(owner),
            prerequisites: needs.into_iter().map(link).collect(),
            artefacts: slots
                .map(|slot| artefact(*slot, artefacts.remove(&(it.id, *slot))))
                .collect(),
            course: it.id,
            title: it.title,
            level: it.level,
            category: it.category,
            status: it.status,
            waived_until: None,
        }
    };
    Ok(courses.into_iter().map(build).collect())
}

async fn said(
    db: &Connection,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, course_build::Model>> {
    let of_them = course_build::Column::CourseId.is_in(courses.iter().copied());
    let found = course_build::Entity::find().filter(of_them).all(db).await?;
    Ok(found.into_iter().map(|it| (it.course_id, it)).collect())
}

async fn artefacts(
    db: &Connection,
    courses: &[CourseId],
) -> Result<HashMap<(CourseId, ArtefactSlot), course_artefact::Model>> {
    let of_them = course_artefact::Column::CourseId.is_in(courses.iter().copied());
    let found = course_artefact::Entity::find().filter(of_them).all(db).await?;
    Ok(found.into_iter().map(|it| ((it.course_id, it.slot), it)).collect())
}

async fn names(db: &Connection, mut people: Vec<PersonId>) -> Result<HashMap<PersonId, String>> {
    people.sort_unstable();
    people.dedup();
    let cards = people::cards_of(db, people).await?;
    Ok(cards.into_iter().map(|it| (it.id, it.name)).collect())
}

/// The first four stages are as somebody said, the others as the revisions are. Where nobody has
/// said anything, lessons that are ready say that the course is being written.
fn stage(course: &Listed, said: Option<&course_build::Model>, open: bool) -> BuildStage {
    let changed = course.published_at.is_some_and(|at| course.updated_at > at);
    match course.status {
        CourseStatus::Retired => BuildStage::Retired,
        CourseStatus::Published if open || changed => BuildStage::Revising,
        CourseStatus::Published => BuildStage::Published,
        CourseStatus::Draft if open => BuildStage::Review,
        CourseStatus::Draft => said.map_or_else(|| unsaid(course.lessons), |it| it.stage),
    }
}

/// How far a course of so many lessons that are ready has come, where nobody has said.
pub(super) const fn unsaid(lessons: i32) -> BuildStage {
    if lessons > 0 { BuildStage::Writing } else { BuildStage::Proposed }
}

fn artefact(slot: ArtefactSlot, row: Option<course_artefact::Model>) -> Artefact {
    let Some(row) = row else {
        let (state, link, reason) = (ArtefactState::NotBegun, String::new(), String::new());
        return Artefact { slot, state, link, file: None, reason, updated_at: None };
    };
    let course_artefact::Model { state, link, media_id: file, reason, updated_at, .. } = row;
    Artefact { slot, state, link, file, reason, updated_at: Some(updated_at) }
}
