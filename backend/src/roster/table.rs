//! What the columns of a roster are called.

use shared::roster::RosterField;

use super::cells::Row;
use crate::{
    Result,
    tables::{self, Column},
};

/// The rows of a file.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub fn rows(file: &[u8]) -> Result<Vec<Row>> {
    tables::rows(file)
}

impl Column for RosterField {
    const LONGEST: usize = 200;
    const MOST_ROWS: usize = 50_000;
    const TOO_MANY: &'static str = "一次最多导入 50,000 人，请拆成几个文件";
    const NO_HEADER: &'static str =
        "没有找到表头，请照模板在第一行写上：工号、姓名、单位、班组、岗位、手机、身份证、在岗";
    const NEEDED: &'static [Self] = &[Self::StaffNumber, Self::Name, Self::Organization];
    const AS_SHOWN: bool = false;

    fn called(header: &str) -> Option<Self> {
        let field = match header {
            "工号" | "员工编号" | "人员编号" => Self::StaffNumber,
            "姓名" | "名字" => Self::Name,
            "单位" | "所属单位" | "工作单位" | "单位名称" => Self::Organization,
            "班组" | "所属班组" | "班组名称" => Self::Team,
            "岗位" | "岗位名称" | "工种" => Self::Post,
            "手机" | "手机号" | "手机号码" | "联系电话" => Self::Phone,
            "身份证" | "身份证号" | "身份证号码" => Self::IdCard,
            "在岗" | "是否在岗" | "在岗状态" => Self::Active,
            _ => return None,
        };
        Some(field)
    }

    fn title(self) -> &'static str {
        self.label()
    }
}

#[cfg(test)]
mod tests;
