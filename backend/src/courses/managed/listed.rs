//! What lists read of courses.

use chrono::{DateTime, Utc};
use sea_orm::DerivePartialModel;
use shared::{
    courses::{CourseCategory, CourseId, CourseLevel, CourseStatus},
    organizations::OrganizationId,
};

use crate::courses::entity::course;

/// A course without what only its own pages show: 实操要求 alone may be longer than a page of the list.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "course::Entity")]
pub struct Listed {
    pub id: CourseId,
    pub level: CourseLevel,
    pub category: CourseCategory,
    pub title: String,
    pub status: CourseStatus,
    pub lessons: i32,
    pub organization_id: Option<OrganizationId>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
}

impl From<course::Model> for Listed {
    fn from(course: course::Model) -> Self {
        let course::Model {
            id,
            level,
            category,
            title,
            status,
            lessons,
            organization_id,
            created_at,
            updated_at,
            published_at,
            ..
        } = course;
        Self {
            id,
            level,
            category,
            title,
            status,
            lessons,
            organization_id,
            created_at,
            updated_at,
            published_at,
        }
    }
}
