//! 单位 and 岗位: data that an administrator enters.

mod adding;
mod editing;
pub mod entity;
mod keeping;
mod posts;
mod tree;
mod words;

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use shared::{api::*, organizations::*, problem::Code};

use crate::{
    Result,
    db::Connection,
    http::{Api, Ctx},
};
pub use adding::{add_organization, add_post};
use entity::{organization, post};

pub fn routes(api: &mut Api) {
    api.on(list_posts).on(list_organizations);
    keeping::routes(api);
}

async fn list_posts(ctx: Ctx<SignedIn>, _: ListPosts) -> Result<Vec<Post>> {
    Ok(posts::in_use(ctx.app.db.read()).await?.into_iter().map(Post::from).collect())
}

async fn list_organizations(
    ctx: Ctx<Appointer>,
    _: ListOrganizations,
) -> Result<Vec<Organization>> {
    let reach = keeping::reach(&ctx);
    let find = organization::Entity::find()
        .filter(reach.of_organization(organization::Column::Id))
        .filter(organization::Column::ClosedAt.is_null())
        .order_by_asc(organization::Column::CreatedAt);
    let found = find.order_by_asc(organization::Column::Name).all(ctx.app.db.read()).await?;
    Ok(found.into_iter().map(Organization::from).collect())
}

/// One organisation.
pub async fn organization(db: &Connection, id: OrganizationId) -> Result<Organization> {
    let found = organization::Entity::find_by_id(id).one(db).await?;
    Ok(found.ok_or(Code::NotFound)?.into())
}

/// Whether an organisation is there and not closed.
pub async fn is_open(db: &Connection, id: OrganizationId) -> Result<bool> {
    let find = organization::Entity::find_by_id(id);
    Ok(find.one(db).await?.is_some_and(|it| it.closed_at.is_none()))
}

/// The organisations that are not closed.
pub async fn open_organizations(db: &Connection) -> Result<BTreeSet<OrganizationId>> {
    let open = organization::Entity::find().filter(organization::Column::ClosedAt.is_null());
    Ok(open.all(db).await?.into_iter().map(|it| it.id).collect())
}

/// The posts that are not retired.
pub async fn open_posts(db: &Connection) -> Result<BTreeSet<PostId>> {
    Ok(posts::in_use(db).await?.into_iter().map(|it| it.id).collect())
}

/// A person's post, if they have one.
pub async fn post(db: &Connection, id: Option<PostId>) -> Result<Option<Post>> {
    let Some(id) = id else { return Ok(None) };
    Ok(post::Entity::find_by_id(id).one(db).await?.map(Post::from))
}

/// These organisations and all below them.
pub async fn with_all_below(
    db: &Connection,
    roots: &BTreeSet<OrganizationId>,
) -> Result<BTreeSet<OrganizationId>> {
    let links = links(db).await?;
    let mut found = roots.clone();
    loop {
        let below = |parent: &Option<OrganizationId>| parent.is_some_and(|it| found.contains(&it));
        let more: Vec<_> =
            links.iter().filter(|(id, parent)| below(parent) && !found.contains(id)).collect();
        if more.is_empty() {
            return Ok(found);
        }
        let more: Vec<_> = more.into_iter().map(|(id, _)| *id).collect();
        found.extend(more);
    }
}

/// An organisation and those that it lies below.
pub async fn with_all_above(
    db: &Connection,
    id: OrganizationId,
) -> Result<BTreeSet<OrganizationId>> {
    let above: HashMap<OrganizationId, Option<OrganizationId>> =
        links(db).await?.into_iter().collect();
    let mut found = BTreeSet::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|it| found.insert(*it)) {
        next = above.get(&id).copied().flatten();
    }
    Ok(found)
}

/// Every organisation, and the one that it lies below.
async fn links(db: &Connection) -> Result<Vec<(OrganizationId, Option<OrganizationId>)>> {
    Ok(organization::Entity::find()
        .select_only()
        .columns([organization::Column::Id, organization::Column::ParentId])
        .into_tuple()
        .all(db)
        .await?)
}

/// Every organisation's name.
pub async fn organization_names(db: &Connection) -> Result<HashMap<OrganizationId, String>> {
    let all = organization::Entity::find().all(db).await?;
    Ok(all.into_iter().map(|it| (it.id, it.name)).collect())
}

/// Every organisation.
pub async fn all_organizations(db: &Connection) -> Result<HashMap<OrganizationId, Organization>> {
    let all = organization::Entity::find().all(db).await?;
    Ok(all.into_iter().map(|it| (it.id, it.into())).collect())
}

/// `(id, name)` of every post, to be joined in statements of other domains.
pub fn named_posts() -> SelectStatement {
    post::Entity::find().select_only().columns([post::Column::Id, post::Column::Name]).into_query()
}

/// Every post's name.
pub async fn post_names(db: &Connection) -> Result<HashMap<PostId, String>> {
    let all = post::Entity::find().all(db).await?;
    Ok(all.into_iter().map(|it| (it.id, it.name)).collect())
}
