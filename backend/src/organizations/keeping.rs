//! The console's operations: who keeps organisations, teams and posts changes them here.

use chrono::{DateTime, Utc};
use shared::{
    accounts::Role,
    api::*,
    organizations::{keeping::*, *},
    roster::Team,
};

use super::{
    add_organization, add_post, editing, is_open, posts, tree,
    words::{refuse_in_use, refused, tidy_name},
};
use crate::{
    Result,
    accounts::Reach,
    audit::{self, Actor, Event},
    db::{Transaction, Work},
    http::{Api, Ctx},
    roster,
};

pub(super) fn routes(api: &mut Api) {
    api.on(show)
        .on(add)
        .on(save)
        .on(close)
        .on(reopen)
        .on(add_team)
        .on(save_team)
        .on(close_team)
        .on(reopen_team)
        .on(show_posts)
        .on(add_one_post)
        .on(save_post)
        .on(retire_post)
        .on(restore_post);
}

/// What the caller keeps: 系统管理员 everything, 经办 what they reach.
pub(super) fn reach(ctx: &Ctx<Appointer>) -> Reach {
    ctx.caller.reach_of_any(&[Role::SystemAdmin, Role::TrainingOfficer])
}

/// Does something as the only one who changes the roster, and looks everybody's reach up again.
async fn alone<T, W>(ctx: &Ctx<Appointer>, work: W) -> Result<T>
where
    T: Send + 'static,
    W: for<'tx> FnOnce(&'tx Transaction, Acting) -> Work<'tx, T> + Send + 'static,
{
    let (clock, actor, reach) = (ctx.app.clock.clone(), ctx.actor(), reach(ctx));
    let write = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            roster::lock_roster(tx).await?;
            let now = clock.now(tx).await?;
            work(tx, Acting { actor, reach, now }).await
        })
    });
    let answer = write.await?;
    ctx.app.callers.forget_all();
    Ok(answer)
}

/// Who does it, how far they reach, and when.
struct Acting {
    actor: Actor,
    reach: Reach,
    now: DateTime<Utc>,
}

async fn show(ctx: Ctx<Appointer>, _: ShowOrganizations) -> Result<OrganizationTree> {
    tree::show(ctx.app.db.read(), &reach(&ctx)).await
}

async fn add(ctx: Ctx<Appointer>, request: AddOrganization) -> Result<Organization> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            let AddOrganization { name, kind, parent } = request;
            if !reach.has_owned(parent) {
                return Err(refused("parent", "请选归你管的上级单位"));
            }
            let added = add_organization(tx, &name, kind, parent, now).await?;
            let act = actor.did(Event::OrganizationAdded, added.id).with("kind", kind);
            audit::record(tx, &act.with("parent", parent), now).await?;
            Ok(added)
        })
    })
    .await
}

async fn save(ctx: Ctx<Appointer>, request: SaveOrganization) -> Result<Organization> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move { editing::save(tx, actor, &reach, request, now).await })
    })
    .await
}

async fn close(ctx: Ctx<Appointer>, request: CloseOrganization) -> Result<()> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move { editing::close(tx, actor, &reach, request.organization, now).await })
    })
    .await
}

async fn reopen(ctx: Ctx<Appointer>, request: ReopenOrganization) -> Result<()> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move { editing::reopen(tx, actor, &reach, request.organization, now).await })
    })
    .await
}

async fn add_team(ctx: Ctx<Appointer>, request: AddTeam) -> Result<Team> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            let of = editing::find(tx, &reach, request.organization).await?;
            if of.closed_at.is_some() {
                return Err(refused("organization", "这个单位已经停用，请先启用它"));
            }
            let name = tidy_name(&request.name, LONGEST_TEAM_NAME)?;
            roster::add_team(tx, actor, of.id, name, now).await
        })
    })
    .await
}

/// Characters of a team's name.
const LONGEST_TEAM_NAME: usize = 40;

async fn save_team(ctx: Ctx<Appointer>, request: SaveTeam) -> Result<Team> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            let name = tidy_name(&request.name, LONGEST_TEAM_NAME)?;
            let SaveTeam { team, version, .. } = request;
            roster::rename_team(tx, actor, &reach, (team, version), name, now).await
        })
    })
    .await
}

async fn close_team(ctx: Ctx<Appointer>, request: CloseTeam) -> Result<()> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            let left = roster::uses_of_team(tx, &reach, request.team).await?;
            refuse_in_use(&left, "请先把人调到别的班组、收回角色，再来停用")?;
            roster::close_team(tx, actor, request.team, now).await
        })
    })
    .await
}

async fn reopen_team(ctx: Ctx<Appointer>, request: ReopenTeam) -> Result<()> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            let of = roster::organization_of_team(tx, &reach, request.team).await?;
            if !is_open(tx, of).await? {
                return Err(refused("team", "它的单位已经停用，请先启用单位"));
            }
            roster::reopen_team(tx, actor, request.team, now).await
        })
    })
    .await
}

async fn show_posts(ctx: Ctx<Appointer>, _: ShowPosts) -> Result<PostList> {
    posts::list(ctx.app.db.read(), &reach(&ctx)).await
}

async fn add_one_post(ctx: Ctx<Appointer>, request: AddPost) -> Result<Post> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            posts::refuse_partial(&reach)?;
            let added = add_post(tx, request, now).await?;
            audit::record(tx, &actor.did(Event::PostAdded, added.id), now).await?;
            Ok(added)
        })
    })
    .await
}

async fn save_post(ctx: Ctx<Appointer>, request: SavePost) -> Result<Post> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            posts::refuse_partial(&reach)?;
            posts::save(tx, actor, request, now).await
        })
    })
    .await
}

async fn retire_post(ctx: Ctx<Appointer>, request: RetirePost) -> Result<()> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            posts::refuse_partial(&reach)?;
            posts::retire(tx, actor, request.post, now).await
        })
    })
    .await
}

async fn restore_post(ctx: Ctx<Appointer>, request: RestorePost) -> Result<()> {
    alone(&ctx, move |tx, Acting { actor, reach, now }| {
        Box::pin(async move {
            posts::refuse_partial(&reach)?;
            posts::restore(tx, actor, request.post, now).await
        })
    })
    .await
}
