//! `/study/questions`: instructors and officers answer what learners ask.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use shared::{
    problem::{Code, Problem},
    time,
};
use uuid::Uuid;

use super::{Guest, filled, id, respond, status, then_to, write, written::Written};
use crate::{
    App, Result,
    accounts::people,
    courses,
    learning::{enquiries, entity::enquiry},
};

const HERE: &str = "/study/questions";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route(HERE, web::get().to(read))
        .route("/study/questions/{question}", web::post().to(answer));
}

#[derive(Template)]
#[template(path = "study_questions.html")]
struct QuestionsPage {
    open: Vec<Question>,
    answered: Vec<Question>,
    wrong: Option<String>,
    /// An answer that came too late.
    unsent: Option<String>,
}

struct Question {
    id: Uuid,
    who: String,
    about: String,
    link: String,
    text: String,
    at: String,
    /// What was answered, or could not be taken as an answer.
    answer: String,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| show(&app, guest, None).await).await
}

async fn answer(
    http: HttpRequest,
    app: web::Data<App>,
    form: Result<web::Form<Written>, actix_web::Error>,
) -> HttpResponse {
    let text = filled(form).text;
    respond(&http, &app, async |guest| {
        may_answer(guest)?;
        let question: Uuid = id(&http, "question")?;
        let (actor, by, reach) =
            (guest.actor, guest.caller.person, enquiries::reach(&guest.caller));
        let written = text.clone();
        let done = write!(app, |tx, now| async move {
            enquiries::answer(tx, (actor, by, &reach), question, written, now).await
        });
        then_to(done, HERE, async |problem| {
            show(&app, guest, Some((problem, question, text))).await
        })
        .await
    })
    .await
}

fn may_answer(guest: &Guest) -> Result<()> {
    if guest.caller.reaches.is_empty() { Err(Code::NotAllowed.into()) } else { Ok(()) }
}

async fn show(
    app: &App,
    guest: &Guest,
    wrong: Option<(&Problem, Uuid, String)>,
) -> Result<HttpResponse> {
    may_answer(guest)?;
    let (open, answered) =
        enquiries::to_answer(app.db.read(), &enquiries::reach(&guest.caller)).await?;
    let mut open = questions(app, open).await?;
    let problem = wrong.as_ref().map(|(problem, ..)| *problem);
    let mut unsent = None;
    if let Some((_, id, text)) = wrong {
        match open.iter_mut().find(|it| it.id == id) {
            Some(refused) => refused.answer = text,
            None => unsent = Some(text),
        }
    }
    let answered = questions(app, answered).await?;
    let content = QuestionsPage { open, answered, wrong: problem.map(Problem::sentence), unsent };
    guest.page_with_script(status(problem), content)
}

async fn questions(app: &App, found: Vec<enquiry::Model>) -> Result<Vec<Question>> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let people = people::cards_of(db, found.iter().map(|it| it.person_id).collect()).await?;
    let lessons: Vec<_> = found.iter().map(|it| it.lesson_id).collect();
    let lessons = courses::lesson_titles(db, &lessons).await?;
    let of: Vec<_> = found.iter().map(|it| it.course_id).collect();
    let titles = courses::titles(db, &of).await?;
    let question = |it: enquiry::Model| {
        let who = people.iter().find(|person| person.id == it.person_id);
        let course = titles.get(&it.course_id).map_or("", String::as_str);
        let lesson = lessons.get(&it.lesson_id).map_or("", String::as_str);
        Question {
            id: it.id,
            who: who.map(|who| format!("{}（{}）", who.name, who.organization)).unwrap_or_default(),
            about: format!("{course} · {lesson}"),
            link: format!("/lessons/{}", it.lesson_id),
            text: it.text,
            at: time::moment(it.asked_at, now),
            answer: it.answer.unwrap_or_default(),
        }
    };
    Ok(found.into_iter().map(question).collect())
}
