//! Tables as people keep them: a workbook or text with separators, columns found by their headers.

pub mod archive;

mod cell;
mod day;
mod format;
mod text;
mod workbook;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::problem::{Code, Problem};

pub use cell::became_a_day;
pub use text::{as_text, decode};

use crate::Result;

/// Columns that are looked at.
const MOST_COLUMNS: usize = 40;
/// Lines above the header, such as a title.
const MOST_ABOVE: usize = 10;

/// The columns that a table may have.
pub trait Column: Copy + Ord + 'static {
    /// Characters of a cell; the others are left out.
    const LONGEST: usize;
    /// Rows below the header.
    const MOST_ROWS: usize;
    /// What to do about a table that has more.
    const TOO_MANY: &'static str;
    /// What to do about one in which no header is found.
    const NO_HEADER: &'static str;
    /// Those that must be there.
    const NEEDED: &'static [Self];
    /// Whether percentages and days are read as the sheet shows them, `5%` and `3月1日`; else as `0.05` and
    /// `2026-03-01`, by which it is known that a program took what was typed for a day.
    const AS_SHOWN: bool;

    /// The column of a header, by what people call it.
    fn called(header: &str) -> Option<Self>;

    fn title(self) -> &'static str;
}

/// A row of a table: the texts of its cells, without the empty ones.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row<C: Ord> {
    /// As the file counts, from 1.
    pub number: u32,
    pub cells: BTreeMap<C, String>,
}

impl<C: Ord> std::fmt::Debug for Row<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("number", &self.number).finish_non_exhaustive()
    }
}

/// A line of the file: its number from 1, and the texts of its cells by column.
struct Line {
    number: u32,
    cells: Vec<(usize, String)>,
}

/// The rows of a file, whatever kind it is by its bytes.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub fn rows<C: Column>(file: &[u8]) -> Result<Vec<Row<C>>> {
    let mut gathering = Gathering::default();
    match file {
        [] => return Err(refusal("文件是空的")),
        [b'P', b'K', 3, 4, ..] if archive::is_harmless(file) => {
            workbook::lines(file, C::AS_SHOWN, |line| gathering.take(line))?;
        }
        [b'P', b'K', ..] => {
            return Err(refusal(
                "这个 Excel 文件已损坏，或者展开以后大得不正常；请新建一个表格，把内容粘贴过去再上传",
            ));
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return Err(refusal(
                "这是旧版的 .xls 或加了密码的文件，请在 Excel 里去掉密码，另存为 .xlsx 再上传",
            ));
        }
        other => text::lines(other, |line| gathering.take(line))?,
    }
    gathering.finish()
}

/// Why a file cannot be used.
pub fn refusal(detail: &str) -> crate::Error {
    Problem::from(Code::NotASheet).detail(detail).into()
}

/// Looks for the header, then gathers what stands below it.
struct Gathering<C: Ord> {
    /// Which column holds what; empty until the header is found.
    columns: Vec<(usize, C)>,
    above: usize,
    rows: Vec<Row<C>>,
}

impl<C: Ord> Default for Gathering<C> {
    fn default() -> Self {
        Self { columns: Vec::new(), above: 0, rows: Vec::new() }
    }
}

impl<C: Column> Gathering<C> {
    fn take(&mut self, line: &Line) -> Result<()> {
        if self.columns.is_empty() {
            let cells = line.cells.iter().map(|(at, text)| (*at, text.as_str()));
            self.columns = header(cells);
            self.above += 1;
            if self.columns.is_empty() && self.above >= MOST_ABOVE {
                return Err(refusal(C::NO_HEADER));
            }
            return self.needed();
        }
        let text = |column: usize| {
            let cell = line.cells.iter().find(|cell| cell.0 == column)?;
            let text: String = cell.1.trim().chars().take(C::LONGEST).collect();
            (!text.is_empty()).then_some(text)
        };
        let found = self.columns.iter().filter_map(|(at, field)| Some((*field, text(*at)?)));
        let row = Row { number: line.number, cells: found.collect() };
        if row.cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() == C::MOST_ROWS {
            return Err(refusal(C::TOO_MANY));
        }
        self.rows.push(row);
        Ok(())
    }

    /// Whether the header has every column that must be there.
    fn needed(&self) -> Result<()> {
        let has = |field: &C| self.columns.iter().any(|it| it.1 == *field);
        match C::NEEDED.iter().find(|field| !has(field)) {
            Some(missing) if !self.columns.is_empty() => {
                let title = missing.title();
                Err(refusal(&format!("表头里少了“{title}”这一列，请照模板补上")))
            }
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<Vec<Row<C>>> {
        if self.columns.is_empty() {
            return Err(refusal(C::NO_HEADER));
        }
        if self.rows.is_empty() {
            return Err(refusal("表头下面一行内容也没有，请填好再上传"));
        }
        Ok(self.rows)
    }
}

/// Whether a header stands in the first lines of a text, whatever separates its cells.
pub fn has_header<C: Column>(text: &str) -> bool {
    let first = text.lines().filter(|line| !line.trim().is_empty()).take(MOST_ABOVE);
    let cells = |line: &str| -> Vec<String> {
        line.split([',', ';', '\t']).map(|cell| cell.trim_matches('"').to_owned()).collect()
    };
    first.map(cells).any(|cells| {
        let cells = cells.iter().map(String::as_str).enumerate();
        !header::<C>(cells).is_empty()
    })
}

/// The columns of a header; none where the line is no header, which has at least two of them.
fn header<'a, C: Column>(cells: impl Iterator<Item = (usize, &'a str)>) -> Vec<(usize, C)> {
    let mut columns: Vec<(usize, C)> = Vec::new();
    for (at, text) in cells {
        let field = C::called(&tidy(text).replace([' ', '*'], ""));
        if let Some(field) = field.filter(|field| columns.iter().all(|it| it.1 != *field)) {
            columns.push((at, field));
        }
    }
    if columns.len() < 2 { Vec::new() } else { columns }
}

/// A cell's text without what nobody sees, and with full-width letters and digits made narrow.
pub fn tidy(text: &str) -> String {
    let tidied = |letter: char| match letter {
        '\u{3000}' | '\u{a0}' => Some(' '),
        '\u{feff}' | '\u{200b}' => None,
        '＋' | '－' => Some(narrow(letter)),
        letter if narrow(letter).is_ascii_alphanumeric() => Some(narrow(letter)),
        letter => (!letter.is_control()).then_some(letter),
    };
    text.chars().filter_map(tidied).collect::<String>().trim().to_owned()
}

/// A full-width letter, digit or sign as the one that it looks like.
pub fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        other => other,
    }
}
