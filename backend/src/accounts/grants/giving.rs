//! Giving and taking roles. Takes effect with the next call here, and within five seconds elsewhere.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::{PersonId, Role},
    api::Appointer,
    grants::*,
    organizations::OrganizationId,
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::{rights, shown};
use crate::{
    Result,
    accounts::{
        entity::{person, role_grant},
        people,
    },
    audit::{self, Actor, Event},
    db::Transaction,
    http::Ctx,
    roster,
};

/// Gives somebody in reach a role for something in reach; what is held already stays as it is.
///
/// # Errors
/// `not_found` for a person out of reach, `invalid_request` for a role or a scope that is not the
/// caller's to give, or that goes together with nothing that the person holds.
pub(super) async fn give(ctx: &Ctx<Appointer>, request: GrantRole) -> Result<GrantId> {
    let (caller, db) = (&ctx.caller, ctx.app.db.read());
    people::in_reach(db, &rights::people(caller), request.person).await?;
    let refuse = |field: &str, message: &str| {
        Err(Problem::from(Code::InvalidRequest).field(field, message).into())
    };
    if request.person == caller.person {
        return refuse("person", "不能给自己授权，请让别的管理员来办");
    }
    if !rights::gives(caller, request.role) {
        return refuse("role", "这个角色要由系统管理员授予");
    }
    if !shown::Names::of(db, caller).await?.covers(caller, request.role, request.scope) {
        return refuse("scope", "这个角色不能授予这个范围，请重新选择");
    }
    let (clock, by, actor) = (ctx.app.clock.clone(), Some(caller.person), ctx.actor());
    let refused = actor.was_refused(Event::RoleRefused, request.person).with("role", request.role);
    let answer = ctx
        .app
        .db
        .write(move |tx| {
            Box::pin(async move { write_down(tx, actor, request, by, clock.now(tx).await?).await })
        })
        .await;
    let id = audit::watched(&ctx.app, refused, answer).await?;
    ctx.app.callers.forget_all();
    Ok(id)
}

/// Gives the role unless it is held.
///
/// # Errors
/// `not_found` for somebody who is not on post, `invalid_request` for a role that goes together with
/// nothing that they hold.
pub(super) async fn write_down(
    tx: &Transaction,
    actor: Actor,
    request: GrantRole,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<GrantId> {
    let GrantRole { person, role, scope } = request;
    // Whoever gives the same person another role at the same time waits.
    let held_by = person::Entity::find_by_id(person).lock_exclusive().one(tx).await?;
    if !held_by.is_some_and(|it| it.active) {
        return Err(Code::NotFound.into());
    }
    let held = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(person))
        .filter(role_grant::Column::EndedAt.is_null())
        .all(tx)
        .await?;
    let same =
        |it: &&role_grant::Model| (it.role, it.scope, it.scope_id) == (role, scope.kind, scope.id);
    if let Some(known) = held.iter().find(same) {
        return Ok(known.id);
    }
    refuse_together(role, &held)?;
    let id = GrantId(Uuid::now_v7());
    let row = role_grant::ActiveModel {
        id: Set(id),
        person_id: Set(person),
        role: Set(role),
        scope: Set(scope.kind),
        scope_id: Set(scope.id),
        granted_by: Set(by),
        granted_at: Set(now),
        ended_at: Set(None),
        ended_by: Set(None),
    };
    role_grant::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let act = actor.did(Event::RoleGranted, person).with("role", role);
    let act = act.with("scope", scope.kind).with("scope_id", scope.id);
    audit::record(tx, &act.with("grant", id), now).await?;
    Ok(id)
}

/// Administrators watch over one another and over the clerks: nobody is both.
fn refuse_together(role: Role, held: &[role_grant::Model]) -> Result<()> {
    let manages = |role| is_administrator(role) || role == Role::TrainingOfficer;
    let clash = held.iter().find(|it| {
        it.role != role
            && manages(it.role)
            && manages(role)
            && (is_administrator(role) || is_administrator(it.role))
    });
    let Some(clash) = clash else { return Ok(()) };
    let message = format!("{}不能同时是{}，请先收回", clash.role.label(), role.label());
    Err(Problem::from(Code::InvalidRequest).field("role", message).into())
}

/// Takes a role back. Safe to repeat.
///
/// # Errors
/// `not_found` for a grant that is over or of somebody out of reach, `not_allowed` for one that is
/// not the caller's to take, the own ones among them.
pub(super) async fn end(ctx: &Ctx<Appointer>, id: GrantId) -> Result<()> {
    let (caller, db) = (&ctx.caller, ctx.app.db.read());
    if !shown::one(db, caller, id).await?.may_end {
        return Err(Code::NotAllowed.into());
    }
    let (clock, by, actor) = (ctx.app.clock.clone(), caller.person, ctx.actor());
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let one = Condition::all().add(role_grant::Column::Id.eq(id));
                finish(tx, actor, one, Some(by), clock.now(tx).await?).await
            })
        })
        .await?;
    ctx.app.callers.forget_all();
    Ok(())
}

/// Whoever leaves holds nothing any more.
pub async fn end_of_leaver(tx: &Transaction, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    let all = Condition::all().add(role_grant::Column::PersonId.eq(person));
    finish(tx, Actor::SYSTEM, all, None, now).await
}

/// Whoever goes to another organisation no longer leads anybody in the former one.
pub async fn end_of_mover(
    tx: &Transaction,
    person: PersonId,
    former: OrganizationId,
    now: DateTime<Utc>,
) -> Result<()> {
    let teams = roster::team_ids(tx, former).await?;
    let there = std::iter::once(former.0).chain(teams.into_iter().map(|it| it.0));
    let led = Condition::all()
        .add(role_grant::Column::PersonId.eq(person))
        .add(role_grant::Column::Role.eq(Role::TeamLeader))
        .add(role_grant::Column::ScopeId.is_in(there));
    finish(tx, Actor::SYSTEM, led, None, now).await
}

async fn finish(
    tx: &Transaction,
    actor: Actor,
    which: Condition,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let running = role_grant::Column::EndedAt.is_null();
    let ending = role_grant::Entity::find().filter(running).filter(which.clone()).all(tx).await?;
    let acts: Vec<_> = ending
        .iter()
        .map(|it| {
            let act = actor.did(Event::RoleWithdrawn, it.person_id).with("role", it.role);
            act.with("scope", it.scope).with("scope_id", it.scope_id).with("grant", it.id)
        })
        .collect();
    audit::record_all(tx, &acts, now).await?;
    role_grant::Entity::update_many()
        .col_expr(role_grant::Column::EndedAt, Expr::value(now))
        .col_expr(role_grant::Column::EndedBy, Expr::value(by))
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(which)
        .exec(tx)
        .await?;
    Ok(())
}
