//! What is understood of a file, and what is not.

use serde::{Deserialize, Serialize};
use shared::{
    authoring::{QuestionColumn, QuestionDraft, QuestionProblem},
    quizzes::QuestionKind,
};

use super::{gift, paper, table};
use crate::{
    Result,
    quizzes::draft_rules,
    standards,
    tables::{self, archive},
};

/// Questions of one file.
pub const MOST: usize = 500;
pub const TOO_MANY: &str = "一次最多导入 500 题，请拆成几份";

/// A file's questions, each with the line where it begins.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    pub questions: Vec<(u32, QuestionDraft)>,
    pub problems: Vec<QuestionProblem>,
}

/// Reads a table, a text in the format GIFT or an examination paper, whichever it is.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub fn read(file: &[u8]) -> Result<Read> {
    if archive::has(file, "word/document.xml") {
        return paper::read(&of_word(file)?);
    }
    if !file.starts_with(b"PK")
        && let Ok(text) = tables::decode(file)
        && !tables::has_header::<QuestionColumn>(&text)
    {
        if text.contains('{') {
            return gift::read(&text);
        }
        if paper::is_one(&text) {
            return paper::read(&text);
        }
    }
    Ok(table::read(tables::rows(file)?))
}

/// The paragraphs of a Word file, with the numbers that Word shows; each cell of a table is one.
fn of_word(file: &[u8]) -> Result<String> {
    let broken = "这个 Word 文件打不开；请在 Word 里全选、复制，粘贴到下面的框里";
    let lines = standards::reading::paragraphs(file).map_err(|_| tables::refusal(broken))?;
    let lines = lines.into_iter().map(|it| it.text.replace(" | ", "\n"));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

impl Read {
    /// Takes a question in, if it is one that the editor would save, and what was found wrong with it on
    /// the way; what follows from that is not said again.
    pub fn take(&mut self, row: u32, mut question: QuestionDraft, mut found: Vec<QuestionProblem>) {
        for (field, message) in draft_rules::wrong_with(&mut question) {
            let column = column_of(&field, question.kind);
            let caused = |it: &QuestionProblem| match it.column {
                Some(QuestionColumn::Answer) => field == "options",
                other => other.is_some() && other == column,
            };
            if !found.iter().any(caused) {
                found.push(QuestionProblem { row, column, message: message.into() });
            }
        }
        if found.is_empty() {
            self.questions.push((row, question));
        } else {
            self.problems.extend(found);
        }
    }
}

/// Where in a table the editor's remark belongs: a wrong number of right options is the answer's fault.
fn column_of(field: &str, kind: QuestionKind) -> Option<QuestionColumn> {
    match field {
        "stem" => Some(QuestionColumn::Stem),
        "explanation" => Some(QuestionColumn::Explanation),
        _ if kind == QuestionKind::TrueFalse => Some(QuestionColumn::Answer),
        _ => None,
    }
}
