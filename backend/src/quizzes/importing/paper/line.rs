//! What one line of a paper is.

use regex::Captures;
use shared::quizzes::QuestionKind;

use super::super::answer::kind_of;
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
    /// Of the questions that follow: their kind, or what they are called where that is not asked here.
    Heading(Option<QuestionKind>, Option<String>),
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

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// By its letter's place, from 0.
    Option(usize, String),
    Answer(String),
    Explanation(String),
}

/// Kinds of questions that have no options to tick.
const FOREIGN: [&str; 9] = [
    "填空题",
    "简答题",
    "问答题",
    "论述题",
    "名词解释",
    "案例分析题",
    "计算题",
    "操作题",
    "连线题",
];

expression!(
    HEADING,
    r"^(?:[（(][一二三四五六七八九十]{1,3}[)）]\s*[、.．:：]?\s*|第?[一二三四五六七八九十]{1,3}(?:部分|大题)?\s*[、.．:：\s]\s*)(.*)$"
);
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
expression!(
    MARK,
    r"[（(【\[]?(我的|你的|您的|学生|考生|易错|错误|常见)?(?:正确|参考|标准)?(答案(?:解析)?|解析)\s*(?:[】\]]\s*[：:]?|[：:])\s*"
);
expression!(OPTION, r"(^|[\s）)。；;，,])([A-H])\s*[.．、:：)）]\s*");
expression!(
    ANSWER,
    r"^([A-H](?:[\s、,，;；/.．和+]*[A-H])*|正确|错误|[对错√✓✔×✗✘])(?:$|[。.．；;，,、)）\s]+(.*)$)"
);
expression!(FILLED, r"[（(]\s*([A-H](?:[\s、,，]*[A-H]){0,7}|[√✓✔×✗✘]|对|错|正确|错误|)\s*[)）]");

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
            return heading;
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

pub fn heading(text: &str) -> Option<Line> {
    const LONGEST: usize = 80;
    if text.chars().count() > LONGEST {
        return None;
    }
    let numbered = HEADING.captures(text).map(|it| it[1].trim().to_owned());
    let rest = numbered.as_deref().unwrap_or(text);
    // What follows in brackets says how many points there are.
    let name = rest.split(['（', '(', '，', ',', '：', ':', '。', ' ']).next().unwrap_or_default();
    if let Some(kind) = kind_of(name) {
        return Some(Line::Heading(Some(kind), None));
    }
    if let Some(foreign) =
        FOREIGN.iter().find(|it| name == **it || name == it.trim_end_matches('题'))
    {
        return Some(Line::Heading(None, Some((*foreign).into())));
    }
    numbered.as_ref()?;
    match kinds_in(name) {
        Some(kind) => Some(Line::Heading(Some(kind), None)),
        // Whatever kind that is, it is none of ours.
        None => name.ends_with('题').then(|| Line::Heading(None, Some(name.into()))),
    }
}

fn kinds_in(name: &str) -> Option<QuestionKind> {
    let kinds = [
        ("多", QuestionKind::Multiple),
        ("不定项", QuestionKind::Multiple),
        ("判断", QuestionKind::TrueFalse),
        ("单", QuestionKind::Single),
        ("选择", QuestionKind::Single),
    ];
    let is_of_questions = ["题", "选择", "判断"].iter().any(|it| name.ends_with(it));
    kinds.iter().find(|it| is_of_questions && name.contains(it.0)).map(|it| it.1)
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

/// The pieces of a line; a question's own needs two options before it is believed to have any.
fn parts(text: &str, is_question: bool) -> Vec<Part> {
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

/// What the brackets of a stem say.
#[derive(Debug, PartialEq, Eq)]
pub enum Brackets {
    /// Nothing is filled in.
    Empty,
    /// The key, and the stem without it.
    Key(String, String),
    /// More than one pair, of which somebody filled in some: nobody can say which is the key.
    Unclear,
}

pub fn brackets(stem: &str) -> Brackets {
    let found: Vec<Captures<'_>> = FILLED.captures_iter(stem).collect();
    let filled = |it: &&Captures<'_>| !it[1].is_empty();
    match (found.iter().find(filled), found.len()) {
        (None, _) => Brackets::Empty,
        (Some(key), 1) => {
            let said = key[1].to_owned();
            let blank = stem.replace(&key[0], "（　）");
            Brackets::Key(said, blank)
        }
        _ => Brackets::Unclear,
    }
}

/// Whether a line below the key is of a question: it has options, or a number and no answer behind it.
pub fn is_asked(text: &str) -> bool {
    const LONG: usize = 8;
    let text = tidy(&text.replace('\t', " "));
    let begins =
        OPTION.captures(&text).is_some_and(|it| it.get(2).is_some_and(|it| it.start() == 0));
    let rest = PLAIN.captures(&text).map(|it| it["rest"].to_owned());
    let is_long = |it: &String| {
        it.chars().filter(|it| it.is_alphabetic()).count() > LONG
            && ANSWER.captures(it).is_none()
            && MARK.captures(it).is_none()
    };
    begins || rest.as_ref().is_some_and(is_long)
}
