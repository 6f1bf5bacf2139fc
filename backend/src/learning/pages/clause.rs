//! `/study/clauses/{link}`: what a clause says that a lesson cites, and the way back to the lesson.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::NaiveDate;
use shared::standards::{CitedClause, ClauseLinkId, Modality};

use super::{Guest, id, respond};
use crate::{
    App, Result,
    standards::{self, Citation},
};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route("/study/clauses/{link}", web::get().to(read));
}

#[derive(Template)]
#[template(path = "study_clause.html")]
struct ClausePage {
    /// Whether a part of the text says what must, may or must not be.
    parts: Vec<(bool, String)>,
    clause: CitedClause,
    demand: &'static str,
    /// Since when, and until when.
    dates: Vec<String>,
    back: (String, &'static str),
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest, id(&http, "link")?).await).await
}

async fn show(app: &App, guest: &Guest, link: ClauseLinkId) -> Result<HttpResponse> {
    let cited = standards::citation(app.db.read(), &guest.caller, link).await?;
    let back = back(&cited);
    let Citation { clause, published_on, effective_on, withdrawn_on, .. } = cited;
    let dated = [("发布", published_on), ("实施", effective_on), ("废止", withdrawn_on)];
    let content = ClausePage {
        parts: parts(&clause.text),
        demand: demand(clause.modality),
        clause,
        dates: dated.into_iter().filter_map(|(what, on)| Some(date(what, on?))).collect(),
        back,
    };
    guest.page_with_script(StatusCode::OK, content)
}

/// Where it is cited.
fn back(cited: &Citation) -> (String, &'static str) {
    let course = cited.course;
    match cited.lesson {
        Some(lesson) => (format!("/lessons/{lesson}"), "返回课时"),
        None if cited.by_item => (format!("/study/courses/{course}/practice"), "返回实操怎么考"),
        None => (format!("/courses/{course}"), "返回课程"),
    }
}

/// The text in its parts, each up to a comma or a full stop.
fn parts(text: &str) -> Vec<(bool, String)> {
    let ends = ['，', '；', '。', '：', '\n'];
    let part = |part: &str| {
        let says = part.trim_end_matches(ends);
        (standards::modality(says) != Modality::Statement, part.to_owned())
    };
    text.split_inclusive(ends).map(part).collect()
}

/// The standard's word for it, as people on the floor say it.
const fn demand(modality: Modality) -> &'static str {
    match modality {
        Modality::Shall => "必须做（应）",
        Modality::ShallNot => "不许做（不应）",
        Modality::Should => "建议做（宜）",
        Modality::May => "可以做（可）",
        Modality::Statement => "不是要求，是说明",
    }
}

fn date(what: &str, on: NaiveDate) -> String {
    format!("{} {what}", on.format("%Y年%-m月%-d日"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_and_must_not_be_stands_out_and_nothing_is_lost() {
        let text = "会议结束后，桌面应擦拭干净；不得使用湿布。相应的用品见附录A。";
        let parts = parts(text);
        let bold: Vec<&str> = parts.iter().filter(|it| it.0).map(|it| it.1.as_str()).collect();
        assert_eq!(bold, ["桌面应擦拭干净；", "不得使用湿布。"]);
        assert_eq!(parts.iter().map(|it| it.1.as_str()).collect::<String>(), text);
    }
}
