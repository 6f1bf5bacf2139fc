//! 班组: who belongs to them.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use shared::{
    organizations::OrganizationId,
    roster::{Team, TeamId},
};

use super::entity::{particulars, team};
use crate::{Result, accounts::Reach, db::Connection};

/// A team and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTeam {
    pub id: TeamId,
    pub organization: OrganizationId,
    pub name: String,
    pub closed: bool,
}

/// Ids of the people in these teams.
pub fn members(teams: impl Iterator<Item = TeamId>) -> SelectStatement {
    particulars::Entity::find()
        .select_only()
        .column(particulars::Column::PersonId)
        .filter(particulars::Column::TeamId.is_in(teams))
        .into_query()
}

/// Every team.
pub async fn named_teams(db: &Connection) -> Result<Vec<NamedTeam>> {
    let found = team::Entity::find().all(db).await?;
    let named = |it: team::Model| NamedTeam {
        id: it.id,
        organization: it.organization_id,
        name: it.name,
        closed: it.closed_at.is_some(),
    };
    Ok(found.into_iter().map(named).collect())
}

/// Ids of the teams of an organisation.
pub async fn team_ids(db: &Connection, of: OrganizationId) -> Result<Vec<TeamId>> {
    let ids = team::Entity::find()
        .select_only()
        .column(team::Column::Id)
        .filter(team::Column::OrganizationId.eq(of))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids)
}

/// The teams of an organisation in use, by name; none where it is out of reach.
pub(super) async fn list(db: &Connection, reach: &Reach, of: OrganizationId) -> Result<Vec<Team>> {
    let find = team::Entity::find()
        .filter(team::Column::OrganizationId.eq(of))
        .filter(team::Column::ClosedAt.is_null())
        .filter(reach.of_organization(team::Column::OrganizationId));
    let found = find.order_by_asc(team::Column::Name).all(db).await?;
    Ok(found.into_iter().map(Team::from).collect())
}
