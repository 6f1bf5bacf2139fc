//! Who finished, passed and attended: on the screen and as a workbook, from the same rows.

mod download;
mod rows;
mod workbook;

use actix_web::web;
use shared::{
    accounts::Role,
    api::Officer,
    reports::{CourseReport, ShowCourseReport},
};

use crate::{
    Result,
    audit::{self, Event},
    http::{Api, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(show_course_report);
}

/// `GET /api/console/courses/{course}/report.xlsx`, for officers, with the query of
/// [`ShowCourseReport`].
pub fn plain(config: &mut web::ServiceConfig) {
    config.route("/api/console/courses/{course}/report.xlsx", web::get().to(download::download));
}

async fn show_course_report(ctx: Ctx<Officer>, request: ShowCourseReport) -> Result<CourseReport> {
    let act = ctx.actor().did(Event::ReportRead, request.course);
    let report = rows::report(&ctx.app, &ctx.caller.reach(Role::TrainingOfficer), request).await?;
    audit::record_alone(&ctx.app, act).await?;
    Ok(report)
}
