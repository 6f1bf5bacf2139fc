//! 花名册: who works where, since when, and how it is brought in from a table.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    accounts::PersonId,
    organizations::{Organization, OrganizationId, Post, PostId},
};

endpoints! {
    GET  "/api/console/roster/people"                       Officer ListRoster       => RosterPage;
    GET  "/api/console/roster/people/{person}"              Officer ShowRosterPerson => RosterPerson;
    PUT  "/api/console/roster/people/{person}/placement"    Officer PlacePerson      => RosterPerson;
    DELETE "/api/console/roster/people/{person}/placement"  Officer CancelPlannedPlacement => RosterPerson;
    POST "/api/console/roster/people/{person}/disclosures"  Officer DisclosePerson   => Disclosure, STEP_UP;
    GET  "/api/console/roster/teams"                        Officer ListTeams        => Vec<Team>;
    GET  "/api/console/roster/imports/recent"               Officer ListRosterImports => Vec<RosterImport>;
    GET  "/api/console/roster/imports/{import}"             Officer ShowRosterImport => RosterImport;
    GET  "/api/console/roster/imports/{import}/rows"        Officer ListImportRows   => ImportRows;
    PUT  "/api/console/roster/imports/{import}/corrections" Officer CorrectRows      => RosterImport;
    PUT  "/api/console/roster/imports/{import}/check"       Officer RecheckImport    => RosterImport;
    PUT  "/api/console/roster/imports/{import}/application" Officer ApplyImport      => RosterImport, STEP_UP;
}

ids! {
    /// 班组编号
    TeamId
    /// 导入编号
    RosterImportId
}

choices! {
    /// 花名册的一列
    RosterField {
        StaffNumber "工号",
        Name "姓名",
        Organization "单位",
        Team "班组",
        Post "岗位",
        Phone "手机",
        IdCard "身份证",
        Active "在岗",
    }

    /// 导入进行到哪一步
    ImportState {
        Checking "正在检查",
        Checked "已检查",
        Applying "正在写入",
        Applied "已完成",
    }

    /// 一行将带来什么
    RowOutcome {
        Added "新增",
        Updated "更新",
        /// Leaves only where the officer ticks it.
        Left "离岗",
        /// Clashes with somebody else, in the file or on the roster.
        Conflict "冲突",
        Faulty "有误",
        Unchanged "不变",
    }

    /// 保密信息
    Confidential {
        Phone "手机",
        IdCard "身份证",
    }
}

/// 查询花名册
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRoster {
    /// Words of a name or a staff number, or a whole phone number or 身份证 number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// Only those who are on post, or only those who left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 查看一个人
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowRosterPerson {
    pub person: PersonId,
}

/// 调动、离岗或返岗
///
/// With a day that lies ahead nothing changes before it; what was planned before is forgotten.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacePerson {
    pub person: PersonId,
    pub organization: OrganizationId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// 在岗
    pub active: bool,
    /// The first day on which it is so; at most a year ahead.
    pub from: NaiveDate,
}

/// 取消预约的调动
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelPlannedPlacement {
    pub person: PersonId,
}

/// 查看完整的手机或身份证
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosePerson {
    pub person: PersonId,
    pub what: Confidential,
}

/// 查询班组
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTeams {
    pub organization: OrganizationId,
}

/// 最近的导入
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRosterImports {}

/// 查看一次导入
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowRosterImport {
    pub import: RosterImportId,
}

/// 查看检查结果
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListImportRows {
    pub import: RosterImportId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RowOutcome>,
    /// Only rows that cannot be brought in as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bad: Option<bool>,
    /// Rows to leave out at the start: where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<u32>,
}

/// 改正几行
///
/// All rows are checked again afterwards.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectRows {
    pub import: RosterImportId,
    pub rows: Vec<Correction>,
}

/// 一行的改正
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The row's number in the file.
    pub row: u32,
    /// The cells that change.
    pub cells: BTreeMap<RosterField, String>,
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Correction").field("row", &self.row).finish_non_exhaustive()
    }
}

/// 重新检查
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecheckImport {
    pub import: RosterImportId,
}

/// 写入花名册
///
/// All of it or nothing; a second call changes nothing.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyImport {
    pub import: RosterImportId,
    /// Leave out the rows that cannot be brought in.
    pub skip_bad: bool,
    /// Take those off post whom the check lists as 离岗.
    pub with_leavers: bool,
}

/// 花名册的一页
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RosterPage {
    pub items: Vec<RosterCard>,
    /// How many there are on all pages.
    pub total: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// 花名册上的一个人
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RosterCard {
    pub id: PersonId,
    pub name: String,
    /// 工号
    pub staff_number: String,
    pub organization: Organization,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Team>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// 在岗
    pub active: bool,
    /// As `138****5678`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// As `3204**********0017`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_card: Option<String>,
}

/// 一个人和他的经历
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RosterPerson {
    pub card: RosterCard,
    /// The latest first.
    pub history: Vec<Membership>,
    /// Whether a pseudonym stands for them: who left, and was forgotten.
    #[serde(default)]
    pub erased: bool,
    /// What will be from a day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<PlannedPlacement>,
}

/// 预约的调动、离岗或返岗
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlannedPlacement {
    pub organization: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// 在岗
    pub active: bool,
    /// The first day on which it is so.
    pub from: NaiveDate,
    /// Why it could not be made on its day, in Chinese; it waits to be entered anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// 在一处工作的一段时间
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Membership {
    pub organization: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    pub from: NaiveDate,
    /// The first day on which it is over; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// 完整的手机或身份证
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Disclosure {
    pub value: String,
}

impl std::fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disclosure").finish_non_exhaustive()
    }
}

/// 班组
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
}

/// 一次导入
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RosterImport {
    pub id: RosterImportId,
    pub file_name: String,
    pub state: ImportState,
    /// Rows in the file.
    pub rows: u32,
    /// How many of them are through; absent where it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<u32>,
    /// Rows by what they bring, since the last check; in [`ImportState::Applied`], what was done.
    pub counts: BTreeMap<RowOutcome, u32>,
    /// Names in the file that are not known, each with how many rows have it.
    pub unknown: Vec<UnknownName>,
    /// What the officer should know, in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    pub created_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_at: Option<DateTime<Utc>>,
}

impl RosterImport {
    pub fn count(&self, outcome: RowOutcome) -> u32 {
        self.counts.get(&outcome).copied().unwrap_or_default()
    }

    /// Rows that cannot be brought in as they are.
    pub fn bad(&self) -> u32 {
        self.count(RowOutcome::Conflict) + self.count(RowOutcome::Faulty)
    }
}

/// 文件里有而系统里没有的单位或岗位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnknownName {
    /// [`RosterField::Organization`] or [`RosterField::Post`].
    pub field: RosterField,
    pub name: String,
    pub rows: u32,
}

/// 检查结果的一页
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportRows {
    pub items: Vec<ImportRow>,
    pub total: u32,
}

/// 文件的一行
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportRow {
    /// Its number in the file; absent for somebody whom the file does not name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    pub outcome: RowOutcome,
    /// As they stand in the file or were corrected; empty ones are left out.
    pub cells: BTreeMap<RosterField, String>,
    /// What changes, as `单位：甲 → 乙`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<CellProblem>,
}

impl std::fmt::Debug for ImportRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportRow")
            .field("row", &self.row)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

/// 一格的问题
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CellProblem {
    pub field: RosterField,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}
