//! The organisation that things are made in, and who works there.

use shared::{
    accounts::PersonId,
    bases::TrainingBaseId,
    organizations::{OrganizationId, PostId},
};

use super::Whose;
use crate::{
    callers::{
        ANOTHERS_APPOINTEE, ANOTHERS_BASE, ANOTHERS_INSTRUCTOR, ANOTHERS_OFFICER, ANOTHERS_PERSON,
        FIRST, OWN_APPOINTEE, OWN_BASE, OWN_INSTRUCTOR, OWN_OFFICER, OWN_PERSON, SECOND, bases,
        id_of,
    },
    scene::World,
};

pub struct Place {
    pub organization: OrganizationId,
    pub post: PostId,
    pub officer: PersonId,
    pub instructor: PersonId,
    pub person: PersonId,
    pub appointee: PersonId,
    /// Where sessions take place.
    pub base: TrainingBaseId,
}

impl Place {
    pub async fn of(world: &World, whose: Whose) -> Self {
        bases(world).await;
        let anothers = whose == Whose::Anothers;
        let (name, officer, instructor) = if anothers {
            (SECOND, ANOTHERS_OFFICER, ANOTHERS_INSTRUCTOR)
        } else {
            (FIRST, OWN_OFFICER, OWN_INSTRUCTOR)
        };
        let (person, appointee) = if anothers {
            (ANOTHERS_PERSON, ANOTHERS_APPOINTEE)
        } else {
            (OWN_PERSON, OWN_APPOINTEE)
        };
        Self {
            organization: world.cast.organization(name),
            post: world.cast.post("卫生保洁"),
            officer: id_of(world, officer).await,
            instructor: id_of(world, instructor).await,
            person: id_of(world, person).await,
            appointee: id_of(world, appointee).await,
            base: TrainingBaseId(if anothers { ANOTHERS_BASE } else { OWN_BASE }),
        }
    }
}
