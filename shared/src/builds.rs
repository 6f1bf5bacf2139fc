//! 课程建设: how far each course has come, with its three artefacts, who owns it and what is to be
//! learnt before it.
//!
//! Progress is reproducible to the row: of every course that is not retired, each approved artefact
//! counts one in three.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    accounts::PersonId,
    content::MediaId,
    courses::{CourseCategory, CourseId, CourseLevel, CourseStatus},
};

endpoints! {
    GET "/api/console/builds"                            Officer ListBuilds   => Builds;
    GET "/api/console/build-board"                       Officer ShowBuildBoard => BuildBoard;
    GET "/api/console/courses/{course}/build"            Officer ShowBuild    => CourseBuild;
    PUT "/api/console/courses/{course}/build"            Officer SaveBuild    => CourseBuild;
    PUT "/api/console/courses/{course}/artefacts/{slot}" Officer SaveArtefact => CourseBuild;
}

choices! {
    /// 建设阶段
    BuildStage {
        Proposed "立项",
        Syllabus "大纲",
        Writing "课件制作",
        Trial "试讲",
        /// From here on the course's revisions say where it stands.
        Review "评审",
        Published "发布",
        Revising "修订",
        Retired "停用",
    }

    /// 课件
    ArtefactSlot { StandardText "标准文本", Syllabus "教学大纲", Material "教学材料" }

    /// 课件状态
    ArtefactState { NotBegun "未开始", Writing "编制", Submitted "送审", Approved "通过" }
}

impl BuildStage {
    /// Whether somebody sets it; the others follow from the course's revisions.
    pub const fn is_set_by_hand(self) -> bool {
        matches!(self, Self::Proposed | Self::Syllabus | Self::Writing | Self::Trial)
    }
}

/// 查询课程建设情况
///
/// Of the courses that the caller manages, cell by cell, the oldest of each first.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListBuilds {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<CourseLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CourseCategory>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<CourseStatus>,
    /// Words of the title or of a post's name; all of them are looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Whether only those are asked for that somebody let be published without a light, as long as
    /// that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<bool>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 查看课程建设进度和十二格的墙
///
/// Over all courses that the caller manages.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowBuildBoard {
    /// Whether every course is named, for the printed 课程表, and not only the oldest of each cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<bool>,
}

/// 查看一门课程的建设情况
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowBuild {
    pub course: CourseId,
}

/// 修改一门课程的建设情况
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveBuild {
    pub course: CourseId,
    /// One of 立项, 大纲, 课件制作, 试讲; absent to leave it as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<BuildStage>,
    /// 负责人
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// 先学哪些课程, up to 10; none of them may lead back to this one.
    #[serde(default)]
    pub prerequisites: Vec<CourseId>,
}

/// 更新一件课件
///
/// What is sent for approval has a link or a file; it is approved by somebody else.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveArtefact {
    pub course: CourseId,
    pub slot: ArtefactSlot,
    pub state: ArtefactState,
    /// `https://…`, a page of the console as `/admin/standards/…`, or empty
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<MediaId>,
    /// 为什么退回, up to 300 characters: asked of whoever sends back what a colleague sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// 课程建设情况的一页
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Builds {
    pub items: Vec<CourseBuild>,
    /// How many there are on all pages.
    pub total: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// 课程建设进度
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BuildBoard {
    /// All twelve, level by level.
    pub cells: Vec<BuildCell>,
    /// Courses that are not retired.
    pub planned: u32,
    /// Approved artefacts of those.
    pub approved: u32,
}

impl BuildBoard {
    /// 课程建设进度: approved artefacts of three for each planned course, in tenths of a per cent.
    pub fn permille(&self) -> u32 {
        let all = u64::from(self.planned) * ArtefactSlot::ALL.len() as u64;
        u32::try_from(u64::from(self.approved) * 1000 / all.max(1)).unwrap_or(1000)
    }
}

/// 墙上的一格
///
/// Retired courses do not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BuildCell {
    pub level: CourseLevel,
    pub category: CourseCategory,
    /// Nothing has been begun of them but the name.
    pub planned: u32,
    pub building: u32,
    /// Published ones.
    pub live: u32,
    /// The oldest of them, or all, as was asked for.
    pub named: Vec<NamedCourse>,
}

/// 课程表上的一门课程
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedCourse {
    pub title: String,
    pub status: CourseStatus,
    pub stage: BuildStage,
    /// Whether nothing has been begun but its name.
    pub only_planned: bool,
}

/// 一门课程的建设情况
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CourseBuild {
    pub course: CourseId,
    pub title: String,
    pub level: CourseLevel,
    pub category: CourseCategory,
    pub status: CourseStatus,
    pub stage: BuildStage,
    /// 负责人
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<BuildOwner>,
    pub prerequisites: Vec<CourseLink>,
    /// One of each slot, in their order.
    pub artefacts: Vec<Artefact>,
    /// 五化豁免到哪天: when the first of those that count ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived_until: Option<NaiveDate>,
}

impl CourseBuild {
    pub fn approved(&self) -> usize {
        self.artefacts.iter().filter(|it| it.state == ArtefactState::Approved).count()
    }

    /// Whether nothing has been begun but its name.
    pub fn is_only_planned(&self) -> bool {
        self.stage == BuildStage::Proposed
            && self.artefacts.iter().all(|it| it.state == ArtefactState::NotBegun)
    }
}

/// 课程负责人
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BuildOwner {
    pub id: PersonId,
    pub name: String,
}

/// 一门课程的名字
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CourseLink {
    pub id: CourseId,
    pub title: String,
}

/// 课件
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Artefact {
    pub slot: ArtefactSlot,
    pub state: ArtefactState,
    pub link: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<MediaId>,
    /// Why it was sent back, until it is sent again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The last change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_approved_artefacts_of_three_for_each_course() {
        let of = |planned, approved| BuildBoard { cells: Vec::new(), planned, approved }.permille();
        assert_eq!(of(63, 180), 952);
        assert_eq!(of(1, 3), 1000);
        assert_eq!(of(0, 0), 0);
    }
}
