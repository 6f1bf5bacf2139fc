//! What a revision holds, and what differs between two.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ChangeKind, ChangePart, LineChange};
use crate::{
    authoring::{CourseDetails, QuestionDraft, QuizSettings},
    content::LessonContent,
    courses::{ChapterId, CheckId, LessonId},
    practice::Practice,
    quizzes::QuestionId,
};

/// 课程文本, all that learners read, by ids that stay the same in every revision
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CourseDocument {
    pub details: CourseDetails,
    pub chapters: Vec<ChapterDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiz: Option<QuizDocument>,
    #[serde(default, skip_serializing_if = "Practice::is_empty")]
    pub practice: Practice,
}

/// 章文本
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChapterDocument {
    pub id: ChapterId,
    pub title: String,
    pub lessons: Vec<LessonDocument>,
}

/// 课时文本
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LessonDocument {
    pub id: LessonId,
    pub title: String,
    pub minutes: u32,
    pub content: LessonContent,
    /// 自测题, each of which never changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckId>,
}

/// 测验文本
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuizDocument {
    pub settings: QuizSettings,
    pub questions: Vec<QuestionDocument>,
}

/// 试题, by the version that is asked, which never changes
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuestionDocument {
    pub question: QuestionId,
    pub version: uuid::Uuid,
}

/// 一个课时的自测题, with the keys
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevisionChecks {
    pub lesson: LessonId,
    pub questions: Vec<QuestionDraft>,
}

/// 两个版本的差别
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevisionComparison {
    /// Absent where there is nothing earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
    /// Absent for the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
    pub changes: Vec<RevisionChange>,
}

/// 一处改动
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevisionChange {
    pub kind: ChangeKind,
    pub part: ChangePart,
    /// What it is called now, or was called.
    pub title: String,
    /// What changed in it, with a line around each change.
    pub lines: Vec<ChangedLine>,
}

/// 改动中的一行
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangedLine {
    pub change: LineChange,
    pub text: String,
}
