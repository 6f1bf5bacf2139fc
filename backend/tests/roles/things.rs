//! What the operations are about: everything of one organisation, and of one person in it.

#[path = "things/belongings.rs"]
mod belongings;
#[path = "things/kept.rs"]
mod kept;
#[path = "things/parts.rs"]
mod parts;
#[path = "things/place.rs"]
mod place;
#[path = "things/study.rs"]
mod study;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::Value;
use shared::{accounts::PersonId, organizations::OrganizationId};
use uuid::Uuid;

pub use parts::Parts;

use crate::{scene::World, standards::Standards};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The caller's own, and the caller's organisation's.
    Own,
    Anothers,
    Nobodys,
}

/// Ids by the names that paths and fields give them.
#[derive(Debug, Clone)]
pub struct Things {
    pub organization: Uuid,
    pub post: Uuid,
    pub instructor: Uuid,
    /// On the organisation's roster, without a role.
    pub person: Uuid,
    /// On it too, an instructor and whatever becomes of them.
    pub appointee: Uuid,
    /// A draft, its chapter and its lesson.
    pub draft: Uuid,
    pub chapter: Uuid,
    pub lesson_draft: Uuid,
    /// Submitted by somebody of the bureau.
    pub revision: Uuid,
    /// Of the five lights of the draft.
    pub waiver: Uuid,
    pub course: Uuid,
    pub lesson: Uuid,
    pub quiz: Uuid,
    pub attempt: Uuid,
    pub writer_epoch: i64,
    /// One for the attempt.
    pub answer: Value,
    pub session: Uuid,
    pub import: Uuid,
    pub grant: Uuid,
    /// An organisation below the own one, with nobody in it; its team, a base, and a post.
    pub branch: Uuid,
    pub team: Uuid,
    pub base: Uuid,
    pub spare_post: Uuid,
    pub standards: Standards,
    /// Uploaded, and not used yet.
    pub file: Uuid,
    /// Begun by the organisation's officer.
    pub upload: Uuid,
    pub message: Uuid,
    pub sign_in: Uuid,
    pub starts_at: DateTime<Utc>,
    pub due_on: String,
}

impl Things {
    /// Makes everything that `whose` says, for a caller, but no standards and no import.
    pub async fn made(world: &World, whose: Whose, caller: PersonId) -> Self {
        Parts::of(world, whose, caller).await.all(world, "").await
    }

    /// The same shape, but of nothing that exists.
    pub fn unknown(self) -> Self {
        let id = Uuid::now_v7;
        Self {
            organization: id(),
            post: id(),
            instructor: id(),
            person: id(),
            appointee: id(),
            draft: id(),
            chapter: id(),
            lesson_draft: id(),
            course: id(),
            lesson: id(),
            quiz: id(),
            attempt: id(),
            session: id(),
            import: id(),
            revision: id(),
            waiver: id(),
            grant: id(),
            branch: id(),
            team: id(),
            base: id(),
            spare_post: id(),
            standards: Standards::unknown(),
            file: id(),
            upload: id(),
            message: id(),
            sign_in: id(),
            ..self
        }
    }
}

/// Plans for the person to leave, so that there is something to take back.
pub async fn plan_move(world: &World, things: &Things) {
    use backend::roster::planned::entity::planned_move;
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let row = planned_move::Model {
        person_id: PersonId(things.person),
        organization_id: OrganizationId(things.organization),
        team_id: None,
        post_id: None,
        active: false,
        from_on: shared::time::local_date(now) + TimeDelta::days(7),
        planned_by: PersonId(things.instructor),
        planned_at: now,
        trouble: None,
    };
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            planned_move::Entity::delete_many().exec(tx).await?;
            row.into_active_model().reset_all().insert(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}
