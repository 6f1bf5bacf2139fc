//! The report as an Excel workbook.

use rust_xlsxwriter::{Chart, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use shared::{
    reports::{CourseReport, ReportGroup, ReportRow},
    time,
};

type Result<T, E = XlsxError> = std::result::Result<T, E>;

/// Header and width, in characters, of each column of the first sheet.
const COLUMNS: [(&str, f64); 13] = [
    ("单位", 28.0),
    ("姓名", 10.0),
    ("工号", 12.0),
    ("岗位", 12.0),
    ("完成期限", 12.0),
    ("已完成课时", 11.0),
    ("课时总数", 9.0),
    ("全部完成时间", 20.0),
    ("最高分", 8.0),
    ("出题版本", 10.0),
    ("测验", 8.0),
    ("参加实训次数", 13.0),
    ("人员编号", 38.0),
];

const GROUP_COLUMNS: [(&str, f64); 5] =
    [("单位", 28.0), ("人数", 10.0), ("完成课程", 10.0), ("测验通过", 10.0), ("参加实训", 10.0)];

/// What the numbers mean.
const DEFINITIONS: [(&str, &str); 7] = [
    ("名单", "布置了这门课、学过这门课、考过它的测验或参加过它的实训的人，一人一行"),
    ("完成期限", "布置必学时定的日期；布置过几次的取最早的一次"),
    ("全部完成时间", "学完最后一个课时的时间；还有课时没学完的空着"),
    ("最高分", "各次测验中的最高分，满分 100；没考过的空着"),
    ("出题版本", "得最高分的那次测验，是按课程的第几版出的题"),
    ("完成课程", "全部课时都学完的人数，不看测验"),
    ("参加实训", "至少参加过一场这门课的实训的人数"),
];

/// The bytes of the workbook: the rows, and a sheet of totals, a chart and definitions.
pub(super) fn workbook(report: &CourseReport) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    fill_rows(workbook.add_worksheet().set_name("人员明细")?, &report.rows)?;
    fill_totals(workbook.add_worksheet().set_name("合计与说明")?, report)?;
    workbook.save_to_buffer()
}

fn header<const N: usize>(
    sheet: &mut Worksheet,
    row: u32,
    columns: [(&str, f64); N],
) -> Result<()> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap();
    for (column, (name, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(row, column, name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

/// Everything that people typed is written as a string, so that none of it is ever a formula, and
/// a staff number keeps its zeros.
fn fill_rows(sheet: &mut Worksheet, rows: &[ReportRow]) -> Result<()> {
    header(sheet, 0, COLUMNS)?;
    sheet.set_freeze_panes(1, 2)?;
    let text = Format::new().set_num_format("@");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (at, row) in (1..).zip(rows) {
        sheet.write_string(at, 0, &row.organization)?;
        sheet.write_string(at, 1, &row.name)?;
        sheet.write_string_with_format(at, 2, &row.staff_number, &text)?;
        sheet.write_string(at, 3, row.post.as_deref().unwrap_or_default())?;
        if let Some(due_on) = row.due_on {
            sheet.write_datetime_with_format(at, 4, due_on, &day)?;
        }
        sheet.write_number(at, 5, row.lessons_finished)?;
        sheet.write_number(at, 6, row.lessons)?;
        if let Some(finished_at) = row.finished_at {
            let local = time::local(finished_at).naive_local();
            sheet.write_datetime_with_format(at, 7, local, &moment)?;
        }
        if let Some(score) = row.best_score {
            sheet.write_number(at, 8, score)?;
        }
        if let Some(number) = row.best_revision {
            sheet.write_string(at, 9, format!("第 {number} 版"))?;
        }
        let quiz = if row.passed {
            "通过"
        } else if row.best_score.is_some() {
            "未通过"
        } else {
            ""
        };
        sheet.write_string(at, 10, quiz)?;
        sheet.write_number(at, 11, row.sessions_attended)?;
        sheet.write_string(at, 12, row.person.to_string())?;
    }
    let last = u32::try_from(rows.len()).unwrap_or_default();
    sheet.autofilter(0, 0, last, 12)?;
    Ok(())
}

fn fill_totals(sheet: &mut Worksheet, report: &CourseReport) -> Result<()> {
    header(sheet, 3, GROUP_COLUMNS)?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, &report.title, &bold)?;
    sheet.write_string(1, 0, format!("统计时间：{}（北京时间）", time::stamp(report.made_at)))?;
    let total = total(&report.groups);
    let first = 4;
    let mut at = first;
    for group in report.groups.iter().chain([&total]) {
        sheet.write_string(at, 0, &group.organization)?;
        let numbers = [group.people, group.finished, group.passed, group.attended];
        for (column, number) in (1..).zip(numbers) {
            sheet.write_number(at, column, number)?;
        }
        at += 1;
    }
    if !report.groups.is_empty() {
        sheet.insert_chart(3, 6, &chart(first, at - 2))?;
    }
    at = (at + 1).max(20);
    for (name, meaning) in DEFINITIONS {
        sheet.write_string_with_format(at, 0, name, &bold)?;
        sheet.write_string(at, 1, meaning)?;
        at += 1;
    }
    Ok(())
}

fn total(groups: &[ReportGroup]) -> ReportGroup {
    let sum = |of: fn(&ReportGroup) -> u32| groups.iter().map(of).sum();
    ReportGroup {
        organization: "合计".into(),
        people: sum(|it| it.people),
        finished: sum(|it| it.finished),
        passed: sum(|it| it.passed),
        attended: sum(|it| it.attended),
    }
}

/// The same chart as on the screen, for the organisations in rows `first` to `last`.
fn chart(first: u32, last: u32) -> Chart {
    let sheet = "合计与说明";
    let mut chart = Chart::new_column();
    chart.title().set_name("各单位完成情况（人）");
    for (column, (name, _)) in (1..).zip(&GROUP_COLUMNS[1..]) {
        chart
            .add_series()
            .set_name(*name)
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, column, last, column));
    }
    chart.set_width(720).set_height(320);
    chart
}
