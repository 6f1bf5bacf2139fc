//! Questions that are brought in many at once: from a table, an examination paper, or text in the format
//! GIFT.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::QuestionDraft;
use crate::courses::CourseId;

/// Bytes of a file with questions.
pub const LARGEST_QUESTION_FILE: u32 = 2 << 20;

choices! {
    /// 题目表的一列
    QuestionColumn {
        Kind "题型",
        Stem "题干",
        OptionA "选项A",
        OptionB "选项B",
        OptionC "选项C",
        OptionD "选项D",
        OptionE "选项E",
        OptionF "选项F",
        OptionG "选项G",
        OptionH "选项H",
        Answer "答案",
        Explanation "解析",
    }
}

/// 看看一段文字里有哪些题
///
/// An examination paper as it is copied out of Word, a table as it is copied out of a spreadsheet, or the
/// format GIFT. Nothing is stored. A file goes to
/// `POST /api/console/courses/{course}/quiz/imports` (multipart, one part `file`), which answers alike.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewQuestions {
    pub course: CourseId,
    pub text: String,
}

/// 把选中的题加进测验
///
/// After the questions that are there. Safe to repeat: each question brings its id from the preview, and
/// one that was added before is not added again.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddQuestions {
    pub course: CourseId,
    /// Each with its id.
    pub questions: Vec<QuestionDraft>,
}

/// 能导入的题，和要改的地方
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuestionPreview {
    /// In the order of the file.
    pub questions: Vec<ReadQuestion>,
    pub problems: Vec<QuestionProblem>,
    /// How many questions the quiz still takes.
    pub room: u32,
}

/// 读懂了的一题, with its key
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadQuestion {
    /// Where it begins: the line as the file counts, from 1.
    pub row: u32,
    /// With an id of its own.
    pub question: QuestionDraft,
    /// Where the same is asked already, in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// Whether it only says what is right, for want of an explanation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unexplained: bool,
}

/// 一行里要改的地方
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuestionProblem {
    pub row: u32,
    /// Absent where it is about the whole question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<QuestionColumn>,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}
