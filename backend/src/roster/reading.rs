//! Roster files are read in a process of their own.

use std::{path::Path, time::Duration};

use shared::problem::Code;

use super::{cells::Row, table};
use crate::{Result, reader::Reader};

const SHEETS: Reader = Reader {
    name: "sheet",
    // The largest file that is taken needs about a third of them.
    memory: 320 * 1024 * 1024,
    // The largest file that is taken needs about two.
    computing: 15,
    patience: Duration::from_secs(40),
    // One of 50,000 people has about 15 million.
    longest_answer: 48 * 1024 * 1024,
    refusal: Code::NotASheet,
    too_much: "这个文件展开以后太大，读不下去；请新建一个表格，只粘贴需要的几列再上传，人多就拆成几个文件",
};

/// The rows of a file, read by `program`, which is ourselves.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub async fn rows(program: &Path, file: &[u8]) -> Result<Vec<Row>> {
    SHEETS.read(program, file).await
}

/// What the process does.
///
/// # Errors
/// Where it cannot be bounded or nobody listens.
pub fn answer() -> anyhow::Result<()> {
    SHEETS.answer(table::rows)
}
