//! Links between clauses and what is taught or asked, and what a new version does to them.

use super::*;

/// 查找可引用的条款
///
/// Of what is in force or will be; by number or by words of two characters at least.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PickClauses {
    pub words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardId>,
}

/// 可引用的条款
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClauseChoice {
    pub id: ClauseId,
    /// `DB32/T 1234—2023`
    pub standard: String,
    pub number: String,
    pub title: String,
    pub text: String,
    pub modality: Modality,
}

/// 查询课程里可以链接的各处
///
/// Of a course that the caller may change: lessons with what is in them, in their order, then the
/// questions of the quiz and the items of the checklist.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListLinkPlaces {
    pub course: CourseId,
}

/// 课程里可以链接的一处
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlaceChoice {
    /// Of what is played, the whole of it.
    pub target: LinkTarget,
    /// The lesson, card, question or item in words.
    pub title: String,
}

/// 查询条款链接
///
/// Of courses that the caller may look at; a page at a time, the last changed first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListClauseLinks {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<StandardVersionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// Whether only those of questions, or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<bool>,
    /// Whether only those of 考核项, or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<bool>,
    /// Whether only those that are 注日期, or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<bool>,
    /// Whether only those of courses that the caller may change, or only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub editable: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<LinkState>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 条款链接列表的一页
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClauseLinks {
    pub items: Vec<ClauseLink>,
    /// Links on all pages.
    pub total: u32,
    /// Ask for the following page with this cursor; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// 把条款链接到课程
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkClause {
    pub clause: ClauseId,
    pub target: LinkTarget,
    pub kind: LinkKind,
    pub coverage: LinkCoverage,
    /// 注日期: it stays with this version whatever comes after.
    pub dated: bool,
    #[serde(default)]
    pub note: String,
}

/// 修改条款链接
///
/// Whatever it was, it is a draft again.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveClauseLink {
    pub link: ClauseLinkId,
    /// Of the same standard, as where a new version says it elsewhere.
    pub clause: ClauseId,
    pub kind: LinkKind,
    pub coverage: LinkCoverage,
    pub dated: bool,
    #[serde(default)]
    pub note: String,
}

/// 提交复核
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitClauseLink {
    pub link: ClauseLinkId,
}

/// 复核条款链接
///
/// By somebody else than its author.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewClauseLink {
    pub link: ClauseLinkId,
    /// Whether it is right; else it goes back to its author.
    pub approve: bool,
    /// Why it goes back; not needed where it is right.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// 解除条款链接
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndClauseLink {
    pub link: ClauseLinkId,
}

/// 条款链接
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClauseLink {
    pub id: ClauseLinkId,
    pub clause: ClauseId,
    pub standard: StandardId,
    pub version: StandardVersionId,
    /// `DB32/T 1234—2023`
    pub standard_name: String,
    pub number: String,
    pub clause_title: String,
    /// As a lesson shows the clause to those who learn.
    pub quote: ClauseQuote,
    pub course: CourseId,
    pub course_title: String,
    pub target: LinkTarget,
    /// The lesson, card or question in words.
    pub target_title: String,
    pub kind: LinkKind,
    pub coverage: LinkCoverage,
    pub dated: bool,
    pub state: LinkState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<StaleReason>,
    pub note: String,
    /// Why a reviewer gave it back; empty where none did since it was written or submitted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub returned: String,
    pub author: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// Whether the caller may change it.
    pub editable: bool,
    /// Whether the caller may review it now.
    pub reviewable: bool,
    pub updated_at: DateTime<Utc>,
}

/// 与上一版逐条对比
///
/// What stayed the same is left out.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListClauseChanges {
    pub version: StandardVersionId,
}

/// 一条的变化
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClauseChange {
    pub kind: ChangeKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ClauseText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ClauseText>,
    /// The two texts, piece by piece.
    pub pieces: Vec<Piece>,
    /// Whether its pictures, or what stands below one of them, changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pictures: bool,
    /// Links that are not ended, and not 注日期.
    pub links: u32,
}

/// 条款的文字
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClauseText {
    pub id: ClauseId,
    pub number: String,
    pub title: String,
    pub text: String,
    pub modality: Modality,
}

/// 对比中的一段文字
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Piece {
    /// Only in the version before (`deleted`), only in the new one (`added`), or in both (`same`).
    pub kind: ChangeKind,
    pub text: String,
}

/// 查看新版本的影响
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowImpact {
    pub version: StandardVersionId,
}

/// 新版本的影响
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Impact {
    pub changed: u32,
    pub added: u32,
    pub deleted: u32,
    pub same: u32,
    /// Links of clauses that stayed the same and wait to be carried over.
    pub to_carry: u32,
    pub courses: Vec<ImpactCourse>,
    /// Questions with a link to what changed or is gone.
    pub questions: Vec<ImpactQuestion>,
    /// Items of checklists with a link to what changed or is gone.
    pub items: Vec<ImpactItem>,
    /// People on post within the caller's reach to whom one of the courses was given or who began it, and
    /// who did not learn since what it says now.
    pub people: u32,
    /// Where one was made, and the caller may look at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<DifferenceCourse>,
    /// Who makes one that the caller cannot look at until it is published, where there is no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference_elsewhere: Option<String>,
}

/// 受影响的课程
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImpactCourse {
    pub id: CourseId,
    pub title: String,
    /// Numbers of the clauses.
    pub changed: Vec<String>,
    pub deleted: Vec<String>,
    pub people: u32,
}

/// 受影响的试题
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImpactQuestion {
    pub id: QuestionId,
    pub course: String,
    pub stem: String,
    pub number: String,
    pub change: ChangeKind,
}

/// 受影响的考核项
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImpactItem {
    pub id: ChecklistItemId,
    pub course: String,
    pub text: String,
    pub number: String,
    pub change: ChangeKind,
}

/// 把未变条款的链接移到新版本
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarryLinks {
    pub version: StandardVersionId,
}

/// 移动的结果
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LinksCarried {
    pub carried: u32,
    /// What still waits to be looked at again.
    pub stale: u32,
}
