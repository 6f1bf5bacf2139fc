//! 课程包: a course as a zip, to be taken to another organisation or another installation.
//!
//! The zip itself comes by `GET /api/console/courses/{course}/package` and goes by
//! `POST /api/console/course-packages`, in the one part `file`; what came of it is an
//! [`ImportedCourse`].

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{courses::CourseId, organizations::OrganizationId};

/// Bytes of the largest package.
pub const LARGEST_PACKAGE: u64 = 2 * 1024 * 1024 * 1024;

endpoints! {
    POST "/api/console/courses/{course}/copies" Officer CopyCourse => ImportedCourse;
}

/// 复制课程到其他单位
///
/// As a new draft there: what exporting the course and importing its package does in two steps.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyCourse {
    pub course: CourseId,
    /// The number of a revision; absent for the one that learners read, else the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Whose the copy is to be; absent as where a new course is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
}

/// 导入课程包
///
/// The fields beside the file, in the query.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportPackage {
    /// Whose the course is to be; absent as where a new course is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
}

/// 导出课程包
///
/// The fields in the query.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportPackage {
    /// The number of a revision; absent for the one that learners read, else the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
}

/// 导入的课程, a new draft
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedCourse {
    pub course: CourseId,
    pub title: String,
    pub chapters: u32,
    pub lessons: u32,
    pub questions: u32,
    pub files: u32,
    /// Clauses that were linked, as drafts of links.
    pub links: u32,
    /// 岗位 of the course that are not in use here.
    pub posts_left_out: Vec<String>,
    /// Questions that are not in the package, because whoever exported it may not edit the course.
    pub questions_withheld: u32,
    /// Questions whose key is not in the package, as in those of earlier versions, by what they ask.
    pub questions_left_out: Vec<String>,
    pub clauses_left_out: Vec<ClauseLeftOut>,
}

/// 没有链接上的条款
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClauseLeftOut {
    /// `DB32/T 1234—2023`
    pub standard: String,
    pub number: String,
    /// The lesson, card or question that cites it.
    pub place: String,
    /// Why, in words.
    pub reason: String,
}
