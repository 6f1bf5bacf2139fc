//! What the roster is divided into.

use shared::{
    bases::*,
    organizations::{OrganizationId, OrganizationKind, PostId, keeping::*},
    roster::TeamId,
};
use uuid::Uuid;

use crate::scene::World;

/// An organisation below another, a team, a base and a post, made new so that they can be changed.
#[derive(Debug, Clone)]
pub struct Kept {
    pub branch: OrganizationId,
    pub team: TeamId,
    pub base: TrainingBaseId,
    pub post: PostId,
}

impl Kept {
    pub async fn below(world: &World, organization: OrganizationId) -> Self {
        let officer = world.person("zhengming").await;
        let name = || Uuid::now_v7().to_string();
        let (kind, parent) = (OrganizationKind::Contractor, Some(organization));
        let add = AddOrganization { name: name(), kind, parent };
        let branch = officer.call(add).await.unwrap().id;
        let team = officer.call(AddTeam { organization: branch, name: name() }).await.unwrap().id;
        let post = AddPost { name: name(), ..AddPost::default() };
        let details = BaseDetails {
            name: name(),
            kind: BaseKind::Own,
            organization: parent,
            address: "3 号楼".into(),
            state: BaseState::Running,
        };
        Self {
            branch,
            team,
            base: officer.call(AddBase { details }).await.unwrap().id,
            post: officer.call(post).await.unwrap().id,
        }
    }
}
