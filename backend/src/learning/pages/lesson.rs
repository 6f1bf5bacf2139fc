//! `/study/lessons/{lesson}`: 笔记 and questions beside one lesson.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use shared::{courses::LessonId, problem::Problem};

use super::{
    Guest, filled,
    hub::{Asked, Note, own_notes, own_questions},
    id, respond, status, then_to, write,
    written::{Form, Written},
};
use crate::{
    App, Result, courses,
    learning::{enquiries, notes, texts::Typed},
};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/study/lessons/{lesson}", web::get().to(read))
        .route("/study/lessons/{lesson}/note", web::post().to(write_note))
        .route("/study/lessons/{lesson}/question", web::post().to(ask));
}

type Sent = Result<web::Form<Written>, actix_web::Error>;

#[derive(Clone, Copy)]
enum Kind {
    Note,
    Question,
}

#[derive(Template)]
#[template(path = "study_lesson.html")]
struct LessonPage {
    lesson: LessonId,
    title: String,
    course: String,
    note: Form,
    notes: Vec<Note>,
    question: Form,
    asked: Vec<Asked>,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest, id(&http, "lesson")?, None).await).await
}

async fn write_note(http: HttpRequest, app: web::Data<App>, form: Sent) -> HttpResponse {
    take(http, app, filled(form), Kind::Note).await
}

async fn ask(http: HttpRequest, app: web::Data<App>, form: Sent) -> HttpResponse {
    take(http, app, filled(form), Kind::Question).await
}

async fn take(
    http: HttpRequest,
    app: web::Data<App>,
    written: Written,
    kind: Kind,
) -> HttpResponse {
    respond(&http, &app, async |guest| {
        let lesson = id(&http, "lesson")?;
        let found = courses::visible_lesson(app.db.read(), &guest.caller, lesson).await?;
        let organization = guest.caller.organization;
        let typed = Typed {
            person: guest.caller.person,
            lesson,
            course: found.course_id,
            text: written.text.clone(),
            form: written.form(),
        };
        let done = match kind {
            Kind::Note => write!(app, |tx, now| notes::write(tx, typed, now)),
            Kind::Question => {
                write!(app, |tx, now| enquiries::ask(tx, (typed, organization), now))
            }
        };
        then_to(done, &format!("/study/lessons/{lesson}"), async |problem| {
            show(&app, guest, lesson, Some((kind, problem, written))).await
        })
        .await
    })
    .await
}

async fn show(
    app: &App,
    guest: &Guest,
    lesson: LessonId,
    refused: Option<(Kind, &Problem, Written)>,
) -> Result<HttpResponse> {
    let db = app.db.read();
    let found = courses::visible_lesson(db, &guest.caller, lesson).await?;
    let here = format!("/lessons/{lesson}");
    let mut notes = own_notes(app, guest).await?;
    notes.retain(|it| it.link == here);
    let mut asked = own_questions(db, guest).await?;
    asked.retain(|it| it.link == here);
    let status = status(refused.as_ref().map(|it| it.1));
    let (mut note, mut question) = (Form::empty(), Form::empty());
    if let Some((kind, problem, written)) = refused {
        let form = match kind {
            Kind::Note => &mut note,
            Kind::Question => &mut question,
        };
        *form = Form::refused(written, problem);
    }
    let content = LessonPage {
        lesson,
        title: found.title,
        course: courses::title(db, found.course_id).await?,
        note,
        notes,
        question,
        asked,
    };
    guest.page_with_script(status, content)
}
