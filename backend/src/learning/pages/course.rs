//! `/study/courses/{course}`: keeping a course at hand, and what those who finished it think of it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use shared::{
    courses::CourseId,
    problem::{Code, Problem},
};

use super::{Guest, filled, id, respond, status, then_to, write};
use crate::{
    App, Result, courses,
    http::redirect,
    learning::{enquiries, favourites, ratings},
};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/study/courses/{course}", web::get().to(read))
        .route("/study/courses/{course}/favourite", web::post().to(keep))
        .route("/study/courses/{course}/rating", web::post().to(rate));
}

#[derive(Default, Deserialize)]
struct Keeping {
    #[serde(default)]
    kept: String,
}

#[derive(Default, Deserialize)]
struct Rating {
    #[serde(default)]
    stars: i32,
    #[serde(default)]
    comment: String,
}

#[derive(Template)]
#[template(path = "study_course.html")]
struct CoursePage {
    course: CourseId,
    title: String,
    kept: bool,
    /// Whether what is examined in practice is written.
    practice: bool,
    finished: bool,
    stars: i32,
    comment: String,
    /// What all thought of it, in words.
    rated: Option<String>,
    comments: Vec<String>,
    wrong: Option<String>,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest, id(&http, "course")?, None).await).await
}

async fn keep(
    http: HttpRequest,
    app: web::Data<App>,
    form: Result<web::Form<Keeping>, actix_web::Error>,
) -> HttpResponse {
    let kept = filled(form).kept == "yes";
    respond(&http, &app, async |guest| {
        let course: CourseId = id(&http, "course")?;
        let person = guest.caller.person;
        visible(&app, guest, course).await?;
        write!(app, |tx, now| async move {
            if kept {
                favourites::keep(tx, person, course, now).await
            } else {
                favourites::drop(tx, person, course).await
            }
        })?;
        Ok(redirect(&format!("/study/courses/{course}"), Vec::new()))
    })
    .await
}

async fn rate(
    http: HttpRequest,
    app: web::Data<App>,
    form: Result<web::Form<Rating>, actix_web::Error>,
) -> HttpResponse {
    let Rating { stars, comment } = filled(form);
    respond(&http, &app, async |guest| {
        let course: CourseId = id(&http, "course")?;
        let person = guest.caller.person;
        visible(&app, guest, course).await?;
        let said = (stars, comment.clone());
        let done = write!(app, |tx, now| ratings::rate(tx, person, course, said, now));
        then_to(done, &format!("/study/courses/{course}"), async |problem| {
            show(&app, guest, course, Some((problem, stars, comment))).await
        })
        .await
    })
    .await
}

async fn visible(
    app: &App,
    guest: &Guest,
    course: CourseId,
) -> Result<shared::courses::CourseCard> {
    let mut found = courses::cards_of(app.db.read(), &guest.caller, &[course]).await?;
    found.pop().ok_or_else(|| Code::NotFound.into())
}

async fn show(
    app: &App,
    guest: &Guest,
    course: CourseId,
    refused: Option<(&Problem, i32, String)>,
) -> Result<HttpResponse> {
    let (db, person) = (app.db.read(), guest.caller.person);
    let card = visible(app, guest, course).await?;
    let problem = refused.as_ref().map(|it| it.0);
    let (stars, comment) = match refused {
        Some((_, stars, comment)) => (stars, comment),
        None => ratings::own(db, person, course)
            .await?
            .map_or_else(Default::default, |it| (it.stars, it.comment)),
    };
    let summary = ratings::summary(db, course).await?;
    let reach = enquiries::reach(&guest.caller);
    let teaches = courses::owned(db, &reach).await?.iter().any(|it| it.id == course);
    let rated = (summary.people > 0).then(|| {
        format!("{} 人评价，平均 {}.{} 星", summary.people, summary.mean / 10, summary.mean % 10)
    });
    let practised = courses::learned_practice(db, &guest.caller, course).await?;
    let content = CoursePage {
        course,
        practice: !practised.checklist.items.is_empty(),
        kept: favourites::of(db, person).await?.contains(&course),
        finished: card.progress.complete(),
        title: card.title,
        stars,
        comment,
        rated,
        comments: if teaches { summary.comments } else { Vec::new() },
        wrong: problem.map(Problem::sentence),
    };
    guest.page_with_script(status(problem), content)
}
