//! A file becomes rows: a workbook or text with separators, columns found by their Chinese headers.

mod text;
mod workbook;

use shared::{
    problem::{Code, Problem},
    roster::RosterField,
};

use super::{
    archive,
    cells::{Row, tidy},
};
use crate::Result;

/// Rows below the header.
const MOST_ROWS: usize = 50_000;
/// Columns that are looked at.
const MOST_COLUMNS: usize = 40;
/// Lines above the header, such as a title.
const MOST_ABOVE: usize = 10;

/// A line of the file: its number from 1, and the texts of its cells by column.
struct Line {
    number: u32,
    cells: Vec<(usize, String)>,
}

/// The rows of a file, whatever kind it is by its bytes.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub fn rows(file: &[u8]) -> Result<Vec<Row>> {
    let mut gathering = Gathering::default();
    match file {
        [] => return Err(refusal("文件是空的")),
        [b'P', b'K', 3, 4, ..] if archive::is_harmless(file) => {
            workbook::lines(file, |line| gathering.take(line))?;
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

fn refusal(detail: &str) -> crate::Error {
    Problem::from(Code::NotASheet).detail(detail).into()
}

/// Looks for the header, then gathers what stands below it.
#[derive(Default)]
struct Gathering {
    /// Which column holds what; empty until the header is found.
    columns: Vec<(usize, RosterField)>,
    above: usize,
    rows: Vec<Row>,
}

impl Gathering {
    fn take(&mut self, line: &Line) -> Result<()> {
        if self.columns.is_empty() {
            self.columns = header(line);
            self.above += 1;
            if self.columns.is_empty() && self.above >= MOST_ABOVE {
                return Err(no_header(None));
            }
            return self.needed();
        }
        let text = |column: usize| {
            let cell = line.cells.iter().find(|cell| cell.0 == column)?;
            let text: String = cell.1.trim().chars().take(200).collect();
            (!text.is_empty()).then_some(text)
        };
        let found = self.columns.iter().filter_map(|(at, field)| Some((*field, text(*at)?)));
        let row = Row { number: line.number, cells: found.collect() };
        if row.cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() == MOST_ROWS {
            return Err(refusal("一次最多导入 50,000 人，请拆成几个文件"));
        }
        self.rows.push(row);
        Ok(())
    }

    /// Whether the header has every column that must be there.
    fn needed(&self) -> Result<()> {
        let has = |field| self.columns.iter().any(|it| it.1 == field);
        let needed = [RosterField::StaffNumber, RosterField::Name, RosterField::Organization];
        match needed.into_iter().find(|field| !has(*field)) {
            Some(missing) if !self.columns.is_empty() => Err(no_header(Some(missing))),
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<Vec<Row>> {
        if self.columns.is_empty() {
            return Err(no_header(None));
        }
        if self.rows.is_empty() {
            return Err(refusal("表头下面一行内容也没有，请填好再上传"));
        }
        Ok(self.rows)
    }
}

fn no_header(missing: Option<RosterField>) -> crate::Error {
    match missing {
        Some(field) => refusal(&format!("表头里少了“{}”这一列，请照模板补上", field.label())),
        None => refusal(
            "没有找到表头，请照模板在第一行写上：工号、姓名、单位、班组、岗位、手机、身份证、在岗",
        ),
    }
}

/// The columns of a header; none where the line is no header, which has at least two of them.
fn header(line: &Line) -> Vec<(usize, RosterField)> {
    let mut columns: Vec<(usize, RosterField)> = Vec::new();
    for (at, text) in &line.cells {
        let field = field_of(&tidy(text).replace([' ', '*'], ""));
        if let Some(field) = field.filter(|field| columns.iter().all(|it| it.1 != *field)) {
            columns.push((*at, field));
        }
    }
    if columns.len() < 2 { Vec::new() } else { columns }
}

/// What people call the columns.
fn field_of(header: &str) -> Option<RosterField> {
    let field = match header {
        "工号" | "员工编号" | "人员编号" => RosterField::StaffNumber,
        "姓名" | "名字" => RosterField::Name,
        "单位" | "所属单位" | "工作单位" | "单位名称" => RosterField::Organization,
        "班组" | "所属班组" | "班组名称" => RosterField::Team,
        "岗位" | "岗位名称" | "工种" => RosterField::Post,
        "手机" | "手机号" | "手机号码" | "联系电话" => RosterField::Phone,
        "身份证" | "身份证号" | "身份证号码" => RosterField::IdCard,
        "在岗" | "是否在岗" | "在岗状态" => RosterField::Active,
        _ => return None,
    };
    Some(field)
}

#[cfg(test)]
mod tests;
