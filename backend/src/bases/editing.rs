//! New bases, and how a base changes.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use shared::{
    bases::*,
    organizations::OrganizationKind,
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::entity::base;
use crate::{
    Result,
    accounts::Reach,
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
    error::OnUnique,
    organizations, roster, training,
};

/// Characters of a name, and of an address.
const NAME: usize = 40;
const ADDRESS: usize = 100;

/// Adds a base; the name must be new.
///
/// # Errors
/// `invalid_request` naming every field that has to be changed.
pub async fn add(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    details: BaseDetails,
    now: DateTime<Utc>,
) -> Result<TrainingBaseId> {
    let details = checked(tx, reach, details, None).await?;
    let id = TrainingBaseId(Uuid::now_v7());
    let act = actor.did(Event::BaseAdded, id).with("organization", details.organization);
    let act = act.with("kind", details.kind).with("state", details.state);
    let row = base::ActiveModel {
        id: Set(id),
        organization_id: Set(details.organization),
        name: Set(details.name),
        kind: Set(details.kind),
        address: Set(details.address),
        state: Set(details.state),
        version: Set(1),
        created_by: Set(actor.person),
        created_at: Set(now),
    };
    row.insert(tx).await.on_unique(taken())?;
    audit::record(tx, &act, now).await?;
    Ok(id)
}

/// Changes a base in reach.
///
/// # Errors
/// `not_found` out of reach, `version_conflict` where somebody else changed it since, `in_use` where
/// sessions are still to come at a base that would not run any more, or as [`add`].
pub(super) async fn save(
    tx: &Transaction,
    actor: Actor,
    reach: &Reach,
    request: SaveBase,
    now: DateTime<Utc>,
) -> Result<()> {
    let find = base::Entity::find_by_id(request.base)
        .filter(reach.of_organization(base::Column::OrganizationId))
        .lock_exclusive();
    let before = find.one(tx).await?.ok_or(Code::NotFound)?;
    if before.version != request.version {
        return Err(Code::VersionConflict.into());
    }
    let details = checked(tx, reach, request.details, Some(&before)).await?;
    if !details.state.is_open() {
        refuse_in_use(tx, before.id, now).await?;
    }
    let act = actor.did(Event::BaseEdited, before.id).with("before", before.state);
    let act = act.with("after", details.state).with("organization", details.organization);
    base::Entity::update_many()
        .col_expr(base::Column::OrganizationId, Expr::value(details.organization))
        .col_expr(base::Column::Name, Expr::value(details.name))
        .col_expr(base::Column::Kind, Expr::value(details.kind))
        .col_expr(base::Column::Address, Expr::value(details.address))
        .col_expr(base::Column::State, Expr::value(details.state))
        .col_expr(base::Column::Version, Expr::value(before.version + 1))
        .filter(base::Column::Id.eq(before.id))
        .exec(tx)
        .await
        .on_unique(taken())?;
    audit::record(tx, &act, now).await
}

async fn refuse_in_use(tx: &Transaction, id: TrainingBaseId, now: DateTime<Utc>) -> Result<()> {
    let sessions = training::sessions_at_base(tx, id, now).await?;
    if sessions == 0 {
        return Ok(());
    }
    let detail = format!("还有 {sessions} 场实训要在这个基地办，请先改地点或取消");
    Err(Problem::from(Code::InUse).detail(detail).into())
}

/// The details with their texts trimmed.
async fn checked(
    tx: &Transaction,
    reach: &Reach,
    details: BaseDetails,
    before: Option<&base::Model>,
) -> Result<BaseDetails> {
    let details = BaseDetails {
        name: roster::tidy(&details.name),
        address: roster::tidy(&details.address),
        ..details
    };
    let mut problem = Problem::from(Code::InvalidRequest);
    if details.name.is_empty() || details.name.chars().count() > NAME {
        problem = problem.field("details.name", format!("请填写基地名称，最多 {NAME} 个字"));
    } else if is_taken(tx, &details.name, before.map(|it| it.id)).await? {
        problem = problem.field("details.name", "已经有同名的基地了，请换个名称");
    }
    if details.address.is_empty() || details.address.chars().count() > ADDRESS {
        problem = problem.field("details.address", format!("请填写地址，最多 {ADDRESS} 个字"));
    }
    if let Some(message) = wrong_owner(tx, reach, &details, before).await? {
        problem = problem.field("details.organization", message);
    }
    if let Some(before) = before.filter(|it| !it.state.may_become(details.state)) {
        let message = format!("现在是“{}”，只能往前或往后走一步，或者停用", before.state.label());
        problem = problem.field("details.state", message);
    }
    if problem.fields.is_empty() { Ok(details) } else { Err(problem.into()) }
}

/// Another has the name.
fn taken() -> Problem {
    let message = "已经有同名的基地了，请换个名称";
    Problem::from(Code::InvalidRequest).field("details.name", message)
}

async fn is_taken(
    tx: &Transaction,
    name: &str,
    by_other_than: Option<TrainingBaseId>,
) -> Result<bool> {
    let mut named = base::Entity::find().filter(base::Column::Name.eq(name));
    if let Some(id) = by_other_than {
        named = named.filter(base::Column::Id.ne(id));
    }
    Ok(named.count(tx).await? > 0)
}

/// What is wrong with whose it is said to be. An organisation that it belonged to before may have
/// been closed since.
async fn wrong_owner(
    db: &Connection,
    reach: &Reach,
    details: &BaseDetails,
    before: Option<&base::Model>,
) -> Result<Option<&'static str>> {
    let owner = details.organization;
    if !reach.has_owned(owner) {
        return Ok(Some("请选归你管的单位"));
    }
    let owner = match owner {
        Some(id) => organizations::all_organizations(db).await?.remove(&id),
        None => None,
    };
    if details.organization.is_some() && owner.is_none() {
        return Ok(Some("没有这个单位，请重新选择"));
    }
    let is_new = before.is_none_or(|it| it.organization_id != details.organization);
    if let Some(owner) = &owner
        && is_new
        && !organizations::is_open(db, owner.id).await?
    {
        return Ok(Some("这个单位已经停用，请选别的单位"));
    }
    let of_college = owner.is_some_and(|it| it.kind == OrganizationKind::College);
    if details.kind == BaseKind::College && !of_college {
        return Ok(Some("院校拓展的基地要选所在的院校；没有的话，先在“单位与班组”里建"));
    }
    Ok(None)
}
