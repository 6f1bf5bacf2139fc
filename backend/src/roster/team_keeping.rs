//! How teams are kept: new ones, other names, and which are in use.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use shared::{
    grants::ScopeKind,
    organizations::{OrganizationId, keeping::TeamNode},
    problem::{Code, Problem},
    roster::{Team, TeamId},
};
use uuid::Uuid;

use super::entity::{particulars, team};
use crate::{
    Result,
    accounts::{self, Reach, entity::person},
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
    error::OnUnique,
};

/// Every team by name, and whose it is.
pub async fn nodes(db: &Connection) -> Result<Vec<(OrganizationId, TeamNode)>> {
    let counted: Vec<(TeamId, i64)> = particulars::Entity::find()
        .select_only()
        .column(particulars::Column::TeamId)
        .column_as(particulars::Column::PersonId.count(), "people")
        .filter(particulars::Column::TeamId.is_not_null())
        .filter(particulars::Column::PersonId.in_subquery(on_post()))
        .group_by(particulars::Column::TeamId)
        .into_tuple()
        .all(db)
        .await?;
    let people: HashMap<_, _> = counted.into_iter().collect();
    let node = |it: team::Model| {
        let count = people.get(&it.id).copied().unwrap_or_default();
        let node = TeamNode {
            id: it.id,
            name: it.name,
            version: it.version,
            closed: it.closed_at.is_some(),
            people: u32::try_from(count).unwrap_or(u32::MAX),
        };
        (it.organization_id, node)
    };
    let find = team::Entity::find().order_by_asc(team::Column::Name);
    Ok(find.all(db).await?.into_iter().map(node).collect())
}

fn on_post() -> sea_orm::sea_query::SelectStatement {
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Active.eq(true))
        .into_query()
}

/// How many teams of an organisation are not closed.
pub async fn open_teams(db: &Connection, of: OrganizationId) -> Result<u64> {
    let find = team::Entity::find()
        .filter(team::Column::OrganizationId.eq(of))
        .filter(team::Column::ClosedAt.is_null());
    Ok(find.count(db).await?)
}

/// A team of an organisation in reach.
async fn find(db: &Connection, reach: &Reach, id: TeamId) -> Result<team::Model> {
    let within = reach.of_organization(team::Column::OrganizationId);
    Ok(team::Entity::find_by_id(id).filter(within).one(db).await?.ok_or(Code::NotFound)?)
}

/// Whose a team in reach is.
///
/// # Errors
/// `not_found`
pub async fn organization_of_team(
    db: &Connection,
    reach: &Reach,
    id: TeamId,
) -> Result<OrganizationId> {
    Ok(find(db, reach, id).await?.organization_id)
}

/// Adds a team; the name must be new in its organisation.
///
/// # Errors
/// `invalid_request`
pub async fn add_team(
    tx: &Transaction,
    actor: Actor,
    of: OrganizationId,
    name: String,
    now: DateTime<Utc>,
) -> Result<Team> {
    refuse_taken(tx, of, &name, None).await?;
    let row = team::ActiveModel {
        id: Set(TeamId(Uuid::now_v7())),
        organization_id: Set(of),
        name: Set(name),
        version: Set(1),
        created_at: Set(now),
        closed_at: Set(None),
    };
    let added = row.insert(tx).await.on_unique(Code::InvalidRequest)?;
    audit::record(tx, &actor.did(Event::TeamAdded, added.id).within(of), now).await?;
    Ok(added.into())
}

async fn refuse_taken(
    db: &Connection,
    of: OrganizationId,
    name: &str,
    by_other_than: Option<TeamId>,
) -> Result<()> {
    let named = team::Entity::find()
        .filter(team::Column::OrganizationId.eq(of))
        .filter(team::Column::Name.eq(name));
    let known = named.one(db).await?.filter(|it| Some(it.id) != by_other_than);
    let Some(known) = known else { return Ok(()) };
    let message = match known.closed_at {
        Some(_) => "这个单位已经有同名的班组了，是停用的，可以重新启用",
        None => "这个单位已经有同名的班组了",
    };
    Err(Problem::from(Code::InvalidRequest).field("name", message).into())
}

/// Gives a team in reach another name.
///
/// # Errors
/// `not_found`, `version_conflict`, `invalid_request`
pub async fn rename_team(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    (id, version): (TeamId, i32),
    name: String,
    now: DateTime<Utc>,
) -> Result<Team> {
    let before = find(tx, reach, id).await?;
    if before.version != version {
        return Err(Code::VersionConflict.into());
    }
    refuse_taken(tx, before.organization_id, &name, Some(id)).await?;
    team::Entity::update_many()
        .col_expr(team::Column::Name, Expr::value(name.as_str()))
        .col_expr(team::Column::Version, Expr::value(version + 1))
        .filter(team::Column::Id.eq(id))
        .exec(tx)
        .await
        .on_unique(Code::InvalidRequest)?;
    let act = actor.did(Event::TeamEdited, id).within(before.organization_id);
    audit::record(tx, &act.with("name_changed", name != before.name), now).await?;
    Ok(Team { id, name })
}

/// What of a team in reach is in use, in numbers and words.
///
/// # Errors
/// `not_found`
pub async fn uses_of_team(
    db: &Connection,
    reach: &Reach,
    id: TeamId,
) -> Result<[(u64, &'static str); 2]> {
    find(db, reach, id).await?;
    let members = particulars::Entity::find()
        .filter(particulars::Column::TeamId.eq(id))
        .filter(particulars::Column::PersonId.in_subquery(on_post()));
    let people = members.count(db).await?;
    let roles = accounts::grants_for(db, ScopeKind::Team, id.0).await?;
    Ok([(people, "人在这个班组"), (roles, "个限于这个班组的角色")])
}

/// Closes a team; one that is closed stays so.
pub async fn close_team(
    tx: &Transaction,
    actor: Actor,
    id: TeamId,
    now: DateTime<Utc>,
) -> Result<()> {
    set_closed(tx, actor, id, Some(now), now).await
}

/// Takes a team into use again.
pub async fn reopen_team(
    tx: &Transaction,
    actor: Actor,
    id: TeamId,
    now: DateTime<Utc>,
) -> Result<()> {
    set_closed(tx, actor, id, None, now).await
}

async fn set_closed(
    tx: &Transaction,
    actor: Actor,
    id: TeamId,
    closed_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = team::Entity::find_by_id(id).one(tx).await?.ok_or(Code::NotFound)?;
    if found.closed_at.is_some() == closed_at.is_some() {
        return Ok(());
    }
    let version = team::Column::Version;
    team::Entity::update_many()
        .col_expr(team::Column::ClosedAt, Expr::value(closed_at))
        .col_expr(version, Expr::col(version).add(1))
        .filter(team::Column::Id.eq(id))
        .exec(tx)
        .await?;
    let event = if closed_at.is_some() { Event::TeamClosed } else { Event::TeamReopened };
    audit::record(tx, &actor.did(event, id).within(found.organization_id), now).await
}
