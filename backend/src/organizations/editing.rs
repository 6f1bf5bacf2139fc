//! How an organisation changes: its name, what is above it, and whether it is in use.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use shared::{
    grants::ScopeKind,
    organizations::{keeping::SaveOrganization, *},
    problem::{Code, Problem},
};

use super::{
    adding::{self, LONGEST_NAME},
    entity::organization,
    with_all_below,
    words::{refuse_in_use, refused, taken, tidy_name},
};
use crate::{
    Result,
    accounts::{self, Reach},
    audit::{self, Actor, Event},
    bases, courses,
    db::{Connection, Transaction},
    error::OnUnique,
    roster, training,
};

/// An organisation in reach.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub(super) async fn find(
    db: &Connection,
    reach: &Reach,
    id: OrganizationId,
) -> Result<organization::Model> {
    let within = reach.of_organization(organization::Column::Id);
    let find = organization::Entity::find_by_id(id).filter(within);
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// Changes an organisation in reach. Run it under the lock of the roster: nobody else moves another
/// one meanwhile.
///
/// # Errors
/// `not_found`, `version_conflict`, or `invalid_request` naming the field that will not do.
pub(super) async fn save(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    request: SaveOrganization,
    now: DateTime<Utc>,
) -> Result<Organization> {
    let before = find(tx, reach, request.organization).await?;
    if before.version != request.version {
        return Err(Code::VersionConflict.into());
    }
    let name = tidy_name(&request.name, LONGEST_NAME)?;
    adding::refuse_taken(tx, &name, Some(before.id)).await?;
    let parent = parent_after(tx, reach, &before, request.parent).await?;
    if parent != before.parent_id || request.kind != before.kind {
        adding::refuse_above(tx, request.kind, parent).await?;
    }
    let act = actor.did(Event::OrganizationEdited, before.id).within(before.id);
    let act = act.with("name_changed", name != before.name).with("kind", request.kind);
    let act = act.with("parent_before", before.parent_id).with("parent_after", parent);
    organization::Entity::update_many()
        .col_expr(organization::Column::Name, Expr::value(name))
        .col_expr(organization::Column::Kind, Expr::value(request.kind))
        .col_expr(organization::Column::ParentId, Expr::value(parent))
        .col_expr(organization::Column::Version, Expr::value(before.version + 1))
        .filter(organization::Column::Id.eq(before.id))
        .exec(tx)
        .await
        .on_unique(taken())?;
    audit::record(tx, &act, now).await?;
    Ok(organization::Entity::find_by_id(before.id).one(tx).await?.ok_or(Code::NotFound)?.into())
}

/// What will be above it. What is above it out of reach was not shown, and stays.
async fn parent_after(
    db: &Connection,
    reach: &Reach,
    before: &organization::Model,
    wanted: Option<OrganizationId>,
) -> Result<Option<OrganizationId>> {
    let shown = before.parent_id.filter(|it| reach.has_organization(*it));
    if wanted == shown {
        return Ok(before.parent_id);
    }
    if !reach.has_owned(before.parent_id) {
        return Err(refused("parent", "这个单位归上级来移，请联系上级单位的经办"));
    }
    if !reach.has_owned(wanted) {
        return Err(refused("parent", "请选归你管的上级单位"));
    }
    let below = with_all_below(db, &[before.id].into()).await?;
    if wanted.is_some_and(|it| below.contains(&it)) {
        return Err(refused("parent", "不能放到自己或者自己的下级单位下面"));
    }
    Ok(wanted)
}

/// Closes an organisation of which nothing is in use; one that is closed stays so.
///
/// # Errors
/// `not_found`, `not_allowed` where what is above it is out of reach, `in_use`.
pub(super) async fn close(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    id: OrganizationId,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = find(tx, reach, id).await?;
    refuse_root(reach, &found)?;
    if found.closed_at.is_some() {
        return Ok(());
    }
    let uses = [
        (open_below(tx, id).await?, "个下级单位"),
        (accounts::people_in(tx, id).await?, "人在岗"),
        (roster::open_teams(tx, id).await?, "个班组"),
        (courses::of_organization(tx, id).await?, "门课程"),
        (training::sessions_of_organization(tx, id, now).await?, "场没办完的实训"),
        (bases::of_organization(tx, id).await?, "个实训基地"),
        (accounts::grants_for(tx, ScopeKind::Organization, id.0).await?, "个限于这个单位的角色"),
    ];
    refuse_in_use(&uses, "请先调走、停用或收回，再来停用这个单位")?;
    set_closed(tx, id, Some(now)).await?;
    let act = actor.did(Event::OrganizationClosed, id).within(id);
    audit::record(tx, &act, now).await
}

/// Takes an organisation into use again.
///
/// # Errors
/// `not_found`, `not_allowed`, or `in_use` where what is above it is closed.
pub(super) async fn reopen(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    id: OrganizationId,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = find(tx, reach, id).await?;
    refuse_root(reach, &found)?;
    if found.closed_at.is_none() {
        return Ok(());
    }
    adding::refuse_above(tx, found.kind, found.parent_id).await?;
    set_closed(tx, id, None).await?;
    let act = actor.did(Event::OrganizationReopened, id).within(id);
    audit::record(tx, &act, now).await
}

/// Whoever keeps an organisation does not take it away from those who keep what is above it.
fn refuse_root(reach: &Reach, found: &organization::Model) -> Result<()> {
    if reach.has_owned(found.parent_id) {
        return Ok(());
    }
    let detail = "停用和启用这个单位，要由上级单位的经办来办";
    Err(Problem::from(Code::NotAllowed).detail(detail).into())
}

async fn open_below(db: &Connection, id: OrganizationId) -> Result<u64> {
    let below = Condition::all()
        .add(organization::Column::ParentId.eq(id))
        .add(organization::Column::ClosedAt.is_null());
    Ok(organization::Entity::find().filter(below).count(db).await?)
}

async fn set_closed(tx: &Transaction, id: OrganizationId, at: Option<DateTime<Utc>>) -> Result<()> {
    let version = organization::Column::Version;
    organization::Entity::update_many()
        .col_expr(organization::Column::ClosedAt, Expr::value(at))
        .col_expr(version, sea_orm::ExprTrait::add(Expr::col(version), 1))
        .filter(organization::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
