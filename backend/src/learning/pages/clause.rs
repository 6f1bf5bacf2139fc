//! `/study/clauses/{link}`: what a clause says that a lesson cites, and the way back to the lesson.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::NaiveDate;
use shared::standards::{CitedClause, ClauseLinkId};

use super::{Guest, id, respond};
use crate::{
    App, Result,
    http::{Page, page},
    standards::{self, Citation},
};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route("/study/clauses/{link}", web::get().to(read));
}

#[derive(Template)]
#[template(path = "study_clause.html")]
struct ClausePage {
    clause: CitedClause,
    /// Since when, and until when.
    dates: Vec<String>,
    back: (String, &'static str),
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest, id(&http, "link")?).await).await
}

async fn show(app: &App, guest: &Guest, link: ClauseLinkId) -> Result<HttpResponse> {
    let cited = standards::citation(app.db.read(), &guest.caller, link).await?;
    let Citation { clause, course, lesson, published_on, effective_on, withdrawn_on } = cited;
    let dated = [("发布", published_on), ("实施", effective_on), ("废止", withdrawn_on)];
    let content = ClausePage {
        clause,
        dates: dated.into_iter().filter_map(|(what, on)| Some(date(what, on?))).collect(),
        back: match lesson {
            Some(lesson) => (format!("/lessons/{lesson}"), "返回课时"),
            None => (format!("/courses/{course}"), "返回课程"),
        },
    };
    page(Page::new(StatusCode::OK, content))
}

fn date(what: &str, on: NaiveDate) -> String {
    format!("{} {what}", on.format("%Y年%-m月%-d日"))
}
