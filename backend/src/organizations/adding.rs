//! New organisations and posts, as an officer enters them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, PaginatorTrait,
};
use sea_orm::{ColumnTrait, QueryFilter};
use shared::{
    organizations::*,
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::entity::{organization, post};
use crate::{Result, error::OnUnique};

/// Adds an organisation; the name must be new.
pub async fn add_organization(
    tx: &DatabaseTransaction,
    name: &str,
    kind: OrganizationKind,
    parent: Option<OrganizationId>,
    now: DateTime<Utc>,
) -> Result<Organization> {
    if let Some(parent) = parent {
        organization::Entity::find_by_id(parent).one(tx).await?.ok_or(Code::NotFound)?;
    }
    let named = organization::Entity::find().filter(organization::Column::Name.eq(name));
    if named.count(tx).await? > 0 {
        return Err(taken("已经有同名的单位了").into());
    }
    let row = organization::ActiveModel {
        id: Set(OrganizationId(Uuid::now_v7())),
        parent_id: Set(parent),
        kind: Set(kind),
        name: Set(name.to_owned()),
        created_at: Set(now),
    };
    Ok(row.insert(tx).await.on_unique(Code::InvalidRequest)?.into())
}

/// Adds a post; the name must be new. Its code is ours to make.
pub async fn add_post(tx: &DatabaseTransaction, name: &str, now: DateTime<Utc>) -> Result<Post> {
    let named = post::Entity::find().filter(post::Column::Name.eq(name));
    if named.count(tx).await? > 0 {
        return Err(taken("已经有同名的岗位了").into());
    }
    let id = PostId(Uuid::now_v7());
    let code = id.0.simple().to_string();
    let row = post::ActiveModel {
        id: Set(id),
        code: Set(format!("P{}", code[code.len() - 8..].to_uppercase())),
        name: Set(name.to_owned()),
        created_at: Set(now),
    };
    Ok(row.insert(tx).await.on_unique(Code::InvalidRequest)?.into())
}

fn taken(message: &str) -> Problem {
    Problem::from(Code::InvalidRequest).field("name", message)
}
