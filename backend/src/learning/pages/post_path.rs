//! `/study/paths`: officers of the whole bureau lay the learning path of each post.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use sea_orm::QuerySelect;
use shared::{
    accounts::Role,
    courses::CourseId,
    organizations::PostId,
    problem::{Code, Problem},
};

use super::{Guest, filled, id, respond, status, then_to, write};
use crate::{
    App, Result,
    audit::{self, Event},
    courses::{self, entity::course},
    learning::paths,
    organizations,
};

const ALL: &str = "/study/paths";
const ONE: &str = "/study/paths/{post}";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    // A field for each course.
    let roomy = web::FormConfig::default().limit(512 * 1024);
    config.route(ALL, web::get().to(list)).service(
        web::resource(ONE).app_data(roomy).route(web::get().to(read)).route(web::post().to(lay)),
    );
}

#[derive(Template)]
#[template(path = "study_paths.html")]
struct PathsPage {
    posts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "study_post_path.html")]
struct PostPathPage {
    post: String,
    courses: Vec<Place>,
    wrong: Option<String>,
}

struct Place {
    course: CourseId,
    title: String,
    /// From 1; empty where the course is not on the path.
    number: String,
    /// Why what was typed here cannot be read.
    wrong: Option<String>,
}

/// What was typed beside each course.
type Form = HashMap<String, String>;

async fn list(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| {
        may_lay(guest)?;
        let posts = organizations::post_names(app.db.read()).await?;
        let link = |(id, name): (PostId, String)| (name, format!("{ALL}/{id}"));
        let mut posts: Vec<_> = posts.into_iter().map(link).collect();
        posts.sort();
        guest.page(StatusCode::OK, PathsPage { posts })
    })
    .await
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| {
        may_lay(guest)?;
        show(&app, guest, id(&http, "post")?, None).await
    })
    .await
}

async fn lay(
    http: HttpRequest,
    app: web::Data<App>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    let typed = filled(form);
    respond(&http, &app, async |guest| {
        may_lay(guest)?;
        let post: PostId = id(&http, "post")?;
        organizations::post(app.db.read(), Some(post)).await?.ok_or(Code::NotFound)?;
        let done = put(&app, guest, post, &typed).await;
        then_to(done, &format!("{ALL}/{post}"), async |problem| {
            show(&app, guest, post, Some((problem, &typed))).await
        })
        .await
    })
    .await
}

async fn put(app: &App, guest: &Guest, post: PostId, typed: &Form) -> Result<()> {
    let (ordered, actor) = (seen(app, guest, ordered(typed)?).await?, guest.actor);
    let count = ordered.len();
    write!(app, |tx, now| async move {
        paths::lay(tx, post, ordered).await?;
        let act = actor.did(Event::PostPathLaid, post).with("courses", count);
        audit::record(tx, &act, now).await
    })
}

/// Posts are everybody's, so only whoever reaches everybody lays their paths.
fn may_lay(guest: &Guest) -> Result<()> {
    let everything = guest.caller.reach(Role::TrainingOfficer).is_everything();
    if everything { Ok(()) } else { Err(Code::NotAllowed.into()) }
}

/// The courses beside which stands a number, in the order of the numbers.
///
/// # Errors
/// `invalid_request` naming every course beside which stands something else: it must not leave the
/// path unnoticed.
fn ordered(typed: &Form) -> Result<Vec<CourseId>> {
    let (mut places, mut problem) = (Vec::new(), Problem::from(Code::InvalidRequest));
    for (course, number) in typed {
        let Ok(course) = course.parse::<CourseId>() else { continue };
        let number: String = number.trim().chars().map(narrow).collect();
        match number.parse::<u32>() {
            Ok(number) => places.push((number, course)),
            Err(_) if number.is_empty() => {}
            Err(_) => {
                problem =
                    problem.field(course.to_string(), "请填 1、2、3 这样的数字；不排进去就空着");
            }
        }
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    places.sort_unstable();
    Ok(places.into_iter().map(|(_, course)| course).collect())
}

/// Chinese keyboards type `１` as easily as `1`.
fn narrow(typed: char) -> char {
    match typed {
        '０'..='９' => char::from_digit(u32::from(typed) - u32::from('０'), 10).unwrap_or(typed),
        _ => typed,
    }
}

/// Those of the courses that learners see.
async fn seen(app: &App, guest: &Guest, ordered: Vec<CourseId>) -> Result<Vec<CourseId>> {
    let published = published(app, guest).await?;
    Ok(ordered.into_iter().filter(|it| published.iter().any(|(id, _)| id == it)).collect())
}

async fn published(app: &App, guest: &Guest) -> Result<Vec<(CourseId, String)>> {
    let find = courses::visible_to(&guest.caller)
        .select_only()
        .columns([course::Column::Id, course::Column::Title]);
    Ok(find.into_tuple().all(app.db.read()).await?)
}

async fn show(
    app: &App,
    guest: &Guest,
    post: PostId,
    refused: Option<(&Problem, &Form)>,
) -> Result<HttpResponse> {
    let db = app.db.read();
    let name = organizations::post(db, Some(post)).await?.ok_or(Code::NotFound)?.name;
    let path = paths::of(db, post).await?;
    let place = |(course, title): (CourseId, String)| {
        let at = path.iter().position(|it| *it == course);
        let (wrong, number) = match refused {
            Some((problem, typed)) => again(course, problem, typed),
            None => (None, at.map(|it| (it + 1).to_string()).unwrap_or_default()),
        };
        (at.unwrap_or(usize::MAX), Place { course, title, number, wrong })
    };
    let mut places: Vec<_> = published(app, guest).await?.into_iter().map(place).collect();
    places.sort_by(|(a, one), (b, other)| (a, &one.title).cmp(&(b, &other.title)));
    let courses: Vec<Place> = places.into_iter().map(|(_, place)| place).collect();
    let problem = refused.map(|it| it.0);
    // What is said beside a course is not said twice.
    let beside = courses.iter().any(|it| it.wrong.is_some());
    let wrong = problem.map(|it| if beside { it.title.clone() } else { it.sentence() });
    guest.page(status(problem), PostPathPage { post: name, courses, wrong })
}

/// What was typed beside a course, and what is wrong with it.
fn again(course: CourseId, problem: &Problem, typed: &Form) -> (Option<String>, String) {
    let course = course.to_string();
    let wrong = problem.fields.iter().find(|it| it.field == course);
    (wrong.map(|it| it.message.clone()), typed.get(&course).cloned().unwrap_or_default())
}
