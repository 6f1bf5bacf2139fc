//! How many people and roles hang on what is about to be given up.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, TryGetable};
use shared::{
    grants::ScopeKind,
    organizations::{OrganizationId, PostId},
};
use uuid::Uuid;

use super::{
    Reach,
    entity::{person, role_grant},
};
use crate::{Result, db::Connection};

/// People on post in each organisation.
pub async fn people_by_organization(db: &Connection) -> Result<HashMap<OrganizationId, u32>> {
    on_post_by(db, &Reach::everything(), person::Column::OrganizationId).await
}

/// People on post in reach who have each post.
pub async fn people_by_post(db: &Connection, reach: &Reach) -> Result<HashMap<PostId, u32>> {
    on_post_by(db, reach, person::Column::PostId).await
}

async fn on_post_by<T: TryGetable + Hash + Eq>(
    db: &Connection,
    reach: &Reach,
    column: person::Column,
) -> Result<HashMap<T, u32>> {
    let counted: Vec<(T, i64)> = person::Entity::find()
        .select_only()
        .column(column)
        .column_as(person::Column::Id.count(), "people")
        .filter(person::Column::Active.eq(true))
        .filter(column.is_not_null())
        .filter(reach.of_people())
        .group_by(column)
        .into_tuple()
        .all(db)
        .await?;
    let counted = counted.into_iter().map(|(id, n)| (id, u32::try_from(n).unwrap_or(u32::MAX)));
    Ok(counted.collect())
}

/// People on post in an organisation.
pub async fn people_in(db: &Connection, id: OrganizationId) -> Result<u64> {
    on_post_where(db, person::Column::OrganizationId.eq(id)).await
}

/// People on post who have a post.
pub async fn people_with_post(db: &Connection, id: PostId) -> Result<u64> {
    on_post_where(db, person::Column::PostId.eq(id)).await
}

async fn on_post_where(db: &Connection, which: sea_orm::sea_query::Expr) -> Result<u64> {
    let find = person::Entity::find().filter(person::Column::Active.eq(true)).filter(which);
    Ok(find.count(db).await?)
}

/// Roles that somebody holds for it.
pub async fn grants_for(db: &Connection, kind: ScopeKind, id: Uuid) -> Result<u64> {
    let find = role_grant::Entity::find()
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(role_grant::Column::Scope.eq(kind))
        .filter(role_grant::Column::ScopeId.eq(id));
    Ok(find.count(db).await?)
}
