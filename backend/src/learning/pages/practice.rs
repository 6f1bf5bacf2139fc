//! `/study/courses/{course}/practice`: 实操怎么考, before anybody is examined.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use shared::{
    courses::CourseId,
    practice::{Checklist, ChecklistItem, ChecklistItemId},
    problem::Code,
    standards::ClauseChip,
};

use super::{Guest, id, respond};
use crate::{App, Result, courses, standards};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route("/study/courses/{course}/practice", web::get().to(read));
}

#[derive(Template)]
#[template(path = "study_practice.html")]
struct PracticePage {
    course: CourseId,
    title: String,
    minutes: u32,
    marks: u32,
    /// Whether failing one item fails the whole.
    any_fatal: bool,
    items: Vec<Item>,
}

struct Item {
    text: String,
    measure: Option<String>,
    weight: u32,
    fatal: bool,
    photo: bool,
    chips: Vec<ClauseChip>,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest, id(&http, "course")?).await).await
}

async fn show(app: &App, guest: &Guest, course: CourseId) -> Result<HttpResponse> {
    let db = app.db.read();
    let practice = courses::learned_practice(db, &guest.caller, course).await?;
    let Checklist { minutes, items } = practice.checklist;
    if items.is_empty() {
        return Err(Code::NotFound.into());
    }
    let mut card = courses::cards_of(db, &guest.caller, &[course]).await?;
    let mut chips = standards::item_chips(db, course).await?;
    let content = PracticePage {
        course,
        title: card.pop().ok_or(Code::NotFound)?.title,
        minutes,
        marks: items.iter().map(|it| it.weight).sum(),
        any_fatal: items.iter().any(|it| it.fatal),
        items: items.into_iter().map(|it| shown(it, &mut chips)).collect(),
    };
    guest.page(StatusCode::OK, content)
}

fn shown(item: ChecklistItem, chips: &mut HashMap<ChecklistItemId, Vec<ClauseChip>>) -> Item {
    Item {
        chips: chips.remove(&item.id).unwrap_or_default(),
        measure: item.measure.map(|it| it.sentence()),
        text: item.text,
        weight: item.weight,
        fatal: item.fatal,
        photo: item.photo,
    }
}
