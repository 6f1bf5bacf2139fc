//! The audit log: what gets into it, how it is sealed, who reads it, and what tampering is found.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

#[path = "audit/acts.rs"]
mod acts;
#[path = "audit/console.rs"]
mod console;
#[path = "audit/every_kind.rs"]
mod every_kind;
#[path = "audit/phone.rs"]
mod phone;
#[path = "audit/refusals.rs"]
mod refusals;
#[path = "audit/rights.rs"]
mod rights;
#[path = "audit/sealing.rs"]
mod sealing;
#[path = "audit/standards.rs"]
mod standards;
#[path = "audit/tampering.rs"]
mod tampering;

use backend::audit::{
    self, Actor, Event, Object,
    entity::{log, pending},
    sealing::seal,
};
use scene::World;
use sea_orm::{ActiveEnum, EntityTrait, QueryOrder};
use serde_json::Value;
use uuid::Uuid;

/// What was recorded and is not sealed yet, the earliest first.
async fn recorded(world: &World) -> Vec<Value> {
    let find = pending::Entity::find().order_by_asc(pending::Column::Id);
    let rows = find.all(world.app.db.read()).await.unwrap();
    rows.iter().map(|it| serde_json::from_str(&it.canonical).unwrap()).collect()
}

/// The records of one kind among them.
async fn recorded_of(world: &World, event: Event) -> Vec<Value> {
    let code = event.to_value();
    recorded(world).await.into_iter().filter(|it| it["event"] == code.as_str()).collect()
}

/// The chain.
async fn chain(world: &World) -> Vec<log::Model> {
    let find = log::Entity::find().order_by_asc(log::Column::Seq);
    find.all(world.app.db.read()).await.unwrap()
}

/// Seals what there is.
async fn sealed(world: &World) -> u64 {
    seal(&world.app, Uuid::now_v7()).await.unwrap()
}

/// Records so many acts.
async fn act(world: &World, times: usize) {
    for _ in 0..times {
        let act = Actor::SYSTEM.did(Event::ServerStarted, Object::INSTALLATION);
        audit::record_alone(&world.app, act).await.unwrap();
    }
}
