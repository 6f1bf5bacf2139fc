//! What other domains say of a course that they point at.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
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

/// Courses, without those that were removed or retired; in no order.
pub async fn heads(db: &Connection, ids: &[CourseId]) -> Result<Vec<Head>> {
    let find = course::Entity::find()
        .filter(course::Column::Id.is_in(ids.iter().copied()))
        .filter(course::Column::Status.ne(CourseStatus::Retired))
        .filter(managed::kept());
    let found = find.all(db).await?;
    let mut reviews = revisions::open_states(db, ids).await?;
    let head = |course: course::Model| Head {
        id: course.id,
        title: course.title,
        status: course.status,
        review: reviews.remove(&course.id),
        organization: course.organization_id,
    };
    Ok(found.into_iter().map(head).collect())
}
