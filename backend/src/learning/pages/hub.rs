//! `/study`: 我的学习, everything that is the learner's own.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use shared::time;
use uuid::Uuid;

use super::{Guest, id, respond, write};
use crate::{
    App, Result, courses,
    db::Connection,
    http::redirect,
    learning::{enquiries, favourites, history, notes},
};

const HERE: &str = "/study";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route(HERE, web::get().to(read))
        .route("/study/notes/{note}/removal", web::post().to(remove_note));
}

#[derive(Template)]
#[template(path = "study.html")]
struct StudyPage {
    favourites: Vec<(String, String)>,
    notes: Vec<Note>,
    asked: Vec<Asked>,
    studied: Vec<Studied>,
    /// How many questions wait for the guest; absent where they answer nobody.
    waiting: Option<u64>,
}

pub(super) struct Note {
    pub id: Uuid,
    pub lesson: String,
    pub link: String,
    pub text: String,
    pub at: String,
    pub form: Option<Uuid>,
}

pub(super) struct Asked {
    pub lesson: String,
    pub link: String,
    pub text: String,
    pub answer: Option<String>,
    pub form: Option<Uuid>,
}

struct Studied {
    title: String,
    link: String,
    state: String,
    at: String,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest).await).await
}

async fn remove_note(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| {
        let (note, person) = (id(&http, "note")?, guest.caller.person);
        write!(app, |tx, _now| notes::remove(tx, person, note))?;
        Ok(redirect(HERE, Vec::new()))
    })
    .await
}

async fn show(app: &App, guest: &Guest) -> Result<HttpResponse> {
    let (db, person) = (app.db.read(), guest.caller.person);
    let kept = favourites::of(db, person).await?;
    let kept = courses::cards_of(db, &guest.caller, &kept).await?;
    let content = StudyPage {
        favourites: kept.into_iter().map(|it| (it.title, format!("/courses/{}", it.id))).collect(),
        notes: own_notes(app, guest).await?,
        asked: own_questions(db, guest).await?,
        studied: studied(app, guest).await?,
        waiting: waiting(db, guest).await?,
    };
    guest.page(StatusCode::OK, content)
}

async fn waiting(db: &Connection, guest: &Guest) -> Result<Option<u64>> {
    if guest.caller.reaches.is_empty() {
        return Ok(None);
    }
    enquiries::open(db, &enquiries::reach(&guest.caller)).await.map(Some)
}

pub(super) async fn own_notes(app: &App, guest: &Guest) -> Result<Vec<Note>> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let found = notes::of(db, guest.caller.person).await?;
    let lessons: Vec<_> = found.iter().map(|it| it.lesson_id).collect();
    let titles = courses::lesson_titles(db, &lessons).await?;
    let note = |it: crate::learning::entity::lesson_note::Model| Note {
        id: it.id,
        lesson: titles.get(&it.lesson_id).cloned().unwrap_or_else(|| "已撤下的课时".into()),
        link: format!("/lessons/{}", it.lesson_id),
        text: it.text,
        at: time::moment(it.written_at, now),
        form: it.form,
    };
    Ok(found.into_iter().map(note).collect())
}

pub(super) async fn own_questions(db: &Connection, guest: &Guest) -> Result<Vec<Asked>> {
    let found = enquiries::of(db, guest.caller.person).await?;
    let lessons: Vec<_> = found.iter().map(|it| it.lesson_id).collect();
    let titles = courses::lesson_titles(db, &lessons).await?;
    let asked = |it: crate::learning::entity::enquiry::Model| Asked {
        lesson: titles.get(&it.lesson_id).cloned().unwrap_or_else(|| "已撤下的课时".into()),
        link: format!("/lessons/{}", it.lesson_id),
        text: it.text,
        answer: it.answer,
        form: it.form,
    };
    Ok(found.into_iter().map(asked).collect())
}

async fn studied(app: &App, guest: &Guest) -> Result<Vec<Studied>> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let found = history::of(db, guest.caller.person).await?;
    let lessons: Vec<_> = found.iter().map(|it| it.lesson_id).collect();
    let titles = courses::lesson_titles(db, &lessons).await?;
    let rows = found.into_iter().map(|it| Studied {
        title: titles.get(&it.lesson_id).cloned().unwrap_or_default(),
        link: format!("/lessons/{}", it.lesson_id),
        state: match it.finished_at {
            Some(_) => "学完了".into(),
            None => format!("学到 {}%", it.percent),
        },
        at: time::moment(it.updated_at, now),
    });
    Ok(rows.collect())
}
