//! What is quickly made: a role, a file, an upload, a message and a sign-in.

use shared::accounts::PersonId;
use uuid::Uuid;

use super::place::Place;
use crate::{
    callers::literal,
    scene::{Person, World},
};

#[derive(Debug, Clone)]
pub struct Belongings {
    pub grant: Uuid,
    pub file: Uuid,
    pub upload: Uuid,
    pub message: Uuid,
    pub sign_in: Uuid,
}

impl Belongings {
    /// The message and the sign-in are the owner's.
    pub async fn made(world: &World, place: &Place, owner: PersonId) -> Self {
        let person = Person::signed_in(world, owner).await;
        let sign_ins = person.call(shared::accounts::ListSignIns {}).await.unwrap();
        Self {
            grant: grant(world, place).await,
            file: file(world, place).await,
            upload: upload(world, place.officer).await,
            message: message(world, owner).await,
            sign_in: sign_ins.iter().find(|it| it.current).unwrap().id.0,
        }
    }
}

/// The only role of the appointee, as an instructor.
async fn grant(world: &World, place: &Place) -> Uuid {
    let before = "UPDATE role_grants SET ended_at = granted_at
                  WHERE person_id = {person} AND ended_at IS NULL";
    run(world, before, place.appointee).await;
    run(
        world,
        "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
         SELECT {id}, id, 'instructor', 'organization', organization_id, created_at
         FROM people WHERE id = {person}",
        place.appointee,
    )
    .await
}

async fn file(world: &World, place: &Place) -> Uuid {
    let file = backend::media::NewFile {
        kind: shared::content::MediaKind::Image,
        content_type: "image/png",
        width: 1,
        height: 1,
        seconds: 0,
        created_by: Some(place.officer),
    };
    let bytes = Uuid::now_v7().as_bytes().to_vec();
    backend::media::store(&world.app, bytes, file).await.unwrap().0
}

async fn upload(world: &World, officer: PersonId) -> Uuid {
    run(
        world,
        "INSERT INTO uploads
            (id, created_by, length, received, state, progress, created_at, expires_at)
         VALUES ({id}, {person}, 10, 0, 'receiving', 0,
            '2026-01-01T00:00:00+00:00', '2999-01-01T00:00:00+00:00')",
        officer,
    )
    .await
}

async fn message(world: &World, owner: PersonId) -> Uuid {
    run(
        world,
        "INSERT INTO inbox_messages
            (id, person_id, kind, title, body, link, dedupe_key, created_at)
         VALUES ({id}, {person}, 'session_soon', '实训', '明天', '/', {key},
            '2026-01-01T00:00:00+00:00')",
        owner,
    )
    .await
}

/// Runs a statement about a person with a new id.
async fn run(world: &World, statement: &str, person: PersonId) -> Uuid {
    let id = Uuid::now_v7();
    let statement = statement
        .replace("{id}", &literal(world, id))
        .replace("{person}", &literal(world, person.0))
        .replace("{key}", &format!("'{id}'"));
    world.sql(&statement).await;
    id
}
