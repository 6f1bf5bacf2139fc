//! Text with separators: UTF-8 with or without its mark, or GBK as Excel writes it in China.

use std::borrow::Cow;

use csv::{ErrorKind, ReaderBuilder};
use encoding_rs::GB18030;

use super::{Line, MOST_COLUMNS, refusal};
use crate::Result;

/// Gives the lines of the text one after another.
pub fn lines(file: &[u8], mut take: impl FnMut(&Line) -> Result<()>) -> Result<()> {
    let text = decode(file)?;
    // A title above the header has none of them.
    let first = text.lines().find(|line| line.contains(['\t', ',', ';'])).unwrap_or_default();
    let separator = if first.contains('\t') {
        b'\t'
    } else if first.contains(';') && !first.contains(',') {
        b';'
    } else {
        b','
    };
    let mut reader = ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(separator);
    let mut counting = Counting { text: text.as_bytes(), at: 0, line: 1 };
    for record in reader.from_reader(text.as_bytes()).records() {
        let record = record.map_err(|error| match error.kind() {
            ErrorKind::Utf8 { .. } => unreadable(),
            _ => refusal("文件读到一半读不下去了，请用 Excel 另存为 .xlsx 再上传"),
        })?;
        let start = record.position().map_or(0, csv::Position::byte);
        let number = counting.line(start);
        let cells = record.iter().take(MOST_COLUMNS).enumerate();
        let cells = cells.map(|(at, text)| (at, without_quote(text).to_owned())).collect();
        take(&Line { number, cells })?;
    }
    Ok(())
}

/// Counts lines as an editor does: the reader's own count lags behind where lines end in CR LF.
struct Counting<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Counting<'_> {
    /// The line of the record that begins here or after the ends of lines that stand here.
    fn line(&mut self, start: u64) -> u32 {
        let is_end = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(self.text.len());
        let start = start + self.text[start..].iter().take_while(is_end).count();
        for at in self.at..start {
            // CR LF is one end, and either of them alone is one.
            let is_first_half = self.text[at] == b'\r' && self.text.get(at + 1) == Some(&b'\n');
            self.line += u32::from(is_end(&&self.text[at]) && !is_first_half);
        }
        self.at = start;
        self.line
    }
}

/// Programs put a `'` or `="…"` around numbers that must stay text.
fn without_quote(text: &str) -> &str {
    let inside = text.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
    inside.or_else(|| text.strip_prefix('\'')).unwrap_or(text)
}

/// A file as text.
///
/// # Errors
/// `not_a_sheet` where it is none.
pub fn decode(file: &[u8]) -> Result<Cow<'_, str>> {
    as_text(file).ok_or_else(unreadable)
}

/// The same of any file; nothing where it is no text.
pub fn as_text(file: &[u8]) -> Option<Cow<'_, str>> {
    let utf8 = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    if utf8.contains(&0) {
        return None;
    }
    if let Ok(text) = str::from_utf8(utf8) {
        return Some(text.into());
    }
    let (text, had_errors) = GB18030.decode_without_bom_handling(file);
    (!had_errors).then_some(text)
}

fn unreadable() -> crate::Error {
    refusal("这不是 Excel（.xlsx）或 CSV 文件，请下载模板填写")
}
