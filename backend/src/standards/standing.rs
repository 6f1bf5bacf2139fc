//! What standards and versions are called, and which of them somebody may see or change.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{LockType, SelectStatement},
};
use shared::{
    problem::Code,
    standards::{
        SearchKind, StandardId, StandardVersionId, VersionStage,
        console::{StandardVersion, VersionDetails},
    },
};

use super::{
    entity::{standard, version},
    search::Found,
};
use crate::{
    Result,
    accounts::Reach,
    courses,
    db::{Connection, Transaction},
    keys::hex,
};

/// What links hold on to and searches find: confirmed, and not withdrawn.
pub const LIVING: [VersionStage; 3] =
    [VersionStage::Upcoming, VersionStage::Current, VersionStage::UnderRevision];
/// What is in force.
pub const IN_FORCE: [VersionStage; 2] = [VersionStage::Current, VersionStage::UnderRevision];

/// A standard that somebody who reaches so far may change.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub async fn find_kept(db: &Connection, reach: &Reach, id: StandardId) -> Result<standard::Model> {
    let find = standard::Entity::find_by_id(id).filter(kept(reach));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

fn kept(reach: &Reach) -> Condition {
    Condition::all().add(reach.of_organization(standard::Column::OrganizationId))
}

/// A version of a standard that somebody who reaches so far may change.
///
/// # Errors
/// As [`find_kept`].
pub async fn find_kept_version(
    db: &Connection,
    reach: &Reach,
    id: StandardVersionId,
) -> Result<version::Model> {
    let found = by_id(db, id).await?;
    find_kept(db, reach, found.standard_id).await?;
    Ok(found)
}

/// A version that somebody who reaches so far may look at: every confirmed one, for the catalogue is
/// everybody's, and the proposals of what they keep.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub async fn find_seen(
    db: &Connection,
    reach: &Reach,
    id: StandardVersionId,
) -> Result<version::Model> {
    let found = by_id(db, id).await?;
    if found.confirmed_at.is_none() {
        find_kept(db, reach, found.standard_id).await?;
    }
    Ok(found)
}

/// On the table of versions: those that somebody who reaches so far may look at.
pub fn seen(reach: &Reach) -> Condition {
    let own = standard::Entity::find().select_only().column(standard::Column::Id);
    let own = own.filter(kept(reach)).into_query();
    Condition::any()
        .add(version::Column::ConfirmedAt.is_not_null())
        .add(version::Column::StandardId.in_subquery(own))
}

pub async fn by_id(db: &Connection, id: StandardVersionId) -> Result<version::Model> {
    Ok(version::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// A version that is about to be changed: whoever else wants to change one of the same standard waits,
/// for at most one of them is in force.
pub async fn lock(tx: &Transaction, id: StandardVersionId) -> Result<version::Model> {
    let standard = by_id(tx, id).await?.standard_id;
    standard::Entity::find_by_id(standard).lock(LockType::NoKeyUpdate).one(tx).await?;
    let found = version::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// Ids of the confirmed versions in one of these stages.
pub fn in_stages(stages: &[VersionStage]) -> SelectStatement {
    version::Entity::find()
        .select_only()
        .column(version::Column::Id)
        .filter(version::Column::ConfirmedAt.is_not_null())
        .filter(version::Column::Stage.is_in(stages.iter().copied()))
        .into_query()
}

/// `DB32/T 1234—2023`
pub fn name(standard: &standard::Model, version: &version::Model) -> String {
    format!("{}—{}", standard.number, version.label)
}

/// Standards by their ids.
pub async fn standards_of(
    db: &Connection,
    ids: impl IntoIterator<Item = StandardId>,
) -> Result<HashMap<StandardId, standard::Model>> {
    let found = standard::Entity::find().filter(standard::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|it| (it.id, it)).collect())
}

/// What versions are called.
pub async fn names(
    db: &Connection,
    ids: impl IntoIterator<Item = StandardVersionId>,
) -> Result<HashMap<StandardVersionId, String>> {
    let versions = version::Entity::find().filter(version::Column::Id.is_in(ids)).all(db).await?;
    let standards = standards_of(db, versions.iter().map(|it| it.standard_id)).await?;
    let name = |it: version::Model| Some((it.id, name(standards.get(&it.standard_id)?, &it)));
    Ok(versions.into_iter().filter_map(name).collect())
}

/// A version as somebody sees it who reaches so far.
pub fn shown(standard: &standard::Model, reach: &Reach, row: version::Model) -> StandardVersion {
    let small = |it: i32| u32::try_from(it).unwrap_or_default();
    StandardVersion {
        id: row.id,
        standard: row.standard_id,
        name: format!("{} {}", name(standard, &row), standard.title),
        details: VersionDetails {
            label: row.label,
            published_on: row.published_on,
            effective_on: row.effective_on,
            withdrawn_on: row.withdrawn_on,
        },
        stage: row.stage,
        import: row.import,
        done: small(row.done),
        total: small(row.total),
        message: row.message,
        revision: row.revision,
        file_name: row.file_name,
        file_hash: hex(&row.file_hash),
        clauses: small(row.clauses),
        musts: small(row.musts),
        supersedes: row.supersedes,
        confirmed_at: row.confirmed_at,
        editable: reach.has_owned(standard.organization_id),
    }
}

/// Where each text that was found belongs: to a standard, or to a course.
pub(super) async fn contexts(db: &Connection, found: &[Found]) -> Result<Vec<String>> {
    let is = |it: &Found, kind: SearchKind| it.kind == sea_orm::ActiveEnum::to_value(&kind);
    let of = |kind: SearchKind| found.iter().filter(move |it| is(it, kind)).map(|it| it.group_id);
    let standards = names(db, of(SearchKind::Clause).map(StandardVersionId)).await?;
    let lessons: Vec<_> = of(SearchKind::Lesson).map(shared::courses::CourseId).collect();
    let titles = courses::titles(db, &lessons).await?;
    let context = |it: &Found| {
        if is(it, SearchKind::Clause) {
            standards.get(&StandardVersionId(it.group_id)).cloned().unwrap_or_default()
        } else if is(it, SearchKind::Lesson) {
            titles.get(&shared::courses::CourseId(it.group_id)).cloned().unwrap_or_default()
        } else {
            String::new()
        }
    };
    Ok(found.iter().map(context).collect())
}
