//! The pieces of a line: what it asks, options, the answer and why.

use regex::Captures;

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// By its letter's place, from 0.
    Option(usize, String),
    Answer(String),
    Explanation(String),
}

expression!(
    MARK,
    r"[（(【\[]?(我的|你的|您的|学生|考生|易错|错误|常见)?(?:正确|参考|标准)?(答案(?:解析)?|解析)\s*(?:[】\]]\s*[：:]?|[：:])\s*"
);
expression!(OPTION, r"(^|[\s）)。；;，,])([A-H])\s*[.．、:：)）]\s*");
expression!(
    ANSWER,
    r"^([A-H](?:[\s、,，;；/.．和+]*[A-H])*|正确|错误|[对错√✓✔×✗✘])(?:$|[。.．；;，,、)）\s]+(.*)$)"
);

/// The pieces of a line; a question's own needs two options before it is believed to have any.
pub fn parts(text: &str, is_question: bool) -> Vec<Part> {
    let mut marks = MARK.captures_iter(text).filter_map(|it| marked(&it)).peekable();
    let first = marks.peek().map_or(text.len(), |it| it.0);
    let mut parts = options(&text[..first], is_question);
    while let Some((_, begin, is_answer)) = marks.next() {
        let end = marks.peek().map_or(text.len(), |it| it.0);
        let said = text[begin..end].trim();
        if is_answer {
            parts.extend(answer(said));
        } else {
            parts.push(Part::Explanation(said.into()));
        }
    }
    parts
}

/// The answer, and why, where that follows in the same breath.
fn answer(said: &str) -> Vec<Part> {
    let Some(found) = ANSWER.captures(said) else { return vec![Part::Answer(said.into())] };
    let mut parts = vec![Part::Answer(found[1].trim().into())];
    if let Some(why) = found.get(2).filter(|it| !it.is_empty()) {
        parts.push(Part::Explanation(why.as_str().into()));
    }
    parts
}

/// Where a mark begins and ends, and whether it is that of the answer; somebody's own answer, or a wrong
/// one, is none.
fn marked(found: &Captures<'_>) -> Option<(usize, usize, bool)> {
    let whole = found.get(0).filter(|_| found.get(1).is_none())?;
    Some((whole.start(), whole.end(), &found[2] == "答案"))
}

fn options(text: &str, is_question: bool) -> Vec<Part> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for mark in OPTION.captures_iter(text) {
        let (Some(whole), Some(letter)) = (mark.get(0), mark.get(2)) else { continue };
        let Some(place) = "ABCDEFGH".find(letter.as_str()) else { continue };
        // Letters of options follow each other on a line.
        if found.last().is_none_or(|it| place == it.2 + 1) {
            found.push((letter.start(), whole.end(), place));
        }
    }
    let begins_here = found.first().is_some_and(|it| it.0 == 0);
    let is_believed = if is_question { found.len() > 1 && found[0].2 == 0 } else { begins_here };
    if !is_believed {
        return text_part(text);
    }
    let mut parts = text_part(&text[..found[0].0]);
    for (at, (_, begin, place)) in found.iter().enumerate() {
        let end = found.get(at + 1).map_or(text.len(), |it| it.0);
        parts.push(Part::Option(
            *place,
            text[*begin..end].trim().trim_end_matches(['；', ';']).into(),
        ));
    }
    parts
}

fn text_part(text: &str) -> Vec<Part> {
    let text = text.trim();
    if text.is_empty() { Vec::new() } else { vec![Part::Text(text.into())] }
}

/// Whether an option stands at its very beginning.
pub fn begins_with_an_option(text: &str) -> bool {
    OPTION.captures(text).and_then(|it| it.get(2)).is_some_and(|it| it.start() == 0)
}

/// Whether it says what is right: an answer alone, or behind the word for it.
pub fn tells_an_answer(text: &str) -> bool {
    ANSWER.is_match(text) || MARK.is_match(text)
}
