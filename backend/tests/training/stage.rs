//! Sessions and codes for the scenes.

use backend::{
    keys::mac,
    training::{
        create,
        entity::{session, ticket},
    },
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{accounts::PersonId, authoring::SessionDetails, training::*};

use crate::scene::{Person, World};

pub async fn now(world: &World) -> DateTime<Utc> {
    world.app.clock.now(world.app.db.read()).await.unwrap()
}

/// Two hours of cleaning practice by 吴芳 with 20 seats, under way for ten minutes.
pub async fn details(world: &World) -> SessionDetails {
    let starts_at = now(world).await - TimeDelta::minutes(10);
    SessionDetails {
        title: "会议室保洁实训".into(),
        course: None,
        place: "3 号楼 B2".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(2),
        instructor: world.cast.id("wufang"),
        seats: 20,
        notes: "带工牌".into(),
    }
}

/// Plans a session, long before it starts.
pub async fn plan(world: &World, details: SessionDetails) -> TrainingSessionId {
    let (before, by) = (details.starts_at - TimeDelta::days(1), world.cast.id("zhengming"));
    let work = move |tx: &_| async move { create(tx, details, Some(by), before).await };
    let _ = &work;
    plan_in(world, work).await
}
