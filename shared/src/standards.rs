//! 标准仓: standards, their versions and clauses, as whoever learns meets them. What officers do about
//! them is in [`console`].

#[cfg(feature = "console")]
pub mod console;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    content::Picture,
    courses::{CourseId, LessonId},
};

endpoints! {
    GET "/api/cited-clauses/{link}" SignedIn ShowCitedClause => CitedClause;
    GET "/api/search"               SignedIn SearchTexts     => SearchFound;
    GET "/api/team/standards"       TeamLeader ListTeamStandards => Vec<TeamStandard>;
}

ids! {
    /// 标准编号
    StandardId
    /// 标准版本编号
    StandardVersionId
    /// 条款编号
    ClauseId
    /// 条款在各版本间的标识
    ClauseKey
    /// 条款链接编号
    ClauseLinkId
}

choices! {
    /// 标准层级
    StandardLevel {
        National "国家标准",
        Industry "行业标准",
        Local "地方标准",
        Group "团体标准",
        Internal "内部标准",
    }

    /// 版本状态
    VersionStage {
        Consultation "征求意见",
        Upcoming "待实施",
        Current "现行",
        UnderRevision "修订中",
        Withdrawn "废止",
    }

    /// 条款的要求程度
    Modality {
        Shall "应",
        ShallNot "不应",
        Should "宜",
        May "可",
        Statement "陈述",
    }

    /// 搜到的是什么
    SearchKind { Clause "条款", Course "课程", Lesson "课时" }
}

/// 打开一条引用的条款
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowCitedClause {
    pub link: ClauseLinkId,
}

/// 一处引用: a chip 依据 6.2.3
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClauseChip {
    pub link: ClauseLinkId,
    /// What stands on it: the clause's number, else its title.
    pub number: String,
    /// The step card it belongs to, from 0; absent where it belongs to all of the lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<u32>,
    /// The part of the video it belongs to, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
    /// The clause's pictures, to be taken along by whoever downloads the lesson.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
}

/// 条文引用: a clause as a text shows it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClauseQuote {
    /// `DB32/T 1234—2023`
    pub standard: String,
    /// The clause's number, else its title.
    pub number: String,
    pub text: String,
    /// What is to be known besides, as 此条已有新版; empty where the clause is in force.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mark: String,
}

/// 引用的条款
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CitedClause {
    /// `DB32/T 1234—2023`
    pub standard: String,
    pub standard_title: String,
    pub number: String,
    pub title: String,
    pub text: String,
    /// In their order, below the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    pub modality: Modality,
    /// What stands above it, as `6 会议服务`.
    pub path: Vec<String>,
    pub stage: VersionStage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<NaiveDate>,
    /// Whether the standard has moved on, and the link waits to be looked at again.
    pub stale: bool,
}

/// 搜索条款和课程
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchTexts {
    /// Two characters at least; several words are all looked for.
    pub words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SearchKind>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 搜索结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchFound {
    pub items: Vec<SearchHit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// 搜到的一处
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchHit {
    pub kind: SearchKind,
    /// A clause's standard and number, a lesson's course, or nothing.
    pub context: String,
    pub title: String,
    /// The text around the first word that was found.
    pub excerpt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    /// The version that the clause is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<StandardVersionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
}

/// 查看新标准影响班组里的谁
///
/// Of what is to come into force, or did within the last thirty days, and says otherwise what has to be
/// done: who of those whom the caller leads learned, or has to learn, what rests on it. Where that is
/// nobody, a standard is left out.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTeamStandards {}

/// 影响班组的新标准
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamStandard {
    /// `DB32/T 1234—2023 会议服务规范`
    pub name: String,
    /// 实施日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_on: Option<NaiveDate>,
    /// 差异微课, where one is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseId>,
    /// Those who have not finished it first.
    pub people: Vec<AffectedMember>,
}

/// 受新标准影响的人
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectedMember {
    pub name: String,
    /// Whether the 差异微课 is done.
    pub finished: bool,
}
