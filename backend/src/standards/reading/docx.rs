//! A Word file: its paragraphs with the numbers that Word would show, its tables row by row, and its
//! pictures where they stand.

mod markup;
mod numbering;
mod paragraphs;
mod pictures;
mod styles;

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Image, Line, refusal};
use crate::Result;

/// Bytes of one part; the archive as a whole was measured before.
const LARGEST_PART: u64 = 48 * 1024 * 1024;

pub fn read(file: &[u8]) -> Result<(Vec<Line>, Vec<Image>)> {
    let broken = || refusal("这个 Word 文件打不开，请用 Word 打开后另存一份再上传");
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| broken())?;
    let Some(document) = part(&mut archive, "word/document.xml") else {
        return Err(refusal("这不是 Word（.docx）文件，请上传 .docx、PDF、Markdown 或纯文本"));
    };
    let styles = part(&mut archive, "word/styles.xml").unwrap_or_default();
    let numbering = part(&mut archive, "word/numbering.xml").unwrap_or_default();
    let styles = styles::read(&styles).ok_or_else(broken)?;
    let numbering = numbering::read(&numbering).ok_or_else(broken)?;
    let relations = part(&mut archive, "word/_rels/document.xml.rels").unwrap_or_default();
    let gathering = pictures::Gathering::new(&mut archive, &relations).ok_or_else(broken)?;
    paragraphs::read(&document, &styles, numbering, gathering).ok_or_else(broken)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.take(LARGEST_PART).read_to_end(&mut text).ok()?;
    String::from_utf8(text).ok()
}
