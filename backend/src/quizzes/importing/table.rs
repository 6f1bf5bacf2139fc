//! Rows of a table become questions.

use shared::{
    authoring::{
        OptionDraft,
        QuestionColumn::{
            self, Answer, Explanation, Kind, OptionA, OptionB, OptionC, OptionD, OptionE, OptionF,
            OptionG, OptionH, Stem,
        },
        QuestionDraft, QuestionProblem,
    },
    quizzes::QuestionKind,
};

use super::{
    answer::{kind_of, letters_of, truth_of},
    read::{MOST, Read, TOO_MANY},
};
use crate::tables::{Column, Row};

const OPTIONS: [QuestionColumn; 8] =
    [OptionA, OptionB, OptionC, OptionD, OptionE, OptionF, OptionG, OptionH];

impl Column for QuestionColumn {
    /// More than the editor takes, so that what is too long is said instead of cut off.
    const LONGEST: usize = 2000;
    const MOST_ROWS: usize = MOST;
    const TOO_MANY: &'static str = TOO_MANY;
    const NO_HEADER: &'static str = "没有找到表头。表格请照模板在第一行写上：题型、题干、选项A、选项B……、答案、解析；试卷每道题前面要有题号（1.），选项前面写 A. B.，还要有答案；GIFT 文本的答案写在花括号 { } 里";
    const NEEDED: &'static [Self] = &[Kind, Stem, Answer, Explanation];
    const AS_SHOWN: bool = true;

    fn called(header: &str) -> Option<Self> {
        let header = header.to_uppercase();
        Some(match header.as_str() {
            "题型" | "题目类型" | "试题类型" | "类型" => Kind,
            "题干" | "题目" | "试题" | "问题" | "题目内容" | "试题内容" => Stem,
            "答案" | "正确答案" | "标准答案" | "参考答案" => Answer,
            "解析" | "答案解析" | "试题解析" | "题目解析" => Explanation,
            option => {
                let letter = option.trim_start_matches("选项").trim_end_matches("选项");
                let place = "ABCDEFGH".find(letter).filter(|_| letter.len() == 1)?;
                *OPTIONS.get(place)?
            }
        })
    }

    fn title(self) -> &'static str {
        self.label()
    }
}

pub fn read(rows: Vec<Row<QuestionColumn>>) -> Read {
    let mut read = Read::default();
    for row in rows {
        let mut reading = Reading { row: &row, found: Vec::new() };
        if let Some(question) = reading.question() {
            let found = reading.found;
            read.take(row.number, question, found);
        } else {
            read.problems.extend(reading.found);
        }
    }
    read
}

/// A row, and what is wrong with it.
struct Reading<'a> {
    row: &'a Row<QuestionColumn>,
    found: Vec<QuestionProblem>,
}

impl Reading<'_> {
    fn cell(&self, column: QuestionColumn) -> &str {
        self.row.cells.get(&column).map_or("", String::as_str)
    }

    fn wrong(&mut self, column: QuestionColumn, message: impl Into<String>) {
        let (row, message) = (self.row.number, message.into());
        self.found.push(QuestionProblem { row, column: Some(column), message });
    }

    /// Nothing where the kind cannot be told.
    fn question(&mut self) -> Option<QuestionDraft> {
        let Some(kind) = kind_of(self.cell(Kind)) else {
            self.wrong(Kind, "请填“单选”“多选”或者“判断”");
            return None;
        };
        let options = match kind {
            QuestionKind::TrueFalse => self.statement(),
            _ => self.options(kind),
        };
        Some(QuestionDraft {
            id: None,
            kind,
            stem: self.cell(Stem).into(),
            options,
            explanation: self.cell(Explanation).into(),
        })
    }

    fn options(&mut self, kind: QuestionKind) -> Vec<OptionDraft> {
        let right = self.right(kind);
        let option = |(place, column): (usize, &QuestionColumn)| {
            let text = self.cell(*column).to_owned();
            (!text.is_empty()).then(|| OptionDraft { text, correct: right.contains(&place) })
        };
        OPTIONS.iter().enumerate().filter_map(option).collect()
    }

    /// The places of the right options.
    fn right(&mut self, kind: QuestionKind) -> Vec<usize> {
        let Some(right) = letters_of(self.cell(Answer)) else {
            self.wrong(Answer, "请填正确选项的字母，比如 A；多选题像 AC 这样写在一起");
            return Vec::new();
        };
        let empty = right.iter().filter_map(|place| OPTIONS.get(*place));
        let empty = empty.copied().find(|column| self.cell(*column).is_empty());
        if let Some(column) = empty {
            let column = column.label();
            self.wrong(Answer, format!("答案里有{column}，可是“{column}”这一格是空的"));
        } else if kind == QuestionKind::Single && right.iter().any(|it| *it != right[0]) {
            self.wrong(Answer, "单选题只能有一个答案；几个都对的话，请把题型改成“多选”");
        } else if kind == QuestionKind::Multiple && right.iter().all(|it| *it == right[0]) {
            self.wrong(Answer, "多选题至少有两个答案；只有一个对的话，请把题型改成“单选”");
        }
        right
    }

    /// The options of a 判断题. Its answer may also be the letter of an option that says 对 or 错.
    fn statement(&mut self) -> Vec<OptionDraft> {
        let answer = self.cell(Answer);
        let by_letter = || match letters_of(answer)?.as_slice() {
            [place] => truth_of(self.cell(*OPTIONS.get(*place)?)),
            _ => None,
        };
        let truth = truth_of(answer).or_else(by_letter);
        if truth.is_none() {
            self.wrong(Answer, "判断题的答案请填“对”或者“错”");
        }
        statement(truth)
    }
}

/// The options of a statement that is right or wrong.
pub fn statement(truth: Option<bool>) -> Vec<OptionDraft> {
    let option =
        |text: &str, value| OptionDraft { text: text.into(), correct: truth == Some(value) };
    vec![option("正确", true), option("错误", false)]
}

#[cfg(test)]
mod tests;
