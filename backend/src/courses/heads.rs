//! What other domains say of a course that they point at.

use sea_orm::{EntityTrait, QueryFilter};
use shared::{
    courses::{CourseId, CourseStatus},
    organizations::OrganizationId,
    revisions::RevisionState,
};

use super::{entity::course, managed, revisions};
use crate::{Result, accounts::Reach, db::Connection};

/// A course that is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub id: CourseId,
    /// As it is written.
    pub title: String,
    pub status: CourseStatus,
    /// Where the revision stands that is on its way to learners, if there is one.
    pub review: Option<RevisionState>,
    /// Absent where it is the bureau's.
    pub organization: Option<OrganizationId>,
}

impl Head {
    /// Whether somebody who reaches so far may look at it.
    pub fn is_readable(&self, reach: &Reach) -> bool {
        self.status == CourseStatus::Published || reach.has_course(self.id, self.organization)
    }
}

/// A course; nothing where it was removed or retired.
pub async fn head(db: &Connection, id: CourseId) -> Result<Option<Head>> {
    let found = course::Entity::find_by_id(id).filter(managed::kept()).one(db).await?;
    let Some(course) = found.filter(|it| it.status != CourseStatus::Retired) else {
        return Ok(None);
    };
    Ok(Some(Head {
        id,
        title: course.title,
        status: course.status,
        review: revisions::open_states(db, &[id]).await?.remove(&id),
        organization: course.organization_id,
    }))
}
