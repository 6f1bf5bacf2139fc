//! What officers do about standards: bring versions in, link their clauses, see what is covered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::*;
use crate::{
    courses::{CourseId, LessonId},
    organizations::PostId,
    practice::ChecklistItemId,
    quizzes::QuestionId,
};

mod difference;
mod links;
mod overview;
mod versions;

pub use difference::*;
pub use links::*;
pub use overview::*;
pub use versions::*;

endpoints! {
    GET    "/api/console/standards"                          Officer ListStandards    => Vec<StandardCard>;
    POST   "/api/console/standards"                          Officer AddStandard      => Standard;
    GET    "/api/console/standards/{standard}"               Officer ShowStandard     => Standard;
    PUT    "/api/console/standards/{standard}"               Officer SaveStandard     => Standard;
    DELETE "/api/console/standards/{standard}"               Officer RemoveStandard   => ();
    GET    "/api/console/standard-versions/{version}"        Officer ShowVersion      => StandardVersion;
    PUT    "/api/console/standard-versions/{version}"        Officer SaveVersion      => StandardVersion;
    DELETE "/api/console/standard-versions/{version}"        Officer DiscardProposal  => ();
    GET    "/api/console/standard-versions/{version}/source" Officer ShowSource       => Source;
    GET    "/api/console/standard-versions/{version}/clauses" Officer ListClauses     => Clauses;
    PUT    "/api/console/standard-versions/{version}/proposal" Officer EditProposal   => ProposalChange;
    PUT    "/api/console/standard-versions/{version}/confirmation" Officer ConfirmVersion => StandardVersion;
    PUT    "/api/console/standard-versions/{version}/reading" Officer ReadVersionAgain => StandardVersion;
    PUT    "/api/console/standard-versions/{version}/stage"  Officer SetVersionStage  => StandardVersion;
    GET    "/api/console/standard-versions/{version}/changes" Officer ListClauseChanges => Vec<ClauseChange>;
    GET    "/api/console/standard-versions/{version}/impact" Officer ShowImpact       => Impact;
    PUT    "/api/console/standard-versions/{version}/carried-links" Officer CarryLinks => LinksCarried;
    POST   "/api/console/standard-versions/{version}/difference-course" Officer MakeDifferenceCourse => DifferenceCourse;
    POST   "/api/console/standard-versions/{version}/difference-course/assignments" Officer AssignDifferenceCourse => DifferenceAssigned;
    PUT    "/api/console/clauses/{clause}/posts"             Officer SetClausePosts   => Vec<ClauseRow>;
    GET    "/api/console/clauses/picker"                     Officer PickClauses      => Vec<ClauseChoice>;
    GET    "/api/console/courses/{course}/places"            Officer ListLinkPlaces   => Vec<PlaceChoice>;
    GET    "/api/console/clause-links"                       Officer ListClauseLinks  => ClauseLinks;
    POST   "/api/console/clause-links"                       Officer LinkClause       => ClauseLink;
    PUT    "/api/console/clause-links/{link}"                Officer SaveClauseLink   => ClauseLink;
    PUT    "/api/console/clause-links/{link}/submission"     Officer SubmitClauseLink => ClauseLink;
    PUT    "/api/console/clause-links/{link}/review"         Officer ReviewClauseLink => ClauseLink;
    DELETE "/api/console/clause-links/{link}"                Officer EndClauseLink    => ();
    GET    "/api/console/standards-coverage"                 Officer ShowCoverage     => Coverage;
    GET    "/api/console/standards-orphans"                  Officer ListOrphans      => Orphans;
}

choices! {
    /// 条款的层次
    ClauseKind {
        Chapter "章",
        Article "条",
        Paragraph "款",
        Item "项",
        Table "表",
        Appendix "附录",
    }

    /// 规范性或资料性
    ClauseForce { Normative "规范性", Informative "资料性" }

    /// 导入进行到哪一步
    VersionImport {
        Reading "正在读取",
        Proposed "待确认",
        Failed "读不出来",
        Confirmed "已确认",
    }

    /// 链接的用途
    LinkKind { Taught "讲授", Examined "考核", Inspected "检查", Cited "引用" }

    /// 覆盖程度
    LinkCoverage { Whole "全部", Part "部分" }

    /// 链接的状态
    LinkState {
        Draft "草拟",
        InReview "复核",
        Valid "有效",
        Stale "待复审",
        Ended "失效",
    }

    /// 为什么要复审
    StaleReason {
        Changed "条款改了",
        Deleted "条款删了",
        Superseded "原来的版本不再有效",
        /// Neither learners nor the draft have it any more.
        PlaceGone "课程里的这一处删了",
    }

    /// 链接到哪里
    LinkPlace {
        Lesson "课时",
        Card "步骤卡",
        Video "视频片段",
        Question "试题",
        ChecklistItem "考核项",
    }

    /// 条款的变化
    ChangeKind { Same "未变", Changed "改了", Added "新增", Deleted "删了" }

    /// 哪一张清单
    OrphanKind {
        ClauseWithoutCourse "有标无课",
        CourseWithoutClause "有课无标",
        QuestionWithoutClause "有题无条",
    }
}

/// 课程里的一处
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "place", rename_all = "snake_case", deny_unknown_fields)]
pub enum LinkTarget {
    /// 课时
    Lesson { lesson: LessonId },
    /// 步骤卡, from 0
    Card { lesson: LessonId, card: u32 },
    /// 视频片段, in seconds
    Video { lesson: LessonId, from: u32, to: u32 },
    /// 试题
    Question { question: QuestionId },
    /// 考核项
    ChecklistItem { course: CourseId, item: ChecklistItemId },
}
