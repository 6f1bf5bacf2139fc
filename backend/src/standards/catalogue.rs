//! The standards that are known, each with its versions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{
    accounts::PersonId,
    organizations::OrganizationId,
    problem::{Code, Problem},
    standards::{StandardId, VersionStage, console::*},
};
use uuid::Uuid;

use super::{
    entity::{link, standard, version},
    standing,
};
use crate::{
    Result,
    accounts::Reach,
    courses,
    db::{Connection, Transaction, like},
    error::OnUnique,
    roster::tidy,
};

/// Every standard that has anything the caller may look at.
pub async fn list(
    db: &Connection,
    reach: &Reach,
    request: ListStandards,
) -> Result<Vec<StandardCard>> {
    let mut find = standard::Entity::find().order_by_asc(standard::Column::Number);
    if let Some(level) = request.level {
        find = find.filter(standard::Column::Level.eq(level));
    }
    if let Some(words) = request.search.map(|it| tidy(&it)).filter(|it| !it.is_empty()) {
        let has = |column| like::has((standard::Entity, column), &words);
        let says = Condition::any()
            .add(has(standard::Column::Number))
            .add(has(standard::Column::Title))
            .add(has(standard::Column::Organization));
        find = find.filter(says);
    }
    let found = find.all(db).await?;
    let seen = version::Entity::find()
        .filter(standing::seen(reach))
        .order_by_desc(version::Column::CreatedAt)
        .all(db)
        .await?;
    let mut versions = HashMap::<StandardId, Vec<version::Model>>::new();
    for version in seen {
        versions.entry(version.standard_id).or_default().push(version);
    }
    let stale = stale_links(db, reach).await?;
    let card = |it: standard::Model| {
        let theirs = versions.remove(&it.id).unwrap_or_default();
        let kept = reach.has_owned(it.organization_id);
        (kept || !theirs.is_empty()).then(|| StandardCard {
            id: it.id,
            proposal: theirs.iter().any(|it| it.confirmed_at.is_none()),
            stale: stale.get(&it.id).copied().unwrap_or_default(),
            version: foremost(theirs).map(|version| standing::shown(&it, reach, version)),
            details: it.into(),
        })
    };
    Ok(found.into_iter().filter_map(card).collect())
}

/// What is in force, else the newest that is confirmed, else the newest.
fn foremost(versions: Vec<version::Model>) -> Option<version::Model> {
    let rank =
        |it: &version::Model| (!standing::IN_FORCE.contains(&it.stage), it.confirmed_at.is_none());
    // Of equals the first, which is the newest.
    versions.into_iter().min_by_key(rank)
}

/// How many links wait to be looked at again of the courses that somebody may change.
async fn stale_links(db: &Connection, reach: &Reach) -> Result<HashMap<StandardId, u32>> {
    let counts: Vec<(StandardId, i64)> = link::Entity::find()
        .select_only()
        .column(link::Column::StandardId)
        .column_as(link::Column::Id.count(), "links")
        .filter(link::Column::State.eq(LinkState::Stale))
        .filter(link::Column::CourseId.in_subquery(courses::managed_ids(reach)))
        .group_by(link::Column::StandardId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(id, it)| (id, u32::try_from(it).unwrap_or_default())).collect())
}

/// One standard with the versions that the caller may look at.
///
/// # Errors
/// `not_found`, whether there is none to look at or it does not exist.
pub async fn show(db: &Connection, reach: &Reach, id: StandardId) -> Result<Standard> {
    let found = standard::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    let versions = version::Entity::find()
        .filter(version::Column::StandardId.eq(id))
        .filter(standing::seen(reach))
        .order_by_desc(version::Column::CreatedAt)
        .all(db)
        .await?;
    let editable = reach.has_owned(found.organization_id);
    if !editable && versions.is_empty() {
        return Err(Code::NotFound.into());
    }
    let versions = versions.into_iter().map(|it| standing::shown(&found, reach, it)).collect();
    Ok(Standard { id, editable, versions, details: found.into() })
}

pub async fn add(
    tx: &Transaction,
    details: StandardDetails,
    (owner, by): (Option<OrganizationId>, Option<PersonId>),
    now: DateTime<Utc>,
) -> Result<StandardId> {
    let StandardDetails { number, title, level, organization } = checked(details)?;
    let id = StandardId(Uuid::now_v7());
    let row = standard::ActiveModel {
        id: Set(id),
        number: Set(number),
        title: Set(title),
        level: Set(level),
        organization: Set(organization),
        organization_id: Set(owner),
        created_by: Set(by),
        created_at: Set(now),
    };
    standard::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .on_unique(Code::StandardExists)?;
    Ok(id)
}

pub async fn save(tx: &Transaction, id: StandardId, details: StandardDetails) -> Result<()> {
    let StandardDetails { number, title, level, organization } = checked(details)?;
    let row = standard::ActiveModel {
        id: Unchanged(id),
        number: Set(number),
        title: Set(title),
        level: Set(level),
        organization: Set(organization),
        ..Default::default()
    };
    row.update(tx).await.on_unique(Code::StandardExists)?;
    Ok(())
}

fn checked(details: StandardDetails) -> Result<StandardDetails> {
    let StandardDetails { number, title, level, organization } = details;
    let (number, title, organization) = (tidy(&number), tidy(&title), tidy(&organization));
    let mut problem = Problem::from(Code::InvalidRequest);
    for (field, text, least, most) in [
        ("details.number", &number, 1, 40),
        ("details.title", &title, 1, 100),
        ("details.organization", &organization, 0, 60),
    ] {
        let length = text.chars().count();
        if length < least {
            problem = problem.field(field, "请填写这一项");
        } else if length > most {
            problem = problem.field(field, format!("最多 {most} 个字"));
        }
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    Ok(StandardDetails { number, title, level, organization })
}

/// The newest confirmed version of a standard, which a new one comes after.
pub async fn latest(db: &Connection, id: StandardId) -> Result<Option<version::Model>> {
    let find = version::Entity::find()
        .filter(version::Column::StandardId.eq(id))
        .filter(version::Column::ConfirmedAt.is_not_null())
        .filter(version::Column::Stage.ne(VersionStage::Consultation))
        .order_by_desc(version::Column::ConfirmedAt);
    Ok(find.one(db).await?)
}
