//! What the roster does with the table of people.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use shared::{
    accounts::{PersonId, Role},
    organizations::{OrganizationId, PostId},
    problem::Code,
};

use super::{
    Reach,
    entity::{person, role_grant},
    grants,
};
use crate::{
    Result,
    db::{Connection, Transaction, like},
};

/// Everybody, those who left included.
pub async fn everybody(db: &Connection) -> Result<Vec<person::Model>> {
    Ok(person::Entity::find().all(db).await?)
}

/// One person in reach, whether or not they are on post.
pub async fn one(db: &Connection, reach: &Reach, id: PersonId) -> Result<person::Model> {
    let find = person::Entity::find_by_id(id).filter(reach.of_people());
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// Those who do more here than learn or lead a team.
pub async fn staff(db: &Connection) -> Result<HashSet<PersonId>> {
    let ids = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::PersonId)
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(role_grant::Column::Role.ne(Role::TeamLeader))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Which people are asked for.
#[derive(Debug)]
pub struct Wanted {
    /// Nobody beyond it is found.
    pub reach: Reach,
    pub words: Option<String>,
    /// Somebody found by a number that is not in this table; counts beside `words`.
    pub also: Option<PersonId>,
    pub organization: Option<OrganizationId>,
    pub post: Option<PostId>,
    pub active: Option<bool>,
}

impl Wanted {
    fn condition(&self) -> Condition {
        let Self { reach, words, also, organization, post, active } = self;
        let named = words.as_deref().map(|words| {
            let has = |column| like::has((person::Entity, column), words);
            let named = Condition::any().add(has(person::Column::Name));
            let named = named.add(has(person::Column::StaffNumber));
            named.add_option(also.map(|id| person::Column::Id.eq(id)))
        });
        Condition::all()
            .add(reach.of_people())
            .add_option(named)
            .add_option(organization.map(|id| person::Column::OrganizationId.eq(id)))
            .add_option(post.map(|id| person::Column::PostId.eq(id)))
            .add_option(active.map(|active| person::Column::Active.eq(active)))
    }
}

/// At most `most` of them by 工号, those after `after`; and how many there are in all.
pub async fn page(
    db: &Connection,
    wanted: &Wanted,
    after: Option<&str>,
    most: u64,
) -> Result<(Vec<person::Model>, u64)> {
    let all = person::Entity::find().filter(wanted.condition());
    let total = all.clone().count(db).await?;
    let mut find = all.order_by_asc(person::Column::StaffNumber).limit(most);
    if let Some(after) = after {
        find = find.filter(person::Column::StaffNumber.gt(after));
    }
    Ok((find.all(db).await?, total))
}

/// Brings people in.
pub async fn add(tx: &Transaction, people: Vec<person::Model>) -> Result<()> {
    let rows = people.into_iter().map(|it| it.into_active_model().reset_all());
    person::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes down who somebody is and where they work now; roles end where they are left behind.
pub async fn change(
    tx: &Transaction,
    before: &person::Model,
    person: &person::Model,
    now: DateTime<Utc>,
) -> Result<()> {
    if before.active && !person.active {
        grants::end_of_leaver(tx, person.id, now).await?;
    } else if before.organization_id != person.organization_id {
        grants::end_of_mover(tx, person.id, before.organization_id, now).await?;
    }
    person::ActiveModel {
        id: Unchanged(person.id),
        organization_id: Set(person.organization_id),
        post_id: Set(person.post_id),
        name: Set(person.name.clone()),
        active: Set(person.active),
        ..Default::default()
    }
    .update(tx)
    .await?;
    Ok(())
}
