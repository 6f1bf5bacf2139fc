//! What is covered by courses and questions, and what is not.

use super::*;

/// 查看覆盖情况
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowCoverage {}

/// 覆盖情况: 应-clauses of what is in force
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Coverage {
    /// The columns.
    pub posts: Vec<CoveragePost>,
    pub rows: Vec<CoverageRow>,
}

/// 一个岗位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CoveragePost {
    pub id: PostId,
    pub name: String,
}

/// 一个标准的覆盖情况
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CoverageRow {
    pub standard: StandardId,
    pub version: StandardVersionId,
    pub name: String,
    pub all: Covered,
    /// As the columns; where a post has no clause in the standard, nothing is counted.
    pub posts: Vec<Covered>,
}

/// 覆盖的条数
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Covered {
    /// 应-clauses
    pub musts: u32,
    /// How many of them are taught by a published course.
    pub taught: u32,
    /// How many are examined.
    pub examined: u32,
}

/// 查看三张孤儿清单
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListOrphans {
    pub kind: OrphanKind,
    /// Only of this standard; for 有标无课.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardId>,
    /// Rows to leave out at the start: where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<u32>,
}

/// 清单的一页
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Orphans {
    pub items: Vec<Orphan>,
    pub total: u32,
}

/// 清单的一行
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Orphan {
    /// A clause's number; nothing else has one.
    pub number: String,
    /// What the clause or question says, or what the course is called.
    pub text: String,
    /// The standard, or the course of a question.
    pub of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionId>,
}
