//! The console's list of courses, a page at a time, and how many there are in each cell.

use super::*;

/// 查询在管课程
///
/// The last changed first.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListManagedCourses {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<CourseLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CourseCategory>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<CourseStatus>,
    /// Words of the title or of a post's name; all of them are looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Only what the one who asks may change, or only what they may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub editable: Option<bool>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 查询每格有多少门在管课程
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountManagedCourses {}

/// 在管课程的一页
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ManagedCourses {
    pub items: Vec<ManagedCourse>,
    /// How many there are on all pages.
    pub total: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// 在管课程
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ManagedCourse {
    pub id: CourseId,
    /// Whether the one who asks may change it, and not only assign it.
    pub editable: bool,
    pub title: String,
    pub level: CourseLevel,
    pub category: CourseCategory,
    /// 岗位名称
    pub posts: Vec<String>,
    pub status: CourseStatus,
    pub lessons: u32,
    pub questions: u32,
    /// People it was assigned to.
    pub assigned: u32,
    /// Where the revision stands that is on its way to learners, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<RevisionState>,
    pub updated_at: DateTime<Utc>,
}

/// 一格里的课程数
///
/// Cells without a course are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CourseCell {
    pub level: CourseLevel,
    pub category: CourseCategory,
    pub courses: u32,
    /// How many of them are published.
    pub published: u32,
}
