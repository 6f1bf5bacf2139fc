use rust_xlsxwriter::{Format, Workbook};
use shared::problem::Code;

use super::*;

const HEADER: &str = "工号,姓名,单位,班组,岗位,手机,身份证,在岗";

fn code(file: &[u8]) -> String {
    match rows(file).unwrap_err() {
        crate::Error::Refused(problem) => {
            assert_eq!(problem.code, Code::NotASheet);
            problem.detail.unwrap()
        }
        crate::Error::Broken(error) => panic!("{error:#}"),
    }
}

fn texts(row: &Row) -> Vec<&str> {
    row.cells.values().map(String::as_str).collect()
}

#[test]
fn text_is_read_in_every_encoding_that_excel_writes() {
    let text =
        format!("{HEADER}\r\n001,\"王,秀英\",甲,,保洁,13812345678,11010519491231002X,是\r\n");
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let gbk = encoding_rs::GBK.encode(&text).0.into_owned();
    for file in [text.as_bytes(), &marked, &gbk] {
        let rows = rows(file).unwrap();
        assert_eq!(rows.len(), 1);
        let expected = ["001", "王,秀英", "甲", "保洁", "13812345678", "11010519491231002X", "是"];
        assert_eq!((rows[0].number, texts(&rows[0])), (2, expected.to_vec()));
    }
}

#[test]
fn lines_are_counted_however_they_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["工号,姓名,单位", "1,王,甲", "", "2,李,\"乙", "部\"", "3,张,丙"].join(end);
        let rows = rows(text.as_bytes()).unwrap();
        assert_eq!(rows.iter().map(|it| it.number).collect::<Vec<_>>(), [2, 4, 6], "{end:?}");
    }
}

#[test]
fn a_header_may_stand_below_a_title_and_in_any_order() {
    let text = "花名册,,\r\n\r\n\n单位名称,姓名*,备注,工号\n甲,王秀英,好,7\n,,,\n乙,李建国,,8\n";
    let rows = rows(text.as_bytes()).unwrap();
    assert_eq!(rows.iter().map(|it| it.number).collect::<Vec<_>>(), [5, 7]);
    assert_eq!(texts(&rows[0]), ["7", "王秀英", "甲"]);
}

#[test]
fn numbers_of_a_workbook_become_the_text_that_they_look_like() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in (0..).zip(HEADER.split(',')) {
        sheet.write_string(0, at, name).unwrap();
    }
    sheet.write_number(1, 0, 1001).unwrap();
    sheet.write_string(1, 1, "王秀英").unwrap();
    sheet.write_string(1, 2, "甲").unwrap();
    sheet.write_number(1, 5, 13_812_345_678_f64).unwrap();
    sheet.write_number(1, 6, 1.101_051_949_123_1e17).unwrap();
    sheet.write_boolean(1, 7, true).unwrap();
    // A cell at the far end must not make room for all between.
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let rows = rows(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(rows.len(), 1);
    let read = texts(&rows[0]);
    assert_eq!(read[..4], ["1001", "王秀英", "甲", "13812345678"]);
    assert!(read[4].contains("E+"), "{}", read[4]);
    assert_eq!(read[5], "是");
}

#[test]
fn days_and_filled_numbers_of_a_workbook_are_read_as_they_are_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in (0..).zip(HEADER.split(',')) {
        sheet.write_string(0, at, name).unwrap();
    }
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    sheet.write_number_with_format(1, 0, 7, &Format::new().set_num_format("00000")).unwrap();
    sheet.write_string(1, 1, "王秀英").unwrap();
    sheet.write_string(1, 2, "甲").unwrap();
    // As 3-1 is shown, here and in China.
    for (column, code) in [(3, "m\"月\"d\"日\""), (4, "yyyy/m/d;@")] {
        let format = Format::new().set_num_format(code);
        sheet.write_datetime_with_format(1, column, day, &format).unwrap();
    }
    let chinese = Format::new().set_num_format_index(31);
    sheet.write_datetime_with_format(1, 7, day, &chinese).unwrap();
    let rows = rows(&book.save_to_buffer().unwrap()).unwrap();
    let day = "2026-03-01";
    assert_eq!(texts(&rows[0]), ["00007", "王秀英", "甲", day, day, day]);
}

#[test]
fn a_file_that_cannot_be_used_is_refused_with_what_to_do() {
    for (file, says) in [
        (&b""[..], "空的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "另存为 .xlsx"),
        (b"PK\x03\x04broken", "损坏"),
        ("甲,乙\n1,2\n".as_bytes(), "没有找到表头"),
        ("工号,姓名\n1,王\n".as_bytes(), "少了“单位”"),
        (format!("{HEADER}\n").as_bytes(), "一行内容也没有"),
    ] {
        let detail = code(file);
        assert!(detail.contains(says), "{detail}");
    }
}
