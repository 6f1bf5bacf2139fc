//! A file with questions on its way from the console: gathered in memory within limits, then read.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use shared::{
    accounts::Role,
    api::{self, Officer},
    authoring::{LARGEST_QUESTION_FILE, QuestionPreview, ShowQuizDraft},
    problem::{Code, Problem},
};

use super::preview;
use crate::{
    App, Result, courses,
    http::{Ctx, Limits, file_part, gather, json, refuse},
};

const LIMITS: Limits = Limits {
    largest: LARGEST_QUESTION_FILE as usize,
    patience: Duration::from_mins(1),
    silence: Duration::from_secs(20),
};

pub async fn upload(http: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    match receive(&http, payload, &app).await {
        Ok(preview) => json(&http, &preview),
        Err(error) => refuse(&http, error),
    }
}

async fn receive(http: &HttpRequest, payload: web::Payload, app: &App) -> Result<QuestionPreview> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    let ShowQuizDraft { course } = api::decode(http.match_info().iter(), "", &[])?;
    let reach = ctx.caller.reach(Role::TrainingOfficer);
    courses::find_managed(app.db.read(), &reach, course).await?;
    let mut parts = Multipart::new(http.headers(), payload);
    let part = file_part(&mut parts, LIMITS.silence).await?;
    let file = gather(part, &LIMITS, too_large).await?;
    preview(app, course, &file).await
}

fn too_large() -> Problem {
    Problem::from(Code::NotASheet).detail("文件超过了 2 MB，请去掉图片，或者拆成几份")
}
