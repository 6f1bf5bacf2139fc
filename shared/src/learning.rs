//! A learner's day and what they achieved.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    accounts::Me,
    courses::{CourseCard, CourseId, LessonId},
    quizzes::{AttemptId, QuizId},
    training::{TrainingSessionCard, TrainingSessionId},
};

endpoints! {
    GET "/api/today"                     SignedIn   ShowToday        => Today;
    PUT "/api/lessons/{lesson}/progress" SignedIn   ReportProgress   => LessonProgress;
    GET "/api/me/achievements"           SignedIn   ShowAchievements => Achievements;
    GET "/api/enquiries"                 Attending  CountEnquiries   => EnquiryCount;
}

/// 查看今天该做什么
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowToday {}

/// 上报学习进度
///
/// Safe to repeat and to send late: progress never goes back. Of a video counts what can have been
/// watched since the person's last report, by the server's clock, whichever lesson that was about;
/// what is left out is no error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportProgress {
    pub lesson: LessonId,
    /// Where to resume: seconds into a video, index of the step card, or per cent of an article.
    pub position: u32,
    /// For a video: what was watched since the last report, as `[from, to)` in seconds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watched: Vec<[u32; 2]>,
    /// The learner came to the end: of the article, or of the last step card. A video is finished
    /// when nine tenths of it were watched, whatever this says.
    #[serde(default)]
    pub reached_end: bool,
    /// How many seconds ago that was, where there was no network in between. The position of what was
    /// learnt last stays, whatever arrives last.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub ago: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// 查看我的成绩和记录
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowAchievements {}

/// 查询等答复的提问数
///
/// About courses, or from people, whom the caller answers: none for who answers nobody. They are
/// answered at `/study/questions`.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountEnquiries {}

/// 等答复的提问数
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EnquiryCount {
    pub waiting: u64,
}

/// 课时进度
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LessonProgress {
    /// See [`ReportProgress::position`].
    pub position: u32,
    /// Per cent done.
    pub percent: u32,
    /// Of a video: up to which second it was watched. Who may not skip ahead goes on from there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub furthest: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
}

/// 今天
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Today {
    pub me: Me,
    /// The server's clock; phones show times relative to it.
    pub now: DateTime<Utc>,
    /// 今日必学: assigned and not complete, the soonest due first.
    pub assigned: Vec<CourseCard>,
    /// Where nothing is assigned, the next course on the learning path of the person's post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<CourseCard>,
    /// The next session the learner is enrolled in, or else the next one they can enrol for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<TrainingSessionCard>,
    /// The lesson they stopped in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<Resume>,
    /// A quiz that is running now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running_attempt: Option<RunningAttempt>,
    pub unread_messages: u32,
}

/// 接着学
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resume {
    pub course: CourseId,
    pub course_title: String,
    pub lesson: LessonId,
    pub lesson_title: String,
    /// Per cent done.
    pub percent: u32,
}

/// 正在进行的测验
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RunningAttempt {
    pub attempt: AttemptId,
    pub quiz: QuizId,
    pub title: String,
    pub deadline_at: DateTime<Utc>,
}

/// 我的成绩和记录
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Achievements {
    /// Courses with every lesson finished and the quiz, if any, passed.
    pub courses: Vec<FinishedCourse>,
    /// Every submitted attempt, the newest first.
    pub results: Vec<QuizRecord>,
    /// Sessions attended, the newest first.
    pub sessions: Vec<AttendedSession>,
}

/// 学完的课程
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FinishedCourse {
    pub course: CourseId,
    pub title: String,
    pub finished_at: DateTime<Utc>,
}

/// 测验记录
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuizRecord {
    pub attempt: AttemptId,
    pub title: String,
    pub score: u32,
    pub passed: bool,
    pub submitted_at: DateTime<Utc>,
}

/// 参加过的实训
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendedSession {
    pub session: TrainingSessionId,
    pub title: String,
    pub place: String,
    pub on: NaiveDate,
    pub checked_in_at: DateTime<Utc>,
}
