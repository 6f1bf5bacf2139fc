//! Text in the format GIFT, which other systems export: questions with a blank line between them, the
//! answers in braces. What has one right option (`=`), or several that share the points (`~%50%`), or is
//! right or wrong, is understood.

use shared::authoring::{QuestionColumn, QuestionDraft, QuestionProblem};

use super::{
    gift_answers::{self, Answers},
    read::{MOST, Read, TOO_MANY},
};
use crate::{Result, tables::refusal};

/// Bytes of one question: what lies in each other many thousand times takes seconds to clean.
const LONGEST: usize = 20_000;

/// What is wrong with a whole question, and what to do.
pub type Trouble = &'static str;

/// # Errors
/// `not_a_sheet` where no question is in it, or too many are.
pub fn read(text: &str) -> Result<Read> {
    let blocks = blocks(text);
    match blocks.len() {
        0 => return Err(refusal("里面一道题也没有，请填好再导入")),
        1..=MOST => {}
        _ => return Err(refusal(TOO_MANY)),
    }
    let mut read = Read::default();
    for (row, block) in blocks {
        match question(&block) {
            Ok(question) => {
                let found = without_explanation(row, &question);
                read.take(row, question, found);
            }
            Err(trouble) => {
                let message = trouble.into();
                read.problems.push(QuestionProblem { row, column: None, message });
            }
        }
    }
    Ok(read)
}

/// The editor's remark would not say where an explanation goes in this format.
fn without_explanation(row: u32, question: &QuestionDraft) -> Vec<QuestionProblem> {
    let message = "缺少解析，请在花括号里的最后写上 #### 和一句解析";
    let column = Some(QuestionColumn::Explanation);
    let missing = question.explanation.is_empty();
    missing.then(|| QuestionProblem { row, column, message: message.into() }).into_iter().collect()
}

/// The questions' texts, each with the line where it begins; remarks and categories are left out.
fn blocks(text: &str) -> Vec<(u32, String)> {
    let mut blocks: Vec<(u32, String)> = Vec::new();
    let mut open = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.starts_with("//") || line.starts_with("$CATEGORY:") {
            continue;
        }
        match blocks.last_mut() {
            _ if line.is_empty() => open = false,
            Some((_, block)) if open => {
                block.push('\n');
                block.push_str(line);
            }
            _ => {
                open = true;
                blocks.push((number, line.to_owned()));
            }
        }
    }
    blocks
}

fn question(block: &str) -> std::result::Result<QuestionDraft, Trouble> {
    if block.len() > LONGEST {
        return Err("这一题太长了，读不下去；两道题之间请空一行");
    }
    let text = without_title(block);
    let open = find(text, "{").ok_or(
        "没有答案：对的那个选项前面写 =，错的写 ~，都放在花括号 { } 里；两道题之间空一行，一道题中间不要空行",
    )?;
    let (before, rest) = (&text[..open], &text[open + 1..]);
    let close = find(rest, "}").ok_or("花括号没有关上，请在最后一个选项后面补上 }")?;
    let (inside, after) = (&rest[..close], &rest[close + 1..]);
    if find(inside, "{").is_some() || find(after, "{").is_some() {
        return Err("一道题只能有一对花括号 { }；两道题之间请空一行");
    }
    let written = Written::of(before);
    let (before, after) = (written.plain(before), written.plain(after));
    // The answers stand where a word is missing.
    let stem = if after.is_empty() { before } else { format!("{before}____{after}") };
    let Answers { kind, options, explanation } = gift_answers::read(inside, written)?;
    Ok(QuestionDraft { id: None, kind, stem, options, explanation })
}

/// A question may be called something, as `::name::`, which nobody sees.
fn without_title(block: &str) -> &str {
    let named = block.strip_prefix("::");
    let after = named.and_then(|it| find(it, "::").map(|end| &it[end + 2..]));
    after.unwrap_or(block).trim_start()
}

/// Where a sign stands that is not written with a `\` to mean itself.
pub fn find(text: &str, sign: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, letter)| {
        let meant = !escaped && text[at..].starts_with(sign);
        escaped = letter == '\\' && !escaped;
        meant.then_some(at)
    })
}

/// How a question's texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Plain,
    Html,
}

impl Written {
    fn of(stem: &str) -> Self {
        if stem.trim_start().starts_with("[html]") { Self::Html } else { Self::Plain }
    }

    /// A text as somebody reads it.
    pub fn plain(self, text: &str) -> String {
        let text = text.trim();
        for (mark, written) in [
            ("[html]", Self::Html),
            ("[moodle]", Self::Plain),
            ("[plain]", Self::Plain),
            ("[markdown]", Self::Plain),
        ] {
            if let Some(text) = text.strip_prefix(mark) {
                return written.read(text);
            }
        }
        self.read(text)
    }

    fn read(self, text: &str) -> String {
        let text = unescaped(text);
        let text = match self {
            Self::Plain => text,
            Self::Html => without_tags(&text),
        };
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let meant = (letter == '\\').then(|| {
            letters.next_if(|it| matches!(it, '~' | '=' | '#' | '{' | '}' | ':' | '\\' | 'n'))
        });
        match meant.flatten() {
            Some('n') => plain.push('\n'),
            Some(sign) => plain.push(sign),
            None => plain.push(letter),
        }
    }
    plain
}

fn without_tags(html: &str) -> String {
    let lines = html.replace("<br", "\n<br").replace("</p>", "\n</p>").replace("</li>", "\n</li>");
    let text = ammonia::Builder::empty().clean(&lines).to_string();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&nbsp;", " ").replace("&amp;", "&")
}

#[cfg(test)]
mod tests;
