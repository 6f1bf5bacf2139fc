//! A file becomes paragraphs, and these clauses: Word, a PDF with text in it, Markdown or plain text,
//! told by their bytes and not by their names, in a process of their own.

mod docx;
mod pdf;
mod text;

use std::{path::Path, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use shared::problem::{Code, Problem};

use super::splitting::{Line, Placed, Proposed, split};
use crate::{Result, reader::Reader, tables::archive};

const STANDARDS: Reader = Reader {
    name: "standard",
    // A PDF unpacks to much more than it says; one of 40 pages needs about a fifth of them.
    memory: 640 * 1024 * 1024,
    computing: 60,
    patience: Duration::from_mins(2),
    // The largest text that is taken is said twice, by its paragraphs and by its clauses; pictures as
    // text take a third more than their bytes.
    longest_answer: 128 * 1024 * 1024,
    refusal: Code::NotAStandard,
    too_much: "这个文件展开以后太大，读不下去；请把文字复制到一个新的 Word 文件里再上传，太长就分成几个文件",
};

/// What a file became.
#[derive(Debug, Serialize, Deserialize)]
pub struct Text {
    pub lines: Vec<Line>,
    pub clauses: Vec<Proposed>,
    /// Absent where the kind of the file is one whose pictures are not read.
    pub pictures: Option<Vec<Image>>,
}

/// A picture as it lies in the file. Nobody has looked into it but at its first bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image(pub Vec<u8>);

impl Serialize for Image {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        BASE64_STANDARD.decode(text).map(Self).map_err(D::Error::custom)
    }
}

/// What a file says, read by `program`, which is ourselves.
///
/// # Errors
/// `not_a_standard` with what to do about it.
pub async fn text(program: &Path, file: &[u8]) -> Result<Text> {
    STANDARDS.read(program, file).await
}

/// What the process does.
///
/// # Errors
/// Where it cannot be bounded or nobody listens.
pub fn answer() -> anyhow::Result<()> {
    STANDARDS.answer(|file| {
        let (lines, pictures) = read(file)?;
        let clauses = split(&lines);
        if clauses.len() > MOST_CLAUSES {
            let many = clauses.len();
            return Err(refusal(&format!("这份文件有 {many} 条，一份标准最多 {MOST_CLAUSES} 条")));
        }
        Ok(Text { lines, clauses, pictures })
    })
}

/// Clauses of one file.
const MOST_CLAUSES: usize = 20_000;
/// Paragraphs of one file.
const MOST_LINES: usize = 40_000;
/// Characters of one paragraph.
const LONGEST_LINE: usize = 20_000;

/// The paragraphs of a file.
///
/// # Errors
/// `not_a_standard` with what to do about it.
pub fn paragraphs(file: &[u8]) -> Result<Vec<Line>> {
    Ok(read(file)?.0)
}

/// The same, with the pictures of a Word file.
fn read(file: &[u8]) -> Result<(Vec<Line>, Option<Vec<Image>>)> {
    let mut pictures = None;
    let lines = match file {
        [] => return Err(refusal("文件是空的")),
        [b'P', b'K', 3, 4, ..] if archive::is_harmless(file) => {
            let (lines, found) = docx::read(file)?;
            pictures = Some(found);
            lines
        }
        [b'P', b'K', ..] => {
            return Err(refusal("这个 Word 文件已损坏，或者展开以后大得不正常；请另存一份再上传"));
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return Err(refusal(
                "这是旧版的 .doc 或加了密码的文件，请在 Word 里去掉密码，另存为 .docx",
            ));
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf::lines(file)?,
        other => text::lines(other)?,
    };
    if lines.len() > MOST_LINES {
        return Err(refusal("文字太多了，请分成几个文件"));
    }
    if lines.iter().all(|it| it.text.trim().is_empty()) {
        return Err(refusal("文件里没有文字；如果是扫描件，请先做文字识别，再存成 Word"));
    }
    Ok((lines.into_iter().map(shortened).collect(), pictures))
}

fn shortened(mut line: Line) -> Line {
    if line.text.chars().count() > LONGEST_LINE {
        line.text = line.text.chars().take(LONGEST_LINE).collect();
    }
    // What PostgreSQL does not take, and what nobody sees.
    line.text.retain(|it| it == '\t' || !it.is_control());
    line
}

fn refusal(detail: &str) -> crate::Error {
    Problem::from(Code::NotAStandard).detail(detail).into()
}

#[cfg(test)]
mod tests;
