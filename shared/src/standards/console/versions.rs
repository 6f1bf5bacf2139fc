//! Standards and their versions, from a file to what is in force.

use super::*;
use crate::content::Picture;

/// 查询标准
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListStandards {
    /// Words of the number, the title or the 归口.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<StandardLevel>,
}

/// 标准的基本信息
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandardDetails {
    /// Without its year, as `DB32/T 1234`.
    pub number: String,
    pub title: String,
    pub level: StandardLevel,
    /// 归口单位
    pub organization: String,
}

/// 登记标准
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddStandard {
    pub details: StandardDetails,
}

/// 查看标准
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowStandard {
    pub standard: StandardId,
}

/// 修改标准的基本信息
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveStandard {
    pub standard: StandardId,
    pub details: StandardDetails,
}

/// 删除没有版本的标准
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveStandard {
    pub standard: StandardId,
}

/// 查看标准版本
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowVersion {
    pub version: StandardVersionId,
}

/// 版本的年号和日期
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionDetails {
    /// 年号, as `2023`
    pub label: String,
    /// 发布日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
    /// 实施日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<NaiveDate>,
    /// 废止日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_on: Option<NaiveDate>,
}

/// 修改版本的年号和日期
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveVersion {
    pub version: StandardVersionId,
    pub details: VersionDetails,
}

/// 丢弃还没确认的版本
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscardProposal {
    pub version: StandardVersionId,
}

/// 再读一次文件
///
/// Where reading it failed.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadVersionAgain {
    pub version: StandardVersionId,
}

/// 查看原文
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowSource {
    pub version: StandardVersionId,
}

/// 原文
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Source {
    pub lines: Vec<String>,
}

/// 查看条款
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListClauses {
    pub version: StandardVersionId,
    /// Clauses to leave out at the start: where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<u32>,
}

/// 条款的一页
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clauses {
    pub items: Vec<ClauseRow>,
    pub total: u32,
    /// Counts the edits of the proposal.
    pub revision: i32,
}

/// 一条
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClauseRow {
    pub id: ClauseId,
    /// How far below the chapters it stands; 0 for a chapter.
    pub depth: u32,
    pub kind: ClauseKind,
    pub number: String,
    pub title: String,
    pub text: String,
    pub force: ClauseForce,
    pub modality: Modality,
    /// Where it begins in the source, from 0, and how many lines it has.
    pub line: u32,
    pub lines: u32,
    pub posts: Vec<PostId>,
    /// Links that are not ended.
    pub links: u32,
    /// In their order, below the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
}

/// 修改待确认的条款
///
/// Refused with `version_conflict` where somebody else edited the proposal since.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditProposal {
    pub version: StandardVersionId,
    pub revision: i32,
    pub edit: ClauseEdit,
}

/// 对条款的一处修改
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClauseEdit {
    /// 并入上一条
    Merge { clause: ClauseId },
    /// 从这里拆开: before so many characters of the text
    Split { clause: ClauseId, at: u32 },
    /// 改写
    Write {
        clause: ClauseId,
        kind: ClauseKind,
        depth: u32,
        number: String,
        title: String,
        text: String,
        force: ClauseForce,
    },
    /// 把原文里的几行收为一条: from this line on, so many
    Insert { line: u32, lines: u32 },
    /// 删去
    Remove { clause: ClauseId },
    /// 换成这些图: pictures of its own that the caller uploaded, or that already stand in the standard
    Pictures { clause: ClauseId, pictures: Vec<Picture> },
    /// 把一张图移到上一条或下一条: which of them, from 0, and whether on to the next clause
    MovePicture { clause: ClauseId, picture: u32, on: bool },
}

/// 修改的结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProposalChange {
    pub revision: i32,
    /// As they are now, in their order; a new one stands after the one before it, or else at the start.
    pub changed: Vec<ClauseRow>,
    pub removed: Vec<ClauseId>,
}

/// 确认整个版本
///
/// From then on its clauses do not change. What the version before had linked is moved or flagged.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmVersion {
    pub version: StandardVersionId,
    pub revision: i32,
    pub stage: VersionStage,
    /// Its year and days, to be written with it; as they are where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<VersionDetails>,
}

/// 改变版本的状态
///
/// What was withdrawn by mistake is in force again, unless another version is.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetVersionStage {
    pub version: StandardVersionId,
    pub stage: VersionStage,
}

/// 给条款定岗位
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetClausePosts {
    pub clause: ClauseId,
    pub posts: Vec<PostId>,
    /// All below it too.
    pub with_below: bool,
}

/// 标准卡片
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StandardCard {
    pub id: StandardId,
    pub details: StandardDetails,
    /// What is in force, else the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<StandardVersion>,
    /// Whether a version waits to be confirmed.
    pub proposal: bool,
    /// Links that wait to be looked at again.
    pub stale: u32,
}

/// 标准
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Standard {
    pub id: StandardId,
    pub details: StandardDetails,
    /// Whether the caller may change it.
    pub editable: bool,
    /// The newest first.
    pub versions: Vec<StandardVersion>,
}

/// 标准版本
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StandardVersion {
    pub id: StandardVersionId,
    pub standard: StandardId,
    /// `DB32/T 1234—2023 会议服务规范`
    pub name: String,
    pub details: VersionDetails,
    pub stage: VersionStage,
    pub import: VersionImport,
    /// How far the reading is, of `total` pieces of text.
    pub done: u32,
    pub total: u32,
    /// What the officer should know, in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    pub revision: i32,
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: String,
    pub clauses: u32,
    /// How many of them say 应 or 不应.
    pub musts: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<StandardVersionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Whether the caller may change it.
    pub editable: bool,
}
