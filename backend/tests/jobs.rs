//! What is forgotten once it has been over for long, and what is not.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

use backend::{
    accounts::{
        ClientKind,
        entity::{refresh_token, sign_in},
        refreshing, sign_in as sign_ins,
    },
    audit::Actor,
    jobs::{self, entity::job},
};
use chrono::{DateTime, TimeDelta, Utc};
use scene::World;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use shared::accounts::SignInId;
use uuid::Uuid;

async fn now(world: &World) -> DateTime<Utc> {
    world.app.clock.now(world.app.db.read()).await.unwrap()
}

async fn put_job(world: &World, state: job::State, finished_at: Option<DateTime<Utc>>) -> Uuid {
    let row = job::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set("old".into()),
        payload: Set(Vec::<i32>::new().into()),
        unique_key: Set(None),
        state: Set(state),
        run_at: Set(now(world).await - TimeDelta::days(60)),
        attempts: Set(1),
        lease_owner: Set(None),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(now(world).await - TimeDelta::days(60)),
        finished_at: Set(finished_at),
    };
    row.insert(world.app.db.read()).await.unwrap().id
}

/// A sign-in of 王秀英 that was refreshed once.
async fn signed_in(world: &World, change: impl FnOnce(&mut sign_in::ActiveModel)) -> SignInId {
    let known = sign_in_ids(world).await;
    let person = world.cast.id("wangxiuying");
    let tokens =
        sign_ins::begin(&world.app, Actor::SYSTEM, person, ClientKind::MiniProgram).await.unwrap();
    refreshing::rotate(&world.app, Actor::SYSTEM, tokens.refresh_token).await.unwrap();
    let id = sign_in_ids(world).await.into_iter().find(|id| !known.contains(id)).unwrap();
    let mut row = sign_in::ActiveModel {
        id: Set(id),
        created_at: Set(now(world).await - TimeDelta::days(365)),
        ..Default::default()
    };
    change(&mut row);
    row.update(world.app.db.read()).await.unwrap();
    id
}

async fn sign_in_ids(world: &World) -> Vec<SignInId> {
    let rows = sign_in::Entity::find().all(world.app.db.read()).await.unwrap();
    rows.into_iter().map(|it| it.id).collect()
}

scene!(jobs_that_ended_a_month_ago_are_forgotten, |world| async move {
    let (now, days) = (now(&world).await, TimeDelta::days);
    put_job(&world, job::State::Done, Some(now - days(31))).await;
    put_job(&world, job::State::Dead, Some(now - days(31))).await;
    let kept = [
        put_job(&world, job::State::Done, Some(now - days(29))).await,
        put_job(&world, job::State::Dead, Some(now - days(29))).await,
        put_job(&world, job::State::Pending, None).await,
    ];
    jobs::clean(&world.app).await;
    let mut left: Vec<Uuid> = job::Entity::find()
        .all(world.app.db.read())
        .await
        .unwrap()
        .into_iter()
        .map(|it| it.id)
        .collect();
    left.sort_unstable();
    assert_eq!(left, kept);
});

scene!(sign_ins_that_were_over_a_quarter_ago_are_forgotten_with_their_tokens, |world| async move {
    let (now, days) = (now(&world).await, TimeDelta::days);
    signed_in(&world, |it| it.expires_at = Set(now - days(91))).await;
    signed_in(&world, |it| it.ended_at = Set(Some(now - days(91)))).await;
    let mut kept = [
        signed_in(&world, |it| it.expires_at = Set(now - days(89))).await,
        signed_in(&world, |it| it.ended_at = Set(Some(now - days(89)))).await,
        signed_in(&world, |_| {}).await,
    ];
    jobs::clean(&world.app).await;
    let mut left = sign_in_ids(&world).await;
    let tokens = refresh_token::Entity::find().all(world.app.db.read()).await.unwrap();
    for ids in [&mut left[..], &mut kept[..]] {
        ids.sort_unstable_by_key(|id| id.0);
    }
    assert_eq!(left, kept);
    assert_eq!(tokens.len(), 6, "two for each");
    assert!(tokens.iter().all(|token| kept.contains(&token.sign_in_id)));
});
