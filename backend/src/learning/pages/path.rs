//! `/study/path`: 我的岗位, the courses of the own post one after the other.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{Guest, respond};
use crate::{App, Result, learning::paths, organizations};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route("/study/path", web::get().to(read));
}

#[derive(Template)]
#[template(path = "study_path.html")]
struct PathPage {
    /// Nothing for who has none.
    post: Option<String>,
    steps: Vec<Step>,
    done: usize,
}

struct Step {
    title: String,
    link: String,
    state: String,
    done: bool,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest).await).await
}

async fn show(app: &App, guest: &Guest) -> Result<HttpResponse> {
    let db = app.db.read();
    let post = organizations::post(db, guest.caller.post).await?.map(|it| it.name);
    let cards = paths::own(db, &guest.caller).await?;
    let step = |card: shared::courses::CourseCard| {
        let (done, progress) = (card.progress.complete(), card.progress);
        Step {
            title: card.title,
            link: format!("/courses/{}", card.id),
            state: match (done, progress.finished, progress.lessons) {
                (true, ..) => "学完了".into(),
                (_, 0, lessons) => format!("{lessons} 课，还没学"),
                (_, finished, lessons) => format!("已学 {finished}/{lessons} 课"),
            },
            done,
        }
    };
    let steps: Vec<Step> = cards.into_iter().map(step).collect();
    let done = steps.iter().filter(|it| it.done).count();
    guest.page(StatusCode::OK, PathPage { post, steps, done })
}
