//! Who finished, passed and attended.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    accounts::PersonId,
    courses::CourseId,
    organizations::{OrganizationId, PostId},
};

endpoints! {
    GET "/api/console/courses/{course}/report" Officer ShowCourseReport => CourseReport;
}

/// 查看课程完成情况
///
/// One row for each person who was assigned the course, began it, or attended one of its sessions.
/// The same as xlsx: `GET /api/console/courses/{course}/report.xlsx` with the same query.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowCourseReport {
    pub course: CourseId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
}

/// 课程完成情况
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CourseReport {
    pub course: CourseId,
    pub title: String,
    pub made_at: DateTime<Utc>,
    pub rows: Vec<ReportRow>,
    /// The numbers of the chart, one group for each organisation in `rows`.
    pub groups: Vec<ReportGroup>,
}

/// 一个人的完成情况
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportRow {
    pub person: PersonId,
    pub name: String,
    /// 工号
    pub staff_number: String,
    pub organization: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    pub lessons_finished: u32,
    pub lessons: u32,
    /// When the last lesson was finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// The best score, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_score: Option<u32>,
    /// The number of the course's revision from which that paper was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_revision: Option<u32>,
    pub passed: bool,
    /// Sessions of the course attended.
    pub sessions_attended: u32,
}

/// 一个单位的合计
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportGroup {
    pub organization: String,
    pub people: u32,
    pub finished: u32,
    pub passed: u32,
    pub attended: u32,
}
