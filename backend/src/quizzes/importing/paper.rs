//! An examination paper as it stands in Word, pasted or as a file: headings of the kinds, numbered
//! questions, options by letters, and the key in the brackets of the question, below it, or at the end.

/// An expression of ours, which is known to be one.
macro_rules! expression {
    ($name:ident, $text:literal) => {
        static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            regex::Regex::new($text).unwrap_or_else(|error| unreachable!("{error}"))
        });
    };
}

mod asked;
mod brackets;
mod heading;
mod key;
mod line;
mod part;

use shared::{authoring::QuestionProblem, quizzes::QuestionKind};

pub use self::asked::is_unexplained;
use self::{
    asked::{Asked, Last},
    heading::Heading,
    key::Key,
    line::{Behind, Line, Numbering},
    part::Part,
};
use super::read::{MOST, Read, TOO_MANY};
use crate::{Result, tables::refusal};

/// Whether a text has numbered questions in it, with options or a key.
pub fn is_one(text: &str) -> bool {
    let mut paper = Paper::default();
    paper.read(text);
    paper.asked.iter().any(|it| !it.options.is_empty() || !it.answer.is_empty())
}

/// # Errors
/// `not_a_sheet` where no question is in it, or too many are.
pub fn read(text: &str) -> Result<Read> {
    let mut paper = Paper::default();
    paper.read(text);
    match paper.asked.len() {
        0 => {
            return Err(refusal("没有找到题目：每道题前面要有题号，比如“1.”，选项前面写 A. B. C."));
        }
        1..=MOST => {}
        _ => return Err(refusal(TOO_MANY)),
    }
    let mut read = Read::default();
    for asked in paper.asked {
        asked.finish(&mut read);
    }
    if let Some(row) = paper.below {
        let message = "答案后面像是还有题目，没有读：请把所有答案放到最后，或者分两次粘贴";
        read.problems.push(QuestionProblem { row, column: None, message: message.into() });
    }
    Ok(read)
}

#[derive(Debug, Default)]
struct Paper {
    asked: Vec<Asked>,
    kind: Option<QuestionKind>,
    foreign: Option<String>,
    numbering: Option<Numbering>,
    last: Option<Last>,
    /// The answers at the end, once they have begun.
    key: Option<Key>,
    /// The first line below them that looks like one of a question.
    below: Option<u32>,
}

impl Paper {
    fn read(&mut self, text: &str) {
        for (row, line) in (1..).zip(text.lines()) {
            if let Some(key) = &mut self.key {
                key.take(line);
                if self.below.is_none() && line::is_asked(line) {
                    self.below = Some(row);
                }
            } else {
                self.take(row, line);
            }
        }
        if let Some(key) = self.key.take() {
            key.tell(&mut self.asked);
        }
    }

    fn take(&mut self, row: u32, text: &str) {
        let behind = Behind {
            number: self.asked.last().map_or(0, |it| it.number),
            numbering: self.numbering,
            is_complete: matches!(self.last, Some(Last::Option | Last::Answer)),
        };
        match Line::of(text, behind) {
            Line::Blank => {}
            Line::Heading(Heading { kind, foreign }) => {
                (self.kind, self.foreign) = (kind, foreign);
                (self.numbering, self.last) = (None, None);
            }
            Line::Key => self.key = Some(Key::default()),
            Line::Question { number, numbering, kind, parts } => {
                self.numbering = Some(numbering);
                let kind = kind.or(self.kind);
                let foreign = self.foreign.clone();
                self.asked.push(Asked { row, number, kind, foreign, ..Asked::default() });
                self.last = Some(Last::Stem);
                self.go_on(parts);
            }
            // What stands above the first question is the paper's title.
            Line::More(parts) => self.go_on(parts),
        }
    }

    fn go_on(&mut self, parts: Vec<Part>) {
        let (Some(asked), Some(last)) = (self.asked.last_mut(), self.last.as_mut()) else { return };
        for part in parts {
            *last = asked.take(part, *last);
        }
    }
}

#[cfg(test)]
mod tests;
