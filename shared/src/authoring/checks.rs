//! 随堂自测: questions at the end of a lesson.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::QuestionDraft;
use crate::courses::{CourseId, LessonId};

/// 查看课时的自测题
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowLessonChecks {
    pub lesson: LessonId,
}

/// 保存课时的自测题
///
/// Learners are asked what was published; a changed question is another one to them. Safe to repeat.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveLessonChecks {
    pub lesson: LessonId,
    /// [`LessonChecks::version`] the change was made on; 0 where there were none yet.
    pub version: i32,
    /// At most 5. Their ids do not matter.
    pub questions: Vec<QuestionDraft>,
}

/// 课时的自测题, with their keys
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LessonChecks {
    pub lesson: LessonId,
    pub course: CourseId,
    /// What the lesson is called.
    pub title: String,
    /// 0 where nobody saved any yet.
    pub version: i32,
    pub questions: Vec<QuestionDraft>,
}
