//! What is typed into the forms, and the scripts of the pages: one keeps on the phone what is typed until
//! it arrived, the others read aloud.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web,
};
use serde::Deserialize;
use shared::problem::Problem;
use uuid::Uuid;

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/study/form.js", web::get().to(keeping))
        .route("/study/clause.js", web::get().to(reading_clauses))
        .route("/study/aloud.js", web::get().to(reading_aloud));
}

async fn keeping() -> HttpResponse {
    script(include_str!("../../../templates/study_form.js"))
}

async fn reading_clauses() -> HttpResponse {
    script(include_str!("../../../templates/study_clause.js"))
}

/// The app reads aloud by the same.
async fn reading_aloud() -> HttpResponse {
    script(include_str!("../../../../frontend/static/study/aloud.js"))
}

fn script(text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/javascript; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(text)
}

/// A text as it was sent.
#[derive(Default, Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    form: String,
}

impl Written {
    /// What is no name of a form names none: the text counts all the same.
    pub fn form(&self) -> Option<Uuid> {
        self.form.parse().ok()
    }
}

/// A form as it is shown.
pub(super) struct Form {
    pub name: Uuid,
    /// What could not be taken, and why.
    pub text: String,
    pub wrong: Option<String>,
}

impl Form {
    pub fn empty() -> Self {
        Self { name: Uuid::now_v7(), text: String::new(), wrong: None }
    }

    pub fn refused(written: Written, problem: &Problem) -> Self {
        let name = written.form().unwrap_or_else(Uuid::now_v7);
        Self { name, text: written.text, wrong: Some(problem.sentence()) }
    }
}
