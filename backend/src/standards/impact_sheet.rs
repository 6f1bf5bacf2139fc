//! The impact of a new version as a workbook: courses, questions, people.

use actix_web::{HttpRequest, HttpResponse, web};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use shared::{
    accounts::Role,
    api::{self, Officer},
    standards::console::{ChangeKind, DifferenceCourse, ImpactItem, ShowImpact},
    time::local_date,
};

use super::{
    impact::{self, Concerned},
    standing,
};
use crate::{
    App, Result,
    accounts::step_up,
    audit::{self, Event},
    http::{self, Ctx, refuse},
};

pub async fn download(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    step_up::require(app, http).await?;
    let request = api::decode::<ShowImpact>(http.match_info().iter(), http.query_string(), &[])?;
    let reach = ctx.caller.reach(Role::TrainingOfficer);
    let version = standing::find_seen(app.db.read(), &reach, request.version).await?;
    let today = local_date(app.clock.now(app.db.read()).await?);
    let concerned = impact::of(app.db.read(), &reach, &version, today).await?;
    let act = ctx.actor().did(Event::StandardImpactExported, version.id);
    audit::record_alone(app, act.with("people", concerned.people.len())).await?;
    let names = standing::names(app.db.read(), [version.id]).await?;
    let name = names.get(&version.id).cloned().unwrap_or_default();
    let bytes = web::block(move || workbook(&concerned)).await??;
    Ok(http::workbook(bytes, &format!("{name}-影响清单.xlsx"), "standard-impact.xlsx"))
}

type Sheet<T = ()> = std::result::Result<T, XlsxError>;

fn workbook(concerned: &Concerned) -> Sheet<Vec<u8>> {
    let mut book = Workbook::new();
    let impact = &concerned.impact;
    let sheet = book.add_worksheet().set_name("课程")?;
    header(
        sheet,
        [("课程", 36.0), ("改了的条款", 40.0), ("删了的条款", 40.0), ("涉及人数", 10.0)],
    )?;
    for (at, course) in (1..).zip(&impact.courses) {
        sheet.write_string(at, 0, &course.title)?;
        sheet.write_string(at, 1, course.changed.join("、"))?;
        sheet.write_string(at, 2, course.deleted.join("、"))?;
        sheet.write_number(at, 3, course.people)?;
    }
    let sheet = book.add_worksheet().set_name("试题")?;
    header(sheet, [("课程", 36.0), ("试题", 60.0), ("条款", 14.0), ("变化", 10.0)])?;
    for (at, question) in (1..).zip(&impact.questions) {
        sheet.write_string(at, 0, &question.course)?;
        sheet.write_string(at, 1, &question.stem)?;
        sheet.write_string(at, 2, &question.number)?;
        sheet.write_string(at, 3, ChangeKind::label(question.change))?;
    }
    items(book.add_worksheet().set_name("考核项")?, &impact.items)?;
    people(book.add_worksheet().set_name("人员")?, concerned)?;
    if let Some(difference) = &impact.difference {
        course(book.add_worksheet().set_name("差异微课")?, difference)?;
    }
    book.save_to_buffer()
}

fn items(sheet: &mut Worksheet, items: &[ImpactItem]) -> Sheet {
    header(sheet, [("课程", 36.0), ("考核项", 60.0), ("条款", 14.0), ("变化", 10.0)])?;
    for (at, item) in (1..).zip(items) {
        sheet.write_string(at, 0, &item.course)?;
        sheet.write_string(at, 1, &item.text)?;
        sheet.write_string(at, 2, &item.number)?;
        sheet.write_string(at, 3, ChangeKind::label(item.change))?;
    }
    Ok(())
}

fn people(sheet: &mut Worksheet, concerned: &Concerned) -> Sheet {
    let columns =
        [("单位", 30.0), ("姓名", 12.0), ("工号", 14.0), ("涉及的课程", 60.0), ("差异微课", 14.0)];
    header(sheet, columns)?;
    for (at, (person, courses)) in (1..).zip(&concerned.people) {
        sheet.write_string(at, 0, &person.organization)?;
        sheet.write_string(at, 1, &person.name)?;
        sheet.write_string(at, 2, &person.staff_number)?;
        sheet.write_string(at, 3, courses.join("、"))?;
        let done = concerned.difference.as_ref().map(|it| {
            match (it.is_done_by(person.id), it.is_given_to(person.id)) {
                (true, _) => "学完了",
                (false, true) => "没学完",
                (false, false) => "没安排",
            }
        });
        sheet.write_string(at, 4, done.unwrap_or("还没有做"))?;
    }
    Ok(())
}

fn course(sheet: &mut Worksheet, course: &DifferenceCourse) -> Sheet {
    header(sheet, [("课程", 46.0), ("状态", 12.0), ("安排了几人", 12.0), ("学完几人", 12.0)])?;
    sheet.write_string(1, 0, &course.title)?;
    sheet.write_string(1, 1, course.review.map_or(course.status.label(), |it| it.label()))?;
    sheet.write_number(1, 2, course.assigned)?;
    sheet.write_number(1, 3, course.finished)?;
    Ok(())
}

fn header<const N: usize>(sheet: &mut Worksheet, columns: [(&str, f64); N]) -> Sheet {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center);
    for (at, (name, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, at, name, &bold)?;
        sheet.set_column_width(at, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use shared::{practice::ChecklistItemId, standards::console::Impact};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn items_of_checklists_have_a_sheet_of_their_own() {
        let item = ImpactItem {
            id: ChecklistItemId(Uuid::nil()),
            course: "会议室保洁".into(),
            text: "先放警示牌".into(),
            number: "2.1".into(),
            change: ChangeKind::Changed,
        };
        let impact = Impact { items: vec![item], ..Impact::default() };
        let bytes = workbook(&Concerned { impact, people: Vec::new(), difference: None }).unwrap();
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["课程", "试题", "考核项", "人员"]);
        let sheet = book.worksheet_range("考核项").unwrap();
        let rows: Vec<Vec<String>> =
            sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
        assert_eq!(
            rows,
            [["课程", "考核项", "条款", "变化"], ["会议室保洁", "先放警示牌", "2.1", "改了"]]
        );
    }
}
