//! An Excel workbook: the first sheet, cell by cell, so that a cell far away costs nothing.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Reader, Xlsx};

use super::{Line, MOST_COLUMNS, cell, refusal};
use crate::Result;

/// Rows that are looked at, empty ones included.
const MOST_LINES: u32 = 100_000;

/// Gives the lines of the first sheet one after another.
///
/// Percentages and days are read as the sheet shows them, or else as what they are.
pub fn lines(file: &[u8], as_shown: bool, mut take: impl FnMut(&Line) -> Result<()>) -> Result<()> {
    // A cell of a column beyond all numbers makes the library panic.
    catch_unwind(AssertUnwindSafe(|| read(file, as_shown, &mut take)))
        .unwrap_or_else(|_| Err(damaged()))
}

fn damaged() -> crate::Error {
    refusal("这个 Excel 文件打不开，请用 Excel 打开后另存一份再上传")
}

fn read(file: &[u8], as_shown: bool, take: &mut dyn FnMut(&Line) -> Result<()>) -> Result<()> {
    let broken = |_| damaged();
    let mut book = Xlsx::new(Cursor::new(file)).map_err(broken)?;
    let first = book.sheet_names().into_iter().next();
    let first = first.ok_or_else(|| refusal("这个 Excel 文件里没有工作表"))?;
    let mut reader = book.worksheet_cells_reader(&first).map_err(broken)?;
    let mut line = Line { number: 0, cells: Vec::new() };
    let looks: Vec<_> = reader.styles().iter().map(|it| cell::Look::of(it, as_shown)).collect();
    let plain = cell::Look::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
        let (row, column) = cell.get_position();
        if row >= MOST_LINES {
            break;
        }
        if row + 1 < line.number {
            // Rows are known by their numbers, so that none may come again.
            return Err(damaged());
        }
        if row + 1 != line.number {
            let whole = std::mem::replace(&mut line, Line { number: row + 1, cells: Vec::new() });
            if !whole.cells.is_empty() {
                take(&whole)?;
            }
        }
        let column = column as usize;
        if column < MOST_COLUMNS && line.cells.len() < MOST_COLUMNS {
            let look = looks.get(style).unwrap_or(&plain);
            line.cells.push((column, cell::text(cell.get_value(), look)));
        }
    }
    if line.cells.is_empty() { Ok(()) } else { take(&line) }
}
