//! `/study/lessons/{lesson}`: 笔记 and questions beside one lesson.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use shared::{courses::LessonId, problem::Problem};

use super::{
    Guest, filled,
    hub::{Asked, Note, own_notes, own_questions},
    id, respond, status, then_to, write,
};
use crate::{
    App, Result, courses,
    http::{Page, page},
    learning::{enquiries, notes},
};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/study/lessons/{lesson}", web::get().to(read))
        .route("/study/lessons/{lesson}/note", web::post().to(write_note))
        .route("/study/lessons/{lesson}/question", web::post().to(ask));
}

#[derive(Default, Deserialize)]
struct Form {
    #[serde(default)]
    text: String,
}

type Sent = Result<web::Form<Form>, actix_web::Error>;

#[derive(Template)]
#[template(path = "study_lesson.html")]
struct LessonPage {
    lesson: LessonId,
    title: String,
    course: String,
    notes: Vec<Note>,
    asked: Vec<Asked>,
    wrong: Option<String>,
    /// What could not be taken.
    unsaved: String,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| {
        show(&app, guest, id(&http, "lesson")?, (None, String::new())).await
    })
    .await
}

async fn write_note(http: HttpRequest, app: web::Data<App>, form: Sent) -> HttpResponse {
    let text = filled(form).text;
    respond(&http, &app, async |guest| {
        let lesson = id(&http, "lesson")?;
        let found = courses::visible_lesson(app.db.read(), &guest.caller, lesson).await?;
        let (person, of) = (guest.caller.person, (lesson, found.course_id));
        let written = text.clone();
        let done = write!(app, |tx, now| notes::write(tx, person, of, written, now));
        then_to(done, &format!("/study/lessons/{lesson}"), async |problem| {
            show(&app, guest, lesson, (Some(problem), text)).await
        })
        .await
    })
    .await
}

async fn ask(http: HttpRequest, app: web::Data<App>, form: Sent) -> HttpResponse {
    let text = filled(form).text;
    respond(&http, &app, async |guest| {
        let lesson = id(&http, "lesson")?;
        let found = courses::visible_lesson(app.db.read(), &guest.caller, lesson).await?;
        let (person, of) = (guest.caller.person, (lesson, found.course_id));
        let written = text.clone();
        let done = write!(app, |tx, now| enquiries::ask(tx, person, of, written, now));
        then_to(done, &format!("/study/lessons/{lesson}"), async |problem| {
            show(&app, guest, lesson, (Some(problem), text)).await
        })
        .await
    })
    .await
}

async fn show(
    app: &App,
    guest: &Guest,
    lesson: LessonId,
    (wrong, unsaved): (Option<&Problem>, String),
) -> Result<HttpResponse> {
    let db = app.db.read();
    let found = courses::visible_lesson(db, &guest.caller, lesson).await?;
    let here = format!("/lessons/{lesson}");
    let mut notes = own_notes(db, guest).await?;
    notes.retain(|it| it.link == here);
    let mut asked = own_questions(db, guest).await?;
    asked.retain(|it| it.link == here);
    let content = LessonPage {
        lesson,
        title: found.title,
        course: courses::title(db, found.course_id).await?,
        notes,
        asked,
        wrong: wrong.map(Problem::sentence),
        unsaved,
    };
    page(Page::new(status(wrong), content))
}
