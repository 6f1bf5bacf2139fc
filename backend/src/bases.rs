//! 实训基地: where sessions take place, and whose the bases are.

mod editing;
pub mod entity;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{
    accounts::Role,
    api::*,
    bases::*,
    organizations::OrganizationId,
    problem::{Code, Problem},
};

use crate::{
    Result,
    accounts::Reach,
    db::Connection,
    http::{Api, Ctx},
    organizations, training,
};
pub use editing::add;
use entity::base;

pub fn routes(api: &mut Api) {
    api.on(list).on(add_base).on(save_base);
}

/// Whose bases the caller keeps.
fn reach(ctx: &Ctx<Appointer>) -> Reach {
    ctx.caller.reach_of_any(&[Role::SystemAdmin, Role::TrainingOfficer])
}

async fn list(ctx: Ctx<Appointer>, _: ListBases) -> Result<BaseList> {
    let (db, reach) = (ctx.app.db.read(), reach(&ctx));
    let find = base::Entity::find().filter(readable(&reach)).order_by_asc(base::Column::Name);
    let now = ctx.app.clock.now(db).await?;
    Ok(BaseList {
        items: shown(db, &reach, find.all(db).await?, now).await?,
        may_add_shared: reach.is_everything(),
        may_add: reach.owner(ctx.caller.organization).is_ok(),
    })
}

async fn add_base(ctx: Ctx<Appointer>, request: AddBase) -> Result<TrainingBase> {
    let (clock, actor, within) = (ctx.app.clock.clone(), ctx.actor(), reach(&ctx));
    let id = ctx
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                add(tx, actor, &within, request.details, now).await
            })
        })
        .await?;
    one(&ctx, id).await
}

async fn save_base(ctx: Ctx<Appointer>, request: SaveBase) -> Result<TrainingBase> {
    let (clock, actor, within) = (ctx.app.clock.clone(), ctx.actor(), reach(&ctx));
    let id = request.base;
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                editing::save(tx, actor, &within, request, now).await
            })
        })
        .await?;
    one(&ctx, id).await
}

async fn one(ctx: &Ctx<Appointer>, id: TrainingBaseId) -> Result<TrainingBase> {
    let db = ctx.app.db.read();
    let found = base::Entity::find_by_id(id).all(db).await?;
    let now = ctx.app.clock.now(db).await?;
    Ok(shown(db, &reach(ctx), found, now).await?.pop().ok_or(Code::NotFound)?)
}

/// On the table of bases: those in reach, and those that everybody shares.
fn readable(reach: &Reach) -> Condition {
    Condition::any()
        .add(base::Column::OrganizationId.is_null())
        .add(reach.of_organization(base::Column::OrganizationId))
}

async fn shown(
    db: &Connection,
    reach: &Reach,
    bases: Vec<base::Model>,
    now: DateTime<Utc>,
) -> Result<Vec<TrainingBase>> {
    let names = organizations::organization_names(db).await?;
    let sessions = training::sessions_by_base(db, now).await?;
    let shown = |it: base::Model| TrainingBase {
        id: it.id,
        version: it.version,
        organization_name: it.organization_id.and_then(|id| names.get(&id).cloned()),
        sessions: sessions.get(&it.id).copied().unwrap_or_default(),
        editable: reach.has_owned(it.organization_id),
        details: it.into(),
    };
    Ok(bases.into_iter().map(shown).collect())
}

/// A base and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBase {
    pub id: TrainingBaseId,
    pub organization: Option<OrganizationId>,
    pub name: String,
}

/// Every base.
pub async fn named(db: &Connection) -> Result<Vec<NamedBase>> {
    let found = base::Entity::find().all(db).await?;
    let named =
        |it: base::Model| NamedBase { id: it.id, organization: it.organization_id, name: it.name };
    Ok(found.into_iter().map(named).collect())
}

/// What these bases are called.
pub async fn names(
    db: &Connection,
    ids: &[TrainingBaseId],
) -> Result<HashMap<TrainingBaseId, String>> {
    let find = base::Entity::find().filter(base::Column::Id.is_in(ids.iter().copied()));
    Ok(find.all(db).await?.into_iter().map(|it| (it.id, it.name)).collect())
}

/// Bases of an organisation that are not given up.
pub async fn of_organization(db: &Connection, id: OrganizationId) -> Result<u64> {
    let find = base::Entity::find()
        .filter(base::Column::OrganizationId.eq(id))
        .filter(base::Column::State.ne(BaseState::Closed));
    Ok(find.count(db).await?)
}

/// Checks that somebody who reaches so far can plan a session at a base, which stays as it is until
/// the transaction ends.
///
/// # Errors
/// `invalid_request` where it is out of reach, does not exist, or does not run.
pub async fn lock_open(tx: &Connection, reach: &Reach, id: TrainingBaseId) -> Result<()> {
    let find = base::Entity::find_by_id(id).filter(readable(reach)).lock_exclusive();
    let message = match find.one(tx).await? {
        None => "没有这个基地，请重新选择".to_owned(),
        Some(found) if found.state.is_open() => return Ok(()),
        Some(found) => {
            format!("这个基地现在是“{}”，试运行以后才能安排实训", found.state.label())
        }
    };
    Err(Problem::from(Code::InvalidRequest).field("details.base", message).into())
}
