//! New organisations and posts, as an officer enters them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use shared::{
    organizations::{keeping::AddPost, *},
    problem::Code,
};
use uuid::Uuid;

use super::{
    entity::{organization, post},
    posts,
    words::{refused, taken, tidy_name},
};
use crate::{
    Result,
    db::{Connection, Transaction},
    error::OnUnique,
};

/// Characters of an organisation's name.
pub(super) const LONGEST_NAME: usize = 60;

/// Adds an organisation; the name must be new.
pub async fn add_organization(
    tx: &Transaction,
    name: &str,
    kind: OrganizationKind,
    parent: Option<OrganizationId>,
    now: DateTime<Utc>,
) -> Result<Organization> {
    let name = tidy_name(name, LONGEST_NAME)?;
    refuse_taken(tx, &name, None).await?;
    refuse_above(tx, kind, parent).await?;
    let row = organization::ActiveModel {
        id: Set(OrganizationId(Uuid::now_v7())),
        parent_id: Set(parent),
        kind: Set(kind),
        name: Set(name),
        version: Set(1),
        created_at: Set(now),
        closed_at: Set(None),
    };
    Ok(row.insert(tx).await.on_unique(taken())?.into())
}

/// Two organisations of one name would be one to whoever imports a roster.
pub(super) async fn refuse_taken(
    db: &Connection,
    name: &str,
    by_other_than: Option<OrganizationId>,
) -> Result<()> {
    let mut named = organization::Entity::find().filter(organization::Column::Name.eq(name));
    if let Some(id) = by_other_than {
        named = named.filter(organization::Column::Id.ne(id));
    }
    let Some(known) = named.one(db).await? else { return Ok(()) };
    Err(refused(
        "name",
        match known.closed_at {
            Some(_) => "已经有同名的单位了，是停用的，可以在“单位与班组”里重新启用",
            None => "已经有同名的单位了",
        },
    ))
}

/// What is above an organisation must be there and open, and nothing is above the bureau.
pub(super) async fn refuse_above(
    db: &Connection,
    kind: OrganizationKind,
    parent: Option<OrganizationId>,
) -> Result<()> {
    let Some(parent) = parent else { return Ok(()) };
    if kind == OrganizationKind::Bureau {
        return Err(refused("parent", "机关事务管理局在最上面，没有上级单位"));
    }
    let above = organization::Entity::find_by_id(parent).one(db).await?.ok_or(Code::NotFound)?;
    if above.closed_at.is_some() {
        return Err(refused("parent", "这个上级单位已经停用，请选别的单位"));
    }
    Ok(())
}

/// Adds a post at the end; name and code must be new. Without a code one is made.
pub async fn add_post(tx: &Transaction, request: AddPost, now: DateTime<Utc>) -> Result<Post> {
    let name = tidy_name(&request.name, posts::LONGEST_NAME)?;
    posts::refuse_taken(tx, &name, None).await?;
    let id = PostId(Uuid::now_v7());
    let code = if let Some(code) = request.code {
        posts::free_code(tx, &code, None).await?
    } else {
        let hex = id.0.simple().to_string();
        format!("P{}", hex[hex.len() - 8..].to_uppercase())
    };
    let before = post::Entity::find().count(tx).await?;
    let row = post::ActiveModel {
        id: Set(id),
        code: Set(code),
        name: Set(name),
        level: Set(request.level),
        position: Set(i32::try_from(before).unwrap_or(i32::MAX).saturating_add(1)),
        version: Set(1),
        created_at: Set(now),
        retired_at: Set(None),
    };
    Ok(row.insert(tx).await.on_unique(taken())?.into())
}
