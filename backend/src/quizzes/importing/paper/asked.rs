//! One question of a paper, gathered line by line, and what is wrong with it.

use shared::{
    authoring::{OptionDraft, QuestionColumn, QuestionDraft, QuestionProblem},
    quizzes::QuestionKind,
};

use super::{
    super::{
        answer::{letters_of, truth_of},
        read::Read,
        table::statement,
    },
    brackets::{Brackets, brackets},
    part::Part,
};

/// Options of one question, by their letters.
const MOST_OPTIONS: usize = 8;

/// A question of the paper while its lines are read.
#[derive(Debug, Default)]
pub struct Asked {
    /// The line where it begins.
    pub row: u32,
    pub number: u32,
    /// As the heading above it or a word in its own line says.
    pub kind: Option<QuestionKind>,
    /// What the heading calls a kind that is not asked here.
    pub foreign: Option<String>,
    pub stem: String,
    pub options: Vec<String>,
    pub answer: String,
    pub explanation: String,
    /// Why nobody can say what was meant.
    pub unclear: Option<&'static str>,
}

const TWO_ANSWERS: &str = "这一题里写了两次答案，请留一个；要是连着两道题，请给后一道加上题号";
const OPTIONS_JUMP: &str =
    "选项的字母接不上，请按 A、B、C 的顺序写；要是连着两道题，请给后一道加上题号";

/// What the next plain line goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Last {
    Stem,
    Option,
    Answer,
    Explanation,
}

/// What stands for an explanation that a paper does not give: what is right, in words.
pub(super) fn bare_explanation(kind: QuestionKind, options: &[OptionDraft]) -> String {
    let right: Vec<&str> =
        options.iter().filter(|it| it.correct).map(|it| it.text.as_str()).collect();
    if kind == QuestionKind::TrueFalse {
        return format!("这句话是{}的。", right.concat());
    }
    let text = format!("正确答案：{}。", right.join("；"));
    if text.chars().count() > 500 { "正确答案见上面打勾的选项。".into() } else { text }
}

/// Whether a question says what is right and not why.
pub fn is_unexplained(question: &QuestionDraft) -> bool {
    question.explanation == bare_explanation(question.kind, &question.options)
}

impl Asked {
    /// Takes a part in, and tells what a plain line after it goes on with.
    pub fn take(&mut self, part: Part, last: Last) -> Last {
        match part {
            Part::Option(place, text) if place == self.options.len() && place < MOST_OPTIONS => {
                self.options.push(text);
                Last::Option
            }
            // Why an option is right or wrong.
            Part::Option(place, text) if matches!(last, Last::Answer | Last::Explanation) => {
                let letter = "ABCDEFGH".get(place..=place).unwrap_or_default();
                self.more(Last::Explanation, &format!("{letter}. {text}"));
                Last::Explanation
            }
            Part::Option(..) => {
                self.unclear = Some(OPTIONS_JUMP);
                last
            }
            Part::Answer(text) => {
                if !self.answer.is_empty() {
                    self.unclear = Some(TWO_ANSWERS);
                }
                self.answer = text;
                Last::Answer
            }
            Part::Explanation(text) => {
                add(&mut self.explanation, &text);
                Last::Explanation
            }
            Part::Text(text) => {
                self.more(last, &text);
                last
            }
        }
    }

    fn more(&mut self, last: Last, text: &str) {
        match last {
            Last::Stem => add(&mut self.stem, text),
            Last::Option => {
                if let Some(option) = self.options.last_mut() {
                    option.push_str(text);
                }
            }
            // The word 答案 may stand alone above it.
            Last::Answer if self.answer.is_empty() => text.clone_into(&mut self.answer),
            Last::Answer | Last::Explanation => add(&mut self.explanation, text),
        }
    }

    pub fn finish(mut self, read: &mut Read) {
        if let Some(foreign) = self.foreign {
            let message = format!("{foreign}还不能导入，这里只收单选题、多选题、判断题");
            read.problems.push(QuestionProblem { row: self.row, column: None, message });
            return;
        }
        if let Some(message) = self.unclear.or_else(|| self.bracketed()) {
            let column = Some(QuestionColumn::Answer);
            read.problems.push(QuestionProblem { row: self.row, column, message: message.into() });
            return;
        }
        let mut found = Vec::new();
        let (kind, options) = self.options(&mut found);
        let explanation = if self.explanation.is_empty() {
            bare_explanation(kind, &options)
        } else {
            self.explanation
        };
        let question = QuestionDraft { id: None, kind, stem: self.stem, options, explanation };
        read.take(self.row, question, found);
    }

    /// Takes the key out of the brackets of the stem, or says why nobody can.
    fn bracketed(&mut self) -> Option<&'static str> {
        match brackets(&self.stem) {
            Brackets::Unclear if self.answer.is_empty() => {
                return Some("题目里有几个括号，看不出哪个里面是答案：请在下面写“答案：A”");
            }
            Brackets::Empty | Brackets::Unclear => {}
            Brackets::Key(said, stem) => {
                if !self.answer.is_empty() && !same(&said, &self.answer) {
                    return Some("题目括号里写的和下面的答案不一样，请留一个");
                }
                (self.answer, self.stem) = (said, stem);
            }
        }
        None
    }

    /// The kind and the options, with those marked that are right.
    fn options(&self, found: &mut Vec<QuestionProblem>) -> (QuestionKind, Vec<OptionDraft>) {
        let letters = letters_of(&self.answer);
        let truth = truth_of(&self.answer).filter(|_| self.options.is_empty() || letters.is_none());
        let says_truth = |it: &String| truth_of(it).is_some();
        let is_statement = self.options.is_empty()
            || self.options.len() == 2 && self.options.iter().all(says_truth);
        if self.kind == Some(QuestionKind::TrueFalse) || self.kind.is_none() && is_statement {
            let lettered = || match letters.as_deref()? {
                [place] => truth_of(self.options.get(*place)?),
                _ => None,
            };
            let truth = truth.or_else(lettered);
            if truth.is_none() {
                found.push(self.wrong(
                    "没有找到答案：判断题请在题目的括号里打 √ 或 ×，或者在下面写“答案：对”",
                ));
            }
            return (QuestionKind::TrueFalse, statement(truth));
        }
        let right = letters.unwrap_or_default();
        if right.windows(2).any(|it| it[0] >= it[1]) {
            let answer = &self.answer;
            found.push(self.wrong(&format!("答案“{answer}”看不准，请按 A、B、C 的顺序写字母")));
        } else if right.is_empty() {
            found.push(self.wrong(
                "没有找到答案：可以写在题目的括号里（A），或者在下面写“答案：A”，或者在最后写“参考答案”",
            ));
        } else if let Some(place) = right.iter().find(|it| **it >= self.options.len()) {
            let letter = "ABCDEFGH".get(*place..=*place).unwrap_or_default();
            found.push(self.wrong(&format!("答案里有 {letter}，可是没有选项 {letter}")));
        }
        let several = right.iter().any(|it| *it != right[0]);
        let inferred = if several { QuestionKind::Multiple } else { QuestionKind::Single };
        let option = |(place, text): (usize, &String)| OptionDraft {
            text: text.clone(),
            correct: right.contains(&place),
        };
        let options = self.options.iter().enumerate().map(option).collect();
        (self.kind.unwrap_or(inferred), options)
    }

    fn wrong(&self, message: &str) -> QuestionProblem {
        let column = Some(QuestionColumn::Answer);
        QuestionProblem { row: self.row, column, message: message.into() }
    }
}

fn same(one: &str, other: &str) -> bool {
    let sorted = |text| {
        let mut places = letters_of(text)?;
        places.sort_unstable();
        places.dedup();
        Some(places)
    };
    match (truth_of(one), truth_of(other)) {
        (Some(one), Some(other)) => one == other,
        _ => sorted(one).is_some() && sorted(one) == sorted(other),
    }
}

/// A line more of a text.
fn add(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
