//! The workbook as a download.

use actix_web::{HttpRequest, HttpResponse, web};
use shared::{
    accounts::Role,
    api::{self, Officer},
    reports::{CourseReport, ShowCourseReport},
    time,
};

use super::{rows, workbook};
use crate::{
    App, Result,
    accounts::step_up,
    audit::{self, Event},
    http::{self, Ctx, refuse},
};

pub(super) async fn download(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&http, &app).await.unwrap_or_else(|error| refuse(&http, error))
}

async fn answer(http: &HttpRequest, app: &App) -> Result<HttpResponse> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    step_up::require(app, http).await?;
    let (path, query) = (http.match_info().iter(), http.query_string());
    let request = api::decode::<ShowCourseReport>(path, query, &[])?;
    let act = ctx.actor().did(Event::ReportExported, request.course);
    let report = rows::report(&ctx.app, &ctx.caller.reach(Role::TrainingOfficer), request).await?;
    audit::record_alone(app, act).await?;
    let (name, plain) = names(&report);
    let bytes = web::block(move || workbook::workbook(&report)).await??;
    Ok(http::workbook(bytes, &name, &plain))
}

fn names(report: &CourseReport) -> (String, String) {
    let (title, day) = (&report.title, time::local_date(report.made_at));
    (format!("{title}-完成情况-{day}.xlsx"), format!("course-report-{day}.xlsx"))
}
