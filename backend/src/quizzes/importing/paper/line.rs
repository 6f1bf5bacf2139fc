//! What one line of a paper is.

use shared::quizzes::QuestionKind;

use super::{
    super::answer::kind_of,
    heading::{Heading, heading},
    part::{self, Part, parts},
};
use crate::tables::tidy;

/// How questions are numbered; what is numbered in another way belongs to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// `1.` or `1、`
    Plain,
    /// `（1）`
    Bracketed,
}

/// What a line stands behind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Behind {
    /// Of the question.
    pub number: u32,
    /// Of the questions below the same heading.
    pub numbering: Option<Numbering>,
    /// Whether its last line was an option or the answer.
    pub is_complete: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    Blank,
    Heading(Heading),
    /// From here on stand the answers.
    Key,
    Question {
        number: u32,
        numbering: Numbering,
        kind: Option<QuestionKind>,
        parts: Vec<Part>,
    },
    More(Vec<Part>),
}

expression!(
    KEY,
    r"^[附]?\s*(?:参考|标准|试题|试卷|测试|本卷)?答案(?:及|与|和)?(?:解析|评分标准)?[：:]?$"
);
expression!(
    PLAIN,
    r"^(?:第\s*)?(\d{1,3})\s*(?:[、.．:：)）]|题[：:.．、]?|(?P<blank>\s))\s*(?P<rest>.+)$"
);
expression!(BRACKETED, r"^[（(]\s*(\d{1,3})\s*[)）]\s*[、.．]?\s*(?P<rest>.+)$");
expression!(MARKED_BEFORE, r"^[（(]\s*([A-H]{0,8}|[√✓✔×✗✘对错])\s*[)）]\s*(\d.*)$");
expression!(TAG, r"^[（(\[【]\s*([^）)\]】]{2,8})\s*[)）\]】]\s*");

impl Line {
    /// What a line is behind others.
    pub fn of(text: &str, behind: Behind) -> Self {
        let text = tidy(&text.replace('\t', " "));
        // The brackets to fill in may stand before the number.
        let text = MARKED_BEFORE.replace(&text, "$2（$1）").into_owned();
        if text.is_empty() {
            return Self::Blank;
        }
        if let Some(heading) = heading(&text) {
            return Self::Heading(heading);
        }
        if is_key(&text) {
            return Self::Key;
        }
        question(&text, behind).unwrap_or_else(|| Self::More(parts(&text, false)))
    }
}

/// Whether the answers of all questions stand below this line.
fn is_key(text: &str) -> bool {
    // The bare word with a colon begins the answer of one question.
    KEY.is_match(text) && !matches!(text, "答案：" | "答案:" | "答案解析：" | "答案解析:")
}

fn question(text: &str, behind: Behind) -> Option<Line> {
    let (number, style, rest) = numbered(text, behind)?;
    if behind.numbering.is_some_and(|it| it != style) {
        return None;
    }
    let kind = TAG.captures(rest).and_then(|it| kind_of(&it[1]));
    let rest = if kind.is_some() { TAG.replace(rest, "") } else { rest.into() };
    let parts = parts(&rest, true);
    Some(Line::Question { number, numbering: style, kind, parts })
}

/// A line's number and what it numbers: the next question, or where the one before has all that it needs,
/// one after a gap or the first of others. All else is a list within the question.
fn numbered(text: &str, behind: Behind) -> Option<(u32, Numbering, &str)> {
    let (found, numbering) = match BRACKETED.captures(text) {
        Some(found) => (found, Numbering::Bracketed),
        None => (PLAIN.captures(text)?, Numbering::Plain),
    };
    let number: u32 = found[1].parse().ok()?;
    let rest = found.name("rest")?.as_str();
    // As in `30 分钟` and `1.5 米`.
    let may_count =
        found.name("blank").is_some() || rest.starts_with(|it: char| it.is_ascii_digit());
    let is_next = number == behind.number + 1 || behind.numbering.is_none() && number == 1;
    let is_later = number == 1 || number > behind.number;
    (is_next || behind.is_complete && is_later && !may_count).then_some((number, numbering, rest))
}

/// Whether a line below the key is of a question: it has options, or a number and no answer behind it.
pub fn is_asked(text: &str) -> bool {
    const LONG: usize = 8;
    let text = tidy(&text.replace('\t', " "));
    let rest = PLAIN.captures(&text).map(|it| it["rest"].to_owned());
    let is_long = |it: &String| {
        it.chars().filter(|it| it.is_alphabetic()).count() > LONG && !part::tells_an_answer(it)
    };
    part::begins_with_an_option(&text) || rest.as_ref().is_some_and(is_long)
}
