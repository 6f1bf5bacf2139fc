use shared::quizzes::QuestionKind::{Multiple, Single, TrueFalse};

use super::*;
use crate::quizzes::importing::read::read;

const HEADER: &str = "题型,题干,选项A,选项B,选项C,选项D,答案,解析\n";

fn rows(rows: &str) -> Read {
    read(format!("{HEADER}{rows}").as_bytes()).unwrap()
}

#[test]
fn rows_of_each_kind_become_questions() {
    let read = rows(
        "单选题,先做什么？,放牌子,开窗,,,a,因为滑\n多选,有害的有？,灯管,果皮,电池,,\"A、C\",有害\n\
         判断,湿手可以拔插头,,,,,×,会触电\n判断,先放牌子,对,错,,,A,提醒人\n",
    );
    assert_eq!(read.problems, []);
    let found: Vec<_> = read.questions.iter().map(|(row, it)| (*row, it.kind)).collect();
    assert_eq!(found, [(2, Single), (3, Multiple), (4, TrueFalse), (5, TrueFalse)]);
    let right = |at: usize| -> Vec<&str> {
        let options = read.questions[at].1.options.iter().filter(|it| it.correct);
        options.map(|it| it.text.as_str()).collect()
    };
    assert_eq!(
        [0, 1, 2, 3].map(right),
        [vec!["放牌子"], vec!["灯管", "电池"], vec!["错误"], vec!["正确"]]
    );
}

#[test]
fn columns_are_found_by_what_people_call_them_in_any_order() {
    let text = "保洁题库\n正确答案\t答案解析\tA\tＢ\t选项 C\t题目\t备注\t题目类型\nB\t因为\t甲\t乙\t丙\t哪个？\t好\t单选\n";
    let read = read(text.as_bytes()).unwrap();
    assert_eq!(read.problems, []);
    let (row, question) = &read.questions[0];
    assert_eq!((*row, &*question.stem, question.options.len()), (3, "哪个？", 3));
    assert!(question.options[1].correct);
}

#[test]
fn what_is_wrong_is_said_cell_by_cell() {
    for (row, wrong) in [
        ("填空,甲,,,,,,因为", vec![(Some(Kind), "单选")]),
        ("单选,甲,乙,丙,,,,因为", vec![(Some(Answer), "字母")]),
        ("单选,甲,乙,丙,,,D,因为", vec![(Some(Answer), "“选项D”这一格是空的")]),
        ("单选,甲,乙,丙,,,AB,因为", vec![(Some(Answer), "改成“多选”")]),
        ("多选,甲,乙,丙,,,A,因为", vec![(Some(Answer), "改成“单选”")]),
        ("判断,甲,,,,,也许,因为", vec![(Some(Answer), "“对”或者“错”")]),
        ("判断,甲,乙,丙,,,A,因为", vec![(Some(Answer), "“对”或者“错”")]),
        ("单选,甲,乙,乙,,,A,因为", vec![(None, "选项一样")]),
        (
            "单选,,乙,,,,A,",
            vec![
                (Some(Stem), "请填写题目"),
                (Some(Explanation), "请填写解析"),
                (None, "2 到 8 个选项"),
            ],
        ),
    ] {
        let read = rows(row);
        assert_eq!(read.questions, [], "{row}");
        let found: Vec<_> = read.problems.iter().map(|it| it.column).collect();
        assert_eq!(
            found,
            wrong.iter().map(|it| it.0).collect::<Vec<_>>(),
            "{row}: {:?}",
            read.problems
        );
        for (problem, (_, says)) in read.problems.iter().zip(wrong) {
            assert!(problem.message.contains(says) && problem.row == 2, "{}", problem.message);
        }
    }
}

#[test]
fn a_table_that_lacks_a_column_or_has_too_many_rows_is_refused_with_what_to_do() {
    let many = format!("{HEADER}{}", "判断,甲,,,,,对,因为\n".repeat(501));
    for (text, says) in [
        ("题型,题干,答案\n判断,甲,对\n", "少了“解析”"),
        ("甲,乙\n1,2\n", "没有找到表头"),
        (HEADER, "一行内容也没有"),
        (&many, "最多导入 500 题"),
    ] {
        let crate::Error::Refused(problem) = read(text.as_bytes()).unwrap_err() else { panic!() };
        let detail = problem.detail.unwrap();
        assert!(detail.contains(says), "{detail}");
    }
}

#[test]
fn braces_in_a_table_do_not_make_it_gift() {
    let read = rows("单选,集合 {1} 里有几个？,一个,两个,,,A,数一数\n");
    assert_eq!((read.problems.len(), read.questions.len()), (0, 1));
}

/// The options that are read of a workbook whose question has these cells.
fn options_of(write: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<String> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, title) in (0..).zip(HEADER.trim().split(',')) {
        sheet.write_string(0, at, title).unwrap();
    }
    let row = ["单选", "哪一个对？", "", "", "", "", "A", "写在规定里"];
    for (at, text) in (0..).zip(row).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(1, at, text).unwrap();
    }
    write(sheet);
    let read = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(read.problems, []);
    read.questions[0].1.options.iter().map(|it| it.text.clone()).collect()
}

fn format(code: &str) -> rust_xlsxwriter::Format {
    rust_xlsxwriter::Format::new().set_num_format(code)
}

#[test]
fn a_day_and_a_time_of_a_workbook_are_read_as_they_look() {
    let half_past = chrono::NaiveTime::from_hms_opt(8, 30, 0).unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    let options = options_of(|sheet| {
        sheet.write_time_with_format(1, 2, half_past, &format("hh:mm")).unwrap();
        sheet.write_date_with_format(1, 3, today, &format("m\"月\"d\"日\"")).unwrap();
        sheet.write_date_with_format(1, 4, today, &format("yyyy/m/d")).unwrap();
        sheet.write_number(1, 5, 9).unwrap();
    });
    assert_eq!(options, ["08:30", "3月1日", "2026/3/1", "9"]);
    let typed = options_of(|sheet| {
        // What Excel makes of 3-1 and of 2026/3/1 in China.
        let by_number = |id| rust_xlsxwriter::Format::new().set_num_format_index(id);
        sheet.write_date_with_format(1, 2, today, &by_number(58)).unwrap();
        sheet.write_date_with_format(1, 3, today, &by_number(14)).unwrap();
    });
    assert_eq!(typed, ["3月1日", "2026/3/1"]);
}

#[test]
fn a_percentage_of_a_workbook_is_read_as_it_looks() {
    let options = options_of(|sheet| {
        sheet.write_number_with_format(1, 2, 0.05, &format("0%")).unwrap();
        sheet.write_number_with_format(1, 3, 0.125, &format("0.0%")).unwrap();
        sheet.write_number(1, 4, 0.05).unwrap();
        sheet.write_string(1, 5, "5％").unwrap();
    });
    assert_eq!(options, ["5%", "12.5%", "0.05", "5％"]);
}

#[test]
fn what_excel_writes_as_csv_is_taken_as_it_stands() {
    let row = "单选,哪天开始？,3月1日,5%,0.05,2026/3/1,A,写在规定里\n";
    let text = [HEADER, row].concat();
    let (in_gbk, _, _) = encoding_rs::GBK.encode(&text);
    for file in [format!("\u{feff}{text}").as_bytes(), &in_gbk] {
        let read = read(file).unwrap();
        let texts: Vec<_> = read.questions[0].1.options.iter().map(|it| &*it.text).collect();
        assert_eq!(texts, ["3月1日", "5%", "0.05", "2026/3/1"]);
    }
}
