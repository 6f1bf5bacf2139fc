//! Workbooks to take along: the template, and the rows that could not be brought in.

use actix_web::{HttpRequest, HttpResponse, web};
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use shared::{
    api::Officer,
    problem::Code,
    roster::{ImportRow, RosterField, RosterImportId},
};

use super::{imports, sheets, theirs};
use crate::{
    App, Result,
    accounts::step_up,
    audit::{self, Event},
    http::{Ctx, refuse, workbook},
};

/// What to write where.
const EXPLANATIONS: [(&str, &str); 8] = [
    ("工号", "必填，一人一个，换单位也不变；系统凭它认人"),
    ("姓名", "必填"),
    ("单位", "必填，和系统里的单位名称一样"),
    ("班组", "可以空着；新的班组会自动建好"),
    ("岗位", "可以空着，和系统里的岗位名称一样"),
    ("手机", "可以空着，11 位，一人一个；这一列是文本"),
    ("身份证", "可以空着，18 位；这一列是文本，不要改成数字"),
    ("在岗", "填“是”或“否”；空着的话新人算在岗，其他人不变"),
];

pub async fn template(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer_template(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer_template(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    Ctx::<Officer>::of(app.clone(), http).await?;
    let bytes = web::block(|| book(None)).await??;
    Ok(workbook(bytes, "花名册模板.xlsx", "roster-template.xlsx"))
}

pub async fn bad_rows(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer_bad_rows(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer_bad_rows(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    step_up::require(app, http).await?;
    let id: RosterImportId =
        http.match_info().query("import").parse().map_err(|_| Code::NotFound)?;
    imports::find(ctx.app.db.read(), theirs(&ctx), id).await?;
    let rows = sheets::checked_rows(&ctx.app, id, sheets::is_bad).await?;
    let act = ctx.actor().did(Event::RosterDownloaded, id).with("rows", rows.len());
    audit::record_alone(app, act).await?;
    let bytes = web::block(move || book(Some(&rows))).await??;
    Ok(workbook(bytes, "没有导入的行.xlsx", "roster-bad-rows.xlsx"))
}

/// The template; with rows, those and why each could not be brought in.
fn book(rows: Option<&[ImportRow]>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("花名册")?;
    columns(sheet)?;
    if let Some(rows) = rows {
        fill(sheet, rows)?;
    }
    let sheet = book.add_worksheet().set_name("填写说明")?;
    sheet.set_column_width(1, 60)?;
    for (at, (column, meaning)) in (0..).zip(EXPLANATIONS) {
        sheet.write_string_with_format(at, 0, column, &Format::new().set_bold())?;
        sheet.write_string(at, 1, meaning)?;
    }
    book.save_to_buffer()
}

/// Every column is text, so that Excel makes no numbers of what is typed.
fn columns(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center);
    let text = text();
    for (at, field) in (0..).zip(RosterField::ALL) {
        let width = match field {
            RosterField::Organization => 28.0,
            RosterField::IdCard => 22.0,
            RosterField::Phone => 15.0,
            _ => 12.0,
        };
        sheet.set_column_width(at, width)?;
        sheet.set_column_format(at, &text)?;
        sheet.write_string_with_format(0, at, field.label(), &bold)?;
    }
    let yes_or_no = DataValidation::new().allow_list_strings(&["是", "否"])?;
    sheet.add_data_validation(1, 7, 5000, 7, &yes_or_no)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Typed as text and marked as such, so that none of it ever becomes a formula.
fn text() -> Format {
    Format::new().set_num_format("@").set_quote_prefix()
}

fn fill(sheet: &mut Worksheet, rows: &[ImportRow]) -> Result<(), XlsxError> {
    let (text, bold) = (text(), Format::new().set_bold());
    let red = text.clone().set_background_color(0xFFE0E0);
    for (at, title) in [(8, "原来的行号"), (9, "为什么没有导入")] {
        sheet.write_string_with_format(0, at, title, &bold)?;
    }
    sheet.set_column_width(8, 11)?;
    sheet.set_column_width(9, 70)?;
    for (at, row) in (1..).zip(rows) {
        for (column, field) in (0..).zip(RosterField::ALL) {
            let wrong = row.problems.iter().any(|it| it.field == *field);
            let cell = row.cells.get(field).map_or("", String::as_str);
            if wrong || !cell.is_empty() {
                let format = if wrong { &red } else { &text };
                sheet.write_string_with_format(at, column, cell, format)?;
            }
        }
        if let Some(number) = row.row {
            sheet.write_number(at, 8, number)?;
        }
        let why: Vec<_> =
            row.problems.iter().map(|it| format!("{}：{}", it.field.label(), it.message)).collect();
        sheet.write_string(at, 9, why.join("；"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use shared::roster::{CellProblem, RowOutcome};

    use super::*;
    use crate::roster::table;

    #[test]
    fn what_looks_like_a_formula_goes_out_and_comes_back_as_text() {
        let wicked = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"];
        let rows = (2..).zip(wicked).map(|(number, name)| ImportRow {
            row: Some(number),
            outcome: RowOutcome::Faulty,
            cells: [(RosterField::Name, name.to_owned()), (RosterField::StaffNumber, "007".into())]
                .into(),
            changes: Vec::new(),
            problems: vec![CellProblem { field: RosterField::Phone, message: "=2".into() }],
        });
        let bytes = book(Some(&rows.collect::<Vec<_>>())).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
        assert!(!xml.contains("<f>"), "{xml}");
        let back = table::rows(&bytes).unwrap();
        let names: Vec<_> = back.iter().map(|it| it.cells[&RosterField::Name].as_str()).collect();
        assert_eq!(names, wicked.map(str::trim));
        assert!(back.iter().all(|it| it.cells[&RosterField::StaffNumber] == "007"));
    }

    #[test]
    fn the_template_is_read_as_a_file_without_rows() {
        let error = table::rows(&book(None).unwrap()).unwrap_err();
        assert!(error.to_string().contains("读不出来"));
    }
}
