//! Joining a WeChat that nobody knows with somebody on the roster.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

#[path = "binding/binding.rs"]
mod by_invitation;
#[path = "binding/invitations.rs"]
mod invitations;
#[path = "binding/refusals.rs"]
mod refusals;
#[path = "binding/second_wechat.rs"]
mod second_wechat;

use backend::{accounts::binding::claims, wechat::WeChatIdentity};
use scene::{Person, World};
use shared::{
    accounts::{PersonId, SignedInAnswer, binding::*},
    problem::Problem,
};

/// A cleaner of 刘强's contractor, who has no WeChat yet.
const ZHANG: (&str, &str) = ("张桂兰", "D0101");
/// A guard of the other contractor.
const FENG: &str = "冯卫东";

/// A claim of the mini-program on this openid.
async fn claim(world: &World, openid: &str) -> String {
    let app_id = world.app.config.wechat.mini_app_id.clone();
    claim_of(world, WeChatIdentity { app_id, openid: openid.into(), unionid: None }).await
}

async fn claim_of(world: &World, identity: WeChatIdentity) -> String {
    claims::give(&world.app, identity).await.unwrap().claim
}

/// Somebody's id, looked up by an officer.
async fn id_of(world: &World, name: &str) -> PersonId {
    let search = ListTeam { search: Some(name.into()), cursor: None };
    world.person("zhengming").await.call(search).await.unwrap().items[0].id
}

async fn code_for(leader: &Person<'_>, person: PersonId) -> String {
    leader.call(MakeInvitation { person }).await.unwrap().code
}

/// A code of 刘强's for 张桂兰.
async fn code_for_zhang(world: &World) -> String {
    code_for(&world.person("liuqiang").await, id_of(world, ZHANG.0).await).await
}

fn form(claim: &str, (name, number): (&str, &str), code: &str) -> BindWithInvitation {
    BindWithInvitation {
        claim: claim.into(),
        name: name.into(),
        staff_number: number.into(),
        code: code.into(),
    }
}

async fn bind(world: &World, request: BindWithInvitation) -> Result<SignedInAnswer, Problem> {
    world.stranger().call(request).await
}
