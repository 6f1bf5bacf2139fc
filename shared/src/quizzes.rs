//! Quizzes as learners take them. Nothing here can hold an answer key.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::courses::CourseId;

endpoints! {
    GET  "/api/quizzes/{quiz}"                SignedIn ShowQuiz        => Quiz;
    POST "/api/quizzes/{quiz}/attempts"       SignedIn StartAttempt    => Attempt;
    GET  "/api/attempts/{attempt}"            SignedIn ShowAttempt     => Attempt;
    PUT  "/api/attempts/{attempt}/writer"     SignedIn TakeOverAttempt => Attempt;
    PUT  "/api/attempts/{attempt}/answers"    SignedIn SaveAnswers     => SavedAnswers;
    PUT  "/api/attempts/{attempt}/submission" SignedIn SubmitAttempt   => SubmittedAttempt;
    GET  "/api/attempts/{attempt}/result"     SignedIn ShowResult      => QuizResult;
}

ids! {
    /// 测验编号
    QuizId
    /// 答卷编号
    AttemptId
    /// 试题编号
    QuestionId
}

choices! {
    /// 题型
    QuestionKind { Single "单选题", Multiple "多选题", TrueFalse "判断题" }

    /// 答卷状态
    AttemptState { InProgress "答题中", Submitted "已交卷", Voided "已作废" }

    /// 交卷方式
    SubmitReason { Learner "本人交卷", Timeout "到时自动交卷", Officer "经办收卷" }

    /// 什么时候公布解析
    ReleasePolicy {
        /// As soon as the attempt is submitted.
        AfterSubmission "交卷后马上公布",
        /// When the caller has passed or used every attempt.
        AfterLastAttempt "通过或次数用完后公布",
        /// When the quiz has closed.
        AfterClose "测验结束后公布",
    }
}

/// 查看测验说明
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowQuiz {
    pub quiz: QuizId,
}

/// 开始测验
///
/// Safe to repeat: while an attempt is running, that attempt is the answer.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartAttempt {
    pub quiz: QuizId,
    /// A random id the device made for itself; whoever starts writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Uuid>,
}

/// 查看答卷
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowAttempt {
    pub attempt: AttemptId,
}

/// 换到这台设备作答
///
/// The device that wrote before is told so at its next save.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOverAttempt {
    pub attempt: AttemptId,
    pub device: Uuid,
}

/// 保存答案
///
/// Acknowledged after it is on disk. Safe to repeat: for each question the highest `client_seq` wins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveAnswers {
    pub attempt: AttemptId,
    /// The [`Attempt::writer_epoch`] this device was given.
    pub writer_epoch: i32,
    /// 1 to 50 answers.
    pub answers: Vec<Answer>,
}

/// 交卷
///
/// Safe to repeat: the first submission stands and later ones are answered with its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitAttempt {
    pub attempt: AttemptId,
    pub writer_epoch: i32,
    /// What was not saved yet. Ignored, and said so, when it comes after the deadline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
}

/// 查看成绩
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowResult {
    pub attempt: AttemptId,
}

/// 测验卡片
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuizCard {
    pub id: QuizId,
    pub title: String,
    pub questions: u32,
    pub passed: bool,
}

/// 测验说明
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quiz {
    pub id: QuizId,
    pub course: CourseId,
    pub course_title: String,
    pub title: String,
    pub questions: u32,
    /// Per cent of the points needed to pass.
    pub pass_mark: u32,
    /// Minutes from the start of an attempt to its end.
    pub minutes: u32,
    /// How many attempts a person has.
    pub attempts: u32,
    pub attempts_used: u32,
    /// Nobody starts earlier; absent where the quiz is open from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<DateTime<Utc>>,
    /// 最晚进入时间 and 结束时间 are one: nobody starts later, and no attempt outlasts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<DateTime<Utc>>,
    pub release: ReleasePolicy,
    /// The attempt that is running now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running: Option<AttemptId>,
    /// Submitted attempts, the newest first.
    pub past: Vec<PastAttempt>,
    pub now: DateTime<Utc>,
}

/// 以往答卷
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastAttempt {
    pub attempt: AttemptId,
    /// 0 to 100.
    pub score: u32,
    pub passed: bool,
    pub submitted_at: DateTime<Utc>,
}

/// 答卷
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attempt {
    pub id: AttemptId,
    pub quiz: QuizId,
    pub course: CourseId,
    pub title: String,
    pub state: AttemptState,
    pub started_at: DateTime<Utc>,
    /// The end, on the server's clock. It never moves.
    pub deadline_at: DateTime<Utc>,
    /// The server's clock now.
    pub now: DateTime<Utc>,
    /// Send with every write.
    pub writer_epoch: i32,
    /// The device that writes, as it named itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<Uuid>,
    pub items: Vec<AttemptItem>,
}

/// 答卷中的一题
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttemptItem {
    /// From 1.
    pub position: i32,
    pub kind: QuestionKind,
    pub stem: String,
    pub options: Vec<AttemptOption>,
    /// What is saved: handles of the chosen options.
    pub chosen: Vec<String>,
    /// The `client_seq` of what is saved; 0 where nothing is.
    pub client_seq: i64,
}

/// 选项
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttemptOption {
    /// Names the option in this attempt only.
    pub handle: String,
    pub text: String,
}

/// 一题的答案
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// [`AttemptItem::position`].
    pub position: i32,
    /// Handles of the chosen options; empty takes the answer back.
    pub chosen: Vec<String>,
    /// Counts up on the device, so that a late message cannot undo a newer choice.
    pub client_seq: i64,
}

/// 保存结果
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SavedAnswers {
    /// For each question sent: what the server now holds.
    pub saved: Vec<SavedAnswer>,
    pub deadline_at: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

/// 已保存的答案
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SavedAnswer {
    pub position: i32,
    pub client_seq: i64,
}

/// 交卷结果
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubmittedAttempt {
    pub attempt: AttemptId,
    pub submitted_at: DateTime<Utc>,
    pub reason: SubmitReason,
    /// Questions whose answers came with the submission but after the deadline.
    pub late_ignored: Vec<i32>,
}

/// 成绩
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuizResult {
    pub attempt: AttemptId,
    pub quiz: QuizId,
    pub course: CourseId,
    pub title: String,
    /// 0 to 100.
    pub score: u32,
    pub pass_mark: u32,
    pub passed: bool,
    pub correct: u32,
    pub questions: u32,
    pub submitted_at: DateTime<Utc>,
    pub reason: SubmitReason,
    /// How many attempts are left.
    pub attempts_left: u32,
    /// The number of the course's revision from which it was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// When the explanations are released, in words; absent once they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_note: Option<String>,
    /// Question by question; empty before the release.
    pub review: Vec<ReviewedItem>,
}

/// 题目解析, made only after its release
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewedItem {
    pub position: i32,
    pub kind: QuestionKind,
    pub stem: String,
    pub options: Vec<ReviewedOption>,
    pub right: bool,
    pub explanation: String,
}

/// 解析中的选项
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewedOption {
    pub text: String,
    pub chosen: bool,
    pub correct: bool,
}
