//! The organisations in reach with their teams, and how many people are in each.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use shared::organizations::{
    OrganizationId,
    keeping::{OrganizationNode, OrganizationTree, TeamNode},
};

use super::entity::organization;
use crate::{
    Result,
    accounts::{self, Reach},
    db::Connection,
    roster,
};

pub(super) async fn show(db: &Connection, reach: &Reach) -> Result<OrganizationTree> {
    let find = organization::Entity::find()
        .filter(reach.of_organization(organization::Column::Id))
        .order_by_asc(organization::Column::Name);
    let people = accounts::people_by_organization(db).await?;
    let mut teams = HashMap::<OrganizationId, Vec<TeamNode>>::new();
    for (of, team) in roster::team_nodes(db).await? {
        teams.entry(of).or_default().push(team);
    }
    let node = |it: organization::Model| OrganizationNode {
        people: people.get(&it.id).copied().unwrap_or_default(),
        teams: teams.remove(&it.id).unwrap_or_default(),
        parent: it.parent_id.filter(|above| reach.has_organization(*above)),
        movable: reach.has_owned(it.parent_id),
        id: it.id,
        name: it.name,
        kind: it.kind,
        version: it.version,
        closed: it.closed_at.is_some(),
    };
    let organizations = find.all(db).await?.into_iter().map(node).collect();
    Ok(OrganizationTree { organizations, may_add_top: reach.is_everything() })
}
