//! What officers make in the console: courses, quizzes with their keys, assignments, sessions.
//!
//! This module exists only with the feature `console`, so that the phone cannot even name it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    accounts::PersonId,
    bases::TrainingBaseId,
    content::{LessonContent, LessonKind, MediaId, MediaKind, Picture},
    courses::{ChapterId, CourseCategory, CourseId, CourseLevel, CourseStatus, LessonId},
    gates::{GateReason, GateWaiver},
    organizations::{OrganizationId, PostId},
    quizzes::{QuestionId, QuestionKind, ReleasePolicy},
    revisions::RevisionState,
    roster::TeamId,
    training::{SessionState, TrainingSessionId},
};

mod checks;
mod imports;
mod listing;

pub use checks::*;
pub use imports::*;
pub use listing::*;

endpoints! {
    GET    "/api/console/courses"                       Officer ListManagedCourses  => ManagedCourses;
    GET    "/api/console/course-cells"                  Officer CountManagedCourses => Vec<CourseCell>;
    POST   "/api/console/courses"                       Officer CreateCourse        => CourseDraft;
    GET    "/api/console/courses/{course}"              Officer ShowCourseDraft     => CourseDraft;
    PUT    "/api/console/courses/{course}"              Officer SaveCourseDetails   => CourseDraft;
    DELETE "/api/console/courses/{course}"              Officer RemoveCourse        => ();
    POST   "/api/console/courses/{course}/chapters"     Officer AddChapter          => CourseDraft;
    PUT    "/api/console/chapters/{chapter}"            Officer SaveChapter         => CourseDraft;
    DELETE "/api/console/chapters/{chapter}"            Officer RemoveChapter       => CourseDraft;
    POST   "/api/console/chapters/{chapter}/lessons"    Officer AddLesson           => LessonDraft;
    GET    "/api/console/lessons/{lesson}"              Officer ShowLessonDraft     => LessonDraft;
    PUT    "/api/console/lessons/{lesson}"              Officer SaveLesson          => LessonDraft;
    DELETE "/api/console/lessons/{lesson}"              Officer RemoveLesson        => CourseDraft;
    PUT    "/api/console/lessons/{lesson}/chapter"      Officer MoveLesson          => CourseDraft;
    GET    "/api/console/lessons/{lesson}/checks"       Officer ShowLessonChecks    => LessonChecks;
    PUT    "/api/console/lessons/{lesson}/checks"       Officer SaveLessonChecks    => LessonChecks;
    GET    "/api/console/courses/{course}/quiz"         Officer ShowQuizDraft       => QuizDraft;
    PUT    "/api/console/courses/{course}/quiz"         Officer SaveQuizDraft       => QuizDraft;
    DELETE "/api/console/courses/{course}/quiz"         Officer RemoveQuiz          => QuizDraft;
    POST   "/api/console/courses/{course}/quiz/preview" Officer PreviewQuestions    => QuestionPreview;
    POST   "/api/console/courses/{course}/quiz/questions" Officer AddQuestions      => QuizDraft;
    POST   "/api/console/courses/{course}/assignments"  Officer AssignCourse        => Assignment;
    GET    "/api/console/courses/{course}/assignments"  Officer ListAssignments     => Vec<Assignment>;
    GET    "/api/console/audience"                      Officer CountAudience       => Audience;
    GET    "/api/console/training-sessions"             Host    ListManagedSessions => Vec<ManagedSession>;
    POST   "/api/console/training-sessions"             Officer CreateTrainingSession => ManagedSession;
    PUT    "/api/console/training-sessions/{session}"   Officer SaveTrainingSession => ManagedSession;
    DELETE "/api/console/training-sessions/{session}"   Officer CancelTrainingSession => ManagedSession;
}

ids! {
    /// 必学任务编号
    AssignmentId
}

/// 新建课程
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCourse {
    pub details: CourseDetails,
}

/// 查看课程稿
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowCourseDraft {
    pub course: CourseId,
}

/// 保存课程信息
///
/// Safe to repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveCourseDetails {
    pub course: CourseId,
    /// [`CourseDraft::version`] the change was made on.
    pub version: i32,
    pub details: CourseDetails,
}

/// 删除没有发布过的课程
///
/// It is gone from every list and count, and its files from the space used. What was published once is
/// retired instead.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveCourse {
    pub course: CourseId,
}

/// 增加一章
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddChapter {
    pub course: CourseId,
    pub title: String,
}

/// 修改一章
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveChapter {
    pub chapter: ChapterId,
    pub title: String,
    /// Its place among the chapters, from 1.
    pub position: i32,
}

/// 删除一章和其中的课时
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveChapter {
    pub chapter: ChapterId,
}

/// 增加课时
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddLesson {
    pub chapter: ChapterId,
    pub title: String,
    pub kind: LessonKind,
}

/// 查看课时稿
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowLessonDraft {
    pub lesson: LessonId,
}

/// 保存课时
///
/// Safe to repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveLesson {
    pub lesson: LessonId,
    /// [`LessonDraft::version`] the change was made on.
    pub version: i32,
    pub title: String,
    /// How long it takes, 1 to 60 minutes.
    pub minutes: u32,
    /// Its place in the chapter, from 1; absent to leave it where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i32>,
    pub content: LessonContent,
}

/// 删除课时
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveLesson {
    pub lesson: LessonId,
}

/// 把课时移到另一章
///
/// It goes after the other lessons of that chapter, which is one of the same course.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveLesson {
    pub lesson: LessonId,
    pub chapter: ChapterId,
}

/// 查看测验稿
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowQuizDraft {
    pub course: CourseId,
}

/// 保存测验
///
/// A changed question becomes a new version; attempts keep the version they were drawn with. Safe to
/// repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveQuizDraft {
    pub course: CourseId,
    /// [`QuizDraft::version`] the change was made on; 0 for a new quiz.
    pub version: i32,
    pub settings: QuizSettings,
    pub questions: Vec<QuestionDraft>,
}

/// 不办测验
///
/// Takes the quiz out of what is written; revisions and attempts keep theirs.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveQuiz {
    pub course: CourseId,
}

/// 布置必学
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignCourse {
    pub course: CourseId,
    /// People of any of these posts …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<PostId>,
    /// … in any of these organisations. An empty list does not narrow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<OrganizationId>,
    /// Besides them everybody of these teams …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamId>,
    /// … and these people. A choice of nothing at all is refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// To be done by the end of this local date.
    pub due_on: NaiveDate,
}

/// 查询必学任务
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAssignments {
    pub course: CourseId,
}

/// 查询会布置给多少人
///
/// To be shown before 布置必学; the choice works as there.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountAudience {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<PostId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<OrganizationId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<TeamId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}

/// 查询在管场次
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListManagedSessions {}

/// 新建实训场次
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTrainingSession {
    pub details: SessionDetails,
}

/// 修改实训场次
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveTrainingSession {
    pub session: TrainingSessionId,
    pub details: SessionDetails,
}

/// 取消实训场次
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelTrainingSession {
    pub session: TrainingSessionId,
}

/// 课程信息
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CourseDetails {
    pub title: String,
    /// 学完能做到什么
    pub summary: String,
    pub level: CourseLevel,
    pub category: CourseCategory,
    /// 学完取得什么资格: only of 认证考核, which must say it to be published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub qualification: String,
    pub posts: Vec<PostId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
}

/// 课程稿
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CourseDraft {
    pub id: CourseId,
    /// Whether the one who asks may change it, and not only assign it.
    pub editable: bool,
    pub version: i32,
    pub status: CourseStatus,
    pub details: CourseDetails,
    pub chapters: Vec<ChapterDraft>,
    /// Questions of the quiz; 0 where there is none.
    pub questions: u32,
    /// What must be done before it can be submitted; empty when it can.
    pub missing: Vec<GateReason>,
    /// The number of the revision that learners read, or read before it was retired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<u32>,
    /// Whether it says something else than that.
    pub changed: bool,
    /// Where the revision stands that is on its way to learners, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<RevisionState>,
    /// Whether the five lights are for what comes to learners next: the revision that is on its way, else
    /// the draft.
    pub gated: bool,
    /// Who let it be published without some of the five lights, as long as that counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<GateWaiver>,
    pub updated_at: DateTime<Utc>,
}

/// 章的稿
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChapterDraft {
    pub id: ChapterId,
    pub title: String,
    pub lessons: Vec<LessonDraftCard>,
}

/// 课时稿卡片
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LessonDraftCard {
    pub id: LessonId,
    pub title: String,
    pub kind: LessonKind,
    pub minutes: u32,
}

/// 课时稿
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LessonDraft {
    pub id: LessonId,
    pub course: CourseId,
    pub chapter: ChapterId,
    pub version: i32,
    pub title: String,
    pub minutes: u32,
    pub position: i32,
    pub content: LessonContent,
}

/// 测验稿
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuizDraft {
    pub course: CourseId,
    /// 0 where the course has no quiz yet.
    pub version: i32,
    pub settings: QuizSettings,
    pub questions: Vec<QuestionDraft>,
}

/// 测验设置
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuizSettings {
    pub title: String,
    /// Per cent of the points needed to pass, 1 to 100.
    pub pass_mark: u32,
    /// Minutes for one attempt, 1 to 180.
    pub minutes: u32,
    /// Attempts for each person, 1 to 20.
    pub attempts: u32,
    pub release: ReleasePolicy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<DateTime<Utc>>,
}

impl Default for QuizSettings {
    fn default() -> Self {
        Self {
            title: "课后测验".into(),
            pass_mark: 80,
            minutes: 15,
            attempts: 3,
            release: ReleasePolicy::AfterSubmission,
            opens_at: None,
            closes_at: None,
        }
    }
}

/// 试题稿, with its key
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionDraft {
    /// Absent for a new question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<QuestionId>,
    pub kind: QuestionKind,
    pub stem: String,
    /// 2 to 8 options; 正确 and 错误 for 判断题.
    pub options: Vec<OptionDraft>,
    pub explanation: String,
}

/// 选项稿
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionDraft {
    pub text: String,
    pub correct: bool,
}

/// 必学任务
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assignment {
    pub id: AssignmentId,
    /// To whom, in words.
    pub target: String,
    pub people: u32,
    pub due_on: NaiveDate,
    pub created_at: DateTime<Utc>,
}

/// 布置对象
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Audience {
    /// Active people whom the choice fits now.
    pub people: u32,
}

/// 场次信息
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionDetails {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseId>,
    pub place: String,
    /// 实训基地, whose manager then sees the session and who came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<TrainingBaseId>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub instructor: PersonId,
    /// 1 to 1000.
    pub seats: i32,
    /// 要带什么、注意什么
    pub notes: String,
}

/// 在管场次
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ManagedSession {
    pub id: TrainingSessionId,
    pub details: SessionDetails,
    /// 讲师姓名
    pub instructor: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course_title: Option<String>,
    /// What the base is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_name: Option<String>,
    pub state: SessionState,
    pub enrolled: u32,
    pub present: u32,
    /// Whether the one who asks may change it, and not only look at it.
    pub managed: bool,
}

impl ManagedSession {
    /// Whether it can still be changed, by the one who asks.
    pub const fn editable(&self) -> bool {
        self.managed && self.is_to_come()
    }

    /// Whether it is not over.
    pub const fn is_to_come(&self) -> bool {
        matches!(self.state, SessionState::Planned | SessionState::Open)
    }
}

/// 上传的文件, the answer to `POST /api/console/media` (multipart, one part `file`)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediaFile {
    pub id: MediaId,
    pub kind: MediaKind,
    /// Pixels; of a video's first track.
    pub width: u32,
    pub height: u32,
    /// Length in seconds; 0 for a picture.
    pub seconds: u32,
    /// Pages of courseware; 0 for everything else.
    #[serde(default)]
    pub pages: u32,
    pub bytes: u64,
}
