//! The workbook as a download.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{
        CACHE_CONTROL, Charset, ContentDisposition, DispositionParam, DispositionType,
        ExtendedValue,
    },
    web,
};
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
    http::{Ctx, refuse},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
    let disposition = disposition(&report);
    let bytes = web::block(move || workbook::workbook(&report)).await??;
    Ok(HttpResponse::Ok()
        .content_type(XLSX)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(disposition)
        .body(bytes))
}

/// The file's name with the course's title (RFC 5987), and a plain one for old programs.
fn disposition(report: &CourseReport) -> ContentDisposition {
    let day = time::local_date(report.made_at);
    // Windows takes none of these in a file's name.
    let title = report.title.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\n'], "_");
    let named = ExtendedValue {
        charset: Charset::Ext("UTF-8".into()),
        language_tag: None,
        value: format!("{title}-完成情况-{day}.xlsx").into_bytes(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(format!("course-report-{day}.xlsx")),
            DispositionParam::FilenameExt(named),
        ],
    }
}
