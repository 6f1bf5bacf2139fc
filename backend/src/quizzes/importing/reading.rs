//! Files with questions are read in a process of their own.

use std::{path::Path, time::Duration};

use shared::problem::Code;

use super::read::{Read, read};
use crate::{Result, reader::Reader};

const QUESTIONS: Reader = Reader {
    name: "questions",
    // The largest file that is taken needs about a fourth of them.
    memory: 320 * 1024 * 1024,
    computing: 10,
    patience: Duration::from_secs(30),
    // 500 questions as long as they may be are about 5 million.
    longest_answer: 16 * 1024 * 1024,
    refusal: Code::NotASheet,
    too_much: "这个文件展开以后太大，读不下去；请新建一个表格，只粘贴题目再导入，题多就拆成几份",
};

/// What a file says, read by `program`, which is ourselves.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub async fn understood(program: &Path, file: &[u8]) -> Result<Read> {
    QUESTIONS.read(program, file).await
}

/// What the process does.
///
/// # Errors
/// Where it cannot be bounded or nobody listens.
pub fn answer() -> anyhow::Result<()> {
    QUESTIONS.answer(read)
}
