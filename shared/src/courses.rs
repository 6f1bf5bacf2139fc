//! Published courses, as learners see them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    content::{LessonContent, LessonKind, Picture},
    learning::LessonProgress,
    organizations::{Post, PostId},
    page::Page,
    quizzes::QuizCard,
    standards::ClauseChip,
};

endpoints! {
    GET "/api/courses"          SignedIn ListCourses => Page<CourseCard>;
    GET "/api/courses/{course}" SignedIn ShowCourse  => Course;
    GET "/api/lessons/{lesson}" SignedIn ShowLesson  => Lesson;
}

ids! {
    /// 课程编号
    CourseId
    /// 章编号
    ChapterId
    /// 课时编号
    LessonId
    /// 自测题编号
    CheckId
}

choices! {
    /// 层面
    CourseLevel { Decision "决策", Management "管理", Execution "执行" }

    /// 类别
    CourseCategory {
        Theory "理论研究",
        ManagementNorms "管理规范",
        PostSkills "岗位技能",
        Certification "认证考核",
    }

    /// 课程状态
    CourseStatus { Draft "编写中", Published "已发布", Retired "已停用" }
}

impl CourseLevel {
    /// Minutes that one lesson may take: who works with their hands learns between two rounds.
    pub const fn longest_lesson(self) -> Option<u32> {
        match self {
            Self::Execution => Some(8),
            Self::Decision | Self::Management => None,
        }
    }
}

/// 查询课程列表
///
/// The caller's own posts come first, then the newest.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListCourses {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<CourseLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CourseCategory>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// Words in the title or summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 查看课程
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowCourse {
    pub course: CourseId,
}

/// 查看课时
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowLesson {
    pub lesson: LessonId,
}

/// 课程卡片
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CourseCard {
    pub id: CourseId,
    pub title: String,
    pub summary: String,
    pub level: CourseLevel,
    pub category: CourseCategory,
    pub posts: Vec<Post>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
    pub progress: CourseProgress,
    /// Given to the caller as 必学, to be done by this local date; absent where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

/// 学习进度
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CourseProgress {
    /// Lessons of the course.
    pub lessons: u32,
    /// Lessons the caller finished.
    pub finished: u32,
    /// Whether the caller has begun any.
    #[serde(default)]
    pub started: bool,
    /// Minutes of the lessons not finished yet.
    pub minutes_left: u32,
    /// Whether the quiz is passed; absent where the course has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiz_passed: Option<bool>,
}

impl CourseProgress {
    /// Whether everything the course asks for is done.
    pub fn complete(&self) -> bool {
        self.lessons > 0 && self.finished >= self.lessons && self.quiz_passed != Some(false)
    }
}

/// 课程
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Course {
    #[serde(flatten)]
    pub card: CourseCard,
    pub chapters: Vec<Chapter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiz: Option<QuizCard>,
    /// Where to go on: the lesson last opened and not finished, else the first unfinished one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_lesson: Option<LessonId>,
    /// What is to be learnt before it and the caller has not completed. A word only: the course is
    /// open all the same, and what was done in it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comes_first: Vec<CourseCard>,
    /// What the caller learns now: another one, and what was downloaded is no longer the newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Uuid>,
}

/// 章
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Chapter {
    pub id: ChapterId,
    pub title: String,
    pub lessons: Vec<LessonCard>,
}

/// 课时卡片
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LessonCard {
    pub id: LessonId,
    pub title: String,
    pub kind: LessonKind,
    /// How long it takes, in minutes.
    pub minutes: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// Begun and not finished.
    pub started: bool,
}

/// 课时
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Lesson {
    pub id: LessonId,
    pub course: CourseId,
    pub course_title: String,
    pub title: String,
    pub minutes: u32,
    pub content: LessonContent,
    pub progress: LessonProgress,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<LessonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<LessonId>,
    /// What follows the last lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiz: Option<QuizCard>,
    /// The clauses that it cites: 依据 6.2.3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<ClauseChip>,
    /// How many questions stand at its end; it is finished when they are answered, too.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub checks: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}
