//! Revisions of a course: what is frozen, who wrote, checked, reviewed and published it, and what
//! differs between two of them.
//!
//! The working draft is edited through [`authoring`](crate::authoring) and changes nothing for
//! learners. Submitting it freezes it; whoever checks, reviews and publishes decides about exactly
//! what was frozen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    authoring::{CourseDraft, QuestionDraft},
    courses::CourseId,
};

mod documents;

pub use documents::*;

endpoints! {
    GET    "/api/console/courses/{course}/revisions"         Officer ListRevisions       => RevisionList;
    POST   "/api/console/courses/{course}/revisions"         Officer SubmitRevision      => CourseRevision;
    GET    "/api/console/courses/{course}/comparison"        Officer CompareRevisions    => RevisionComparison;
    POST   "/api/console/courses/{course}/publication"       Officer PublishCourse       => CourseDraft;
    DELETE "/api/console/courses/{course}/publication"       Officer RetireCourse        => CourseDraft;
    GET    "/api/console/revisions/{revision}"               Officer ShowRevision        => CourseRevisionContent;
    PUT    "/api/console/revisions/{revision}/check"         Officer CheckRevision       => CourseRevision;
    PUT    "/api/console/revisions/{revision}/approval"      Officer ApproveRevision     => CourseRevision;
    PUT    "/api/console/revisions/{revision}/return"        Officer ReturnRevision      => CourseRevision;
    DELETE "/api/console/revisions/{revision}/schedule"      Officer UnscheduleRevision  => CourseRevision;
    POST   "/api/console/revisions/{revision}/restoration"   Officer RestoreRevision     => CourseRevision;
    PUT    "/api/console/revisions/{revision}/draft"         Officer RedraftRevision     => CourseDraft;
}

ids! {
    /// 课程版本编号
    RevisionId
}

choices! {
    /// 版本状态
    RevisionState {
        Submitted "待校核",
        Checked "待评审",
        Approved "待发布",
        Scheduled "定时发布",
        Live "正在使用",
        /// A later one took its place.
        Superseded "已被替换",
        Returned "已退回",
        Retired "已停用",
    }

    /// 发布时正在学的人怎么办
    OngoingLearners {
        /// They see the new revision at once; what they have finished stays finished.
        MoveOn "换到新版接着学",
        /// Whoever has begun stays with the revision they know.
        Finish "按原来的版本学完",
    }

    /// 改动种类
    ChangeKind { Added "新增", Removed "删除", Changed "修改", Moved "换了位置" }

    /// 改动所在
    ChangePart {
        Details "课程信息",
        Chapter "章",
        Lesson "课时",
        QuizSettings "测验设置",
        Question "试题",
        Checklist "实操考核表",
        ChecklistItem "考核项",
        Site "场次模板",
    }

    /// 一行文字的变化
    LineChange { Same "没变", Added "新增", Removed "删去" }
}

impl RevisionState {
    /// Whether it is on its way to learners, of which a course has one at a time.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Checked | Self::Approved | Self::Scheduled)
    }

    /// Whether learners have seen it.
    pub const fn was_published(self) -> bool {
        matches!(self, Self::Live | Self::Superseded | Self::Retired)
    }
}

/// 查询课程的版本
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRevisions {
    pub course: CourseId,
}

/// 提交校核
///
/// Freezes the draft as it is; later changes of the draft do not change what was submitted.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitRevision {
    pub course: CourseId,
    /// 改了什么, up to 300 characters
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// 比较课程的两个版本
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareRevisions {
    pub course: CourseId,
    /// The earlier one's number; absent for the one that learners read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
    /// The later one's number; absent for the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
}

/// 发布课程
///
/// Publishes the revision that was approved, or shows a retired course again as it was. Safe to
/// repeat. By somebody other than the one who checked it.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishCourse {
    pub course: CourseId,
    /// The one that is meant, as it was seen: where it has become another since, nothing is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<RevisionId>,
    /// What those do who have begun; moving on where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learners: Option<OngoingLearners>,
    /// When it is to happen; at once where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

impl PublishCourse {
    /// At once, for everybody.
    pub const fn now(course: CourseId) -> Self {
        Self { course, revision: None, learners: None, at: None }
    }
}

/// 停用课程
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetireCourse {
    pub course: CourseId,
}

/// 查看一个版本的内容
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowRevision {
    pub revision: RevisionId,
}

/// 校核通过
///
/// By somebody who wrote nothing of it.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRevision {
    pub revision: RevisionId,
}

/// 评审通过
///
/// By somebody who wrote nothing of it.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveRevision {
    pub revision: RevisionId,
}

/// 退回修改
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnRevision {
    pub revision: RevisionId,
    /// 为什么退回, up to 300 characters
    pub reason: String,
}

/// 取消定时发布
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnscheduleRevision {
    pub revision: RevisionId,
}

/// 恢复到一个以前的版本
///
/// Makes a new revision with the content of one that was published before, and publishes it at
/// once: that content has been checked and approved. The draft stays as it is. What was planned to be
/// published later is left to be published by hand.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreRevision {
    pub revision: RevisionId,
    /// 为什么恢复, up to 300 characters
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learners: Option<OngoingLearners>,
}

/// 用一个版本作草稿
///
/// Brings its details, chapters, lessons and questions back into the draft, in place of what is written
/// there. Neither learners nor what was submitted notice; it is submitted and reviewed as any draft.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedraftRevision {
    pub revision: RevisionId,
}

/// 课程的版本
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevisionList {
    pub course: CourseId,
    /// Whether the one who asks may do something about them.
    pub editable: bool,
    /// Whether the draft says something else than what learners read.
    pub changed: bool,
    /// The newest first.
    pub revisions: Vec<CourseRevision>,
}

/// 课程版本
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CourseRevision {
    pub id: RevisionId,
    pub course: CourseId,
    /// From 1.
    pub number: u32,
    pub state: RevisionState,
    pub title: String,
    pub lessons: u32,
    pub minutes: u32,
    /// SHA-256 of the content; absent for what was published before there were revisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum: Option<String>,
    /// 改了什么
    pub note: String,
    /// The number of the revision whose content it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored_from: Option<u32>,
    /// 编写, 校核, 评审, 退回, 发布, as far as it has come
    pub written: Signature,
    /// Everybody who wrote of it, none of whom checks or reviews it.
    pub writers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Signature>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Signature>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Signature>,
    /// 为什么退回或恢复
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<DateTime<Utc>>,
    pub learners: OngoingLearners,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Signature>,
    /// People who are learning it.
    pub staying: u32,
    /// What the one who asks may do with it now.
    pub may: Vec<RevisionStep>,
}

choices! {
    /// 对一个版本能做的事
    RevisionStep {
        Check "校核通过",
        Approve "评审通过",
        Return "退回修改",
        Publish "发布",
        Unschedule "取消定时",
        Restore "恢复到这一版",
    }
}

/// 谁在什么时候
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Signature {
    /// 姓名; empty for the system
    pub name: String,
    pub at: DateTime<Utc>,
}

/// 一个版本的内容
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CourseRevisionContent {
    pub revision: CourseRevision,
    pub content: CourseDocument,
    /// What its quiz asks, in its order, with the keys; for those who may change the course.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionDraft>,
    /// What its lessons ask, those that ask something; for them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<RevisionChecks>,
}
