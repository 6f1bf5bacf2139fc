//! People who are chosen by what they do, where they are, or one by one.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use shared::{
    accounts::PersonId,
    organizations::{OrganizationId, PostId},
    roster::TeamId,
};

use crate::{
    Result,
    accounts::{Reach, entity::person},
    db::Connection,
    roster,
};

/// Ids of the active people in reach, of any of these posts and in any of these organisations; an
/// empty list does not narrow.
pub async fn matching(
    db: &Connection,
    reach: &Reach,
    posts: &[PostId],
    organizations: &[OrganizationId],
) -> Result<Vec<PersonId>> {
    let active = person::Column::Active.eq(true);
    let mut chosen = Condition::all().add(active).add(reach.of_people());
    if !posts.is_empty() {
        chosen = chosen.add(person::Column::PostId.is_in(posts.iter().copied()));
    }
    if !organizations.is_empty() {
        chosen = chosen.add(person::Column::OrganizationId.is_in(organizations.iter().copied()));
    }
    let ids = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(chosen)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids)
}

/// Ids of the active people in reach, as a subquery.
pub fn on_post(reach: &Reach) -> SelectStatement {
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Active.eq(true))
        .filter(reach.of_people())
        .into_query()
}

/// Ids of the active people in reach who belong to any of these teams or are any of these.
pub async fn named_one_by_one(
    db: &Connection,
    reach: &Reach,
    teams: &[TeamId],
    people: &[PersonId],
) -> Result<Vec<PersonId>> {
    if teams.is_empty() && people.is_empty() {
        return Ok(Vec::new());
    }
    let named = Condition::any()
        .add(person::Column::Id.in_subquery(roster::members(teams.iter().copied())))
        .add(person::Column::Id.is_in(people.iter().copied()));
    let ids = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Active.eq(true))
        .filter(reach.of_people())
        .filter(named)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids)
}
