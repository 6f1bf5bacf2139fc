//! What the cells of a row mean, and what is wrong with them by themselves.

use chrono::NaiveDate;
use shared::roster::{CellProblem, RosterField};

pub use crate::tables::tidy;
use crate::tables::{self, became_a_day, narrow};

/// A row of the file.
pub type Row = tables::Row<RosterField>;

/// What a row says about a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    pub staff_number: String,
    pub name: String,
    pub organization: String,
    pub team: Option<String>,
    pub post: Option<String>,
    pub phone: Option<String>,
    pub id_card: Option<String>,
    pub active: Option<bool>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").finish_non_exhaustive()
    }
}

/// What names are compared by: `甲 公司（一部）` and `甲公司(一部)` are one name.
pub fn key(name: &str) -> String {
    tidy(name).chars().map(narrow).filter(|it| *it != ' ').collect()
}

/// Reads a row; everything that is wrong with it is said at once.
pub fn read(row: &Row, today: NaiveDate) -> Result<Entry, Vec<CellProblem>> {
    let mut problems = Problems::default();
    let cell = |field| row.cells.get(&field).map(|it| tidy(it)).filter(|it| !it.is_empty());
    let mut needed = |field: RosterField, most| {
        let text = cell(field).unwrap_or_default();
        if text.is_empty() {
            problems.add(field, format!("{}不能空着", field.label()));
        } else if text.chars().count() > most {
            problems.add(field, format!("太长了，最多 {most} 个字"));
        }
        text
    };
    let staff_number = needed(RosterField::StaffNumber, 32);
    let name = needed(RosterField::Name, 40);
    let organization = needed(RosterField::Organization, 60);
    if !staff_number.is_empty() && was_rounded(&staff_number) {
        problems.add(RosterField::StaffNumber, ROUNDED);
    }
    for field in [RosterField::StaffNumber, RosterField::Team, RosterField::Post] {
        if cell(field).is_some_and(|it| became_a_day(&it)) {
            problems.add(field, DATED);
        }
    }
    for field in [RosterField::Team, RosterField::Post] {
        if cell(field).is_some_and(|it| it.chars().count() > 40) {
            problems.add(field, "太长了，最多 40 个字");
        }
    }
    let entry = Entry {
        staff_number,
        name,
        organization,
        team: cell(RosterField::Team),
        post: cell(RosterField::Post),
        phone: problems.take(RosterField::Phone, cell(RosterField::Phone), phone),
        id_card: problems
            .take(RosterField::IdCard, cell(RosterField::IdCard), |it| id_card(it, today)),
        active: problems.take(RosterField::Active, cell(RosterField::Active), on_post),
    };
    if problems.0.is_empty() { Ok(entry) } else { Err(problems.0) }
}

#[derive(Default)]
struct Problems(Vec<CellProblem>);

impl Problems {
    fn add(&mut self, field: RosterField, message: impl Into<String>) {
        self.0.push(CellProblem { field, message: message.into() });
    }

    fn take<T>(
        &mut self,
        field: RosterField,
        text: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        match parse(&text?) {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(field, message);
                None
            }
        }
    }
}

const ROUNDED: &str = "Excel 把它当成了数字，后几位已经丢了；请把这一列设成“文本”再重新填写";

const DATED: &str = "Excel 把它当成了日期，原来写的已经认不出来；请把这一列设成“文本”再重新填写";

/// Excel keeps 15 digits of a number; longer ones end in zeros or are written as `3.2E+17`.
fn was_rounded(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    text.split_once("E+").is_some_and(|(head, _)| head.parse::<f64>().is_ok())
}

/// A mobile number of eleven digits, without what people put between or before them.
pub fn phone(text: &str) -> Result<String, &'static str> {
    if was_rounded(text) {
        return Err(ROUNDED);
    }
    let digits: String = text.chars().filter(|it| !matches!(it, ' ' | '-')).collect();
    let digits = digits.strip_prefix("+86").unwrap_or(&digits);
    let plausible = digits.len() == 11
        && digits.bytes().all(|it| it.is_ascii_digit())
        && digits.starts_with('1')
        && !digits.starts_with("10")
        && !digits.starts_with("11")
        && !digits.starts_with("12");
    if plausible {
        Ok(digits.to_owned())
    } else {
        Err("手机号应该是 1 开头的 11 位数字，请核对")
    }
}

/// A number of 18 places whose birthday exists and whose check digit is right (GB 11643).
pub fn id_card(text: &str, today: NaiveDate) -> Result<String, &'static str> {
    if was_rounded(text) {
        return Err(ROUNDED);
    }
    let text = text.replace(' ', "").to_ascii_uppercase();
    let places = text.as_bytes();
    let well_formed = places.len() == 18
        && places[..17].iter().all(u8::is_ascii_digit)
        && (places[17].is_ascii_digit() || places[17] == b'X');
    if !well_formed {
        return Err("身份证号应该是 18 位，最后一位是数字或 X，请核对");
    }
    let born = NaiveDate::parse_from_str(&text[6..14], "%Y%m%d").ok();
    if !born.is_some_and(|born| born <= today && born.format("%Y").to_string().as_str() >= "1900") {
        return Err("身份证号里的出生日期不对，请核对");
    }
    if places[17] != check_digit(&places[..17]) {
        return Err("身份证号的校验位不对，可能有一位抄错了，请核对");
    }
    Ok(text)
}

/// ISO 7064, MOD 11-2.
fn check_digit(digits: &[u8]) -> u8 {
    let rest = digits.iter().fold(0, |rest, digit| (rest + u32::from(digit - b'0')) * 2 % 11);
    match (12 - rest) % 11 {
        10 => b'X',
        digit => b'0' + u8::try_from(digit).unwrap_or_default(),
    }
}

fn on_post(text: &str) -> Result<bool, &'static str> {
    match text {
        "是" | "在岗" | "在职" | "1" | "Y" | "y" | "√" => Ok(true),
        "否" | "离岗" | "离职" | "不在岗" | "0" | "N" | "n" | "×" => Ok(false),
        _ => Err("请填“是”或“否”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
    }

    #[test]
    fn phones_are_read_as_people_write_them() {
        for written in ["13812345678", "138 1234 5678", "138-1234-5678", "+8613812345678"] {
            assert_eq!(phone(written), Ok("13812345678".into()));
        }
        assert_eq!(phone(&tidy("１３８１２３４５６７８")), Ok("13812345678".into()));
        for wrong in ["1381234567", "23812345678", "12812345678", "1381234567a", "0519-8888888"] {
            assert!(phone(wrong).is_err(), "{wrong}");
        }
        assert_eq!(phone("1.38E+10"), Err(ROUNDED));
    }

    #[test]
    fn an_id_card_is_held_to_its_check_digit_and_its_birthday() {
        assert_eq!(id_card("11010519491231002x", today()), Ok("11010519491231002X".into()));
        for wrong in [
            "110105194912310021",
            "110105491231002",
            "11010519491331002X",
            "11010520991231002X",
            "11010X19491231002X",
            "",
        ] {
            assert!(id_card(wrong, today()).is_err(), "{wrong}");
        }
        assert_eq!(id_card("1.10105194912310E+17", today()), Err(ROUNDED));
    }

    #[test]
    fn names_are_compared_without_widths_and_blanks() {
        assert_eq!(tidy("\u{feff}甲 公司（一部）\t\u{3000}"), "甲 公司（一部）");
        assert_eq!(key("甲 公司（一部）"), key("甲公司(一部)"));
        assert_ne!(key("甲公司"), key("乙公司"));
    }

    #[test]
    fn what_a_spreadsheet_program_made_something_else_of_is_refused() {
        for (field, text, says) in [
            (RosterField::StaffNumber, "1.23457E+15", ROUNDED),
            (RosterField::Phone, "1.38123E+10", ROUNDED),
            (RosterField::IdCard, "1.10105E+17", ROUNDED),
            (RosterField::StaffNumber, "2026-03-01", DATED),
            (RosterField::Team, "2026-03-01", DATED),
            (RosterField::Post, "2026-01-02", DATED),
        ] {
            let mut cells = std::collections::BTreeMap::from([
                (RosterField::StaffNumber, "7".to_owned()),
                (RosterField::Name, "王秀英".to_owned()),
                (RosterField::Organization, "甲".to_owned()),
            ]);
            cells.insert(field, text.to_owned());
            let problems = read(&Row { number: 2, cells }, today()).unwrap_err();
            assert_eq!(problems, [CellProblem { field, message: says.into() }], "{text}");
        }
    }

    #[test]
    fn everything_that_is_wrong_with_a_row_is_said_at_once() {
        let cells = [(RosterField::Phone, "1"), (RosterField::Active, "也许")];
        let cells = cells.map(|(field, text)| (field, text.to_owned())).into();
        let problems = read(&Row { number: 2, cells }, today()).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|it| it.field.label()).collect();
        assert_eq!(fields, ["工号", "姓名", "单位", "手机", "在岗"]);
    }
}
