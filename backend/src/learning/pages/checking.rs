//! `/study/lessons/{lesson}/check`: 随堂自测. What is right leaves the server with the answer only.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use shared::{
    courses::{CheckId, LessonId},
    problem::{Code, Problem},
    quizzes::QuestionKind,
};

use super::{Guest, filled, id, respond, status, then_to, write};
use crate::{
    App, Result,
    courses::{
        self,
        checks::{self, entity::check_question},
    },
    learning::{checks as answering, entity::check_answer, progress},
    quizzes::key::AnswerKey,
};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/study/lessons/{lesson}/check", web::get().to(read))
        .route("/study/lessons/{lesson}/check", web::post().to(answer));
}

/// A question and an option, as often as something was chosen.
type Form = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "study_check.html")]
struct CheckPage {
    lesson: LessonId,
    title: String,
    questions: Vec<Question>,
    open: usize,
    finished: bool,
    wrong: Option<String>,
}

struct Question {
    id: CheckId,
    number: usize,
    kind: &'static str,
    several: bool,
    stem: String,
    options: Vec<Choice>,
    /// Once it was answered.
    verdict: Option<Verdict>,
}

struct Choice {
    text: String,
    chosen: bool,
    /// Known to whoever answered.
    right: bool,
}

struct Verdict {
    correct: bool,
    explanation: String,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |guest| {
        show(&app, guest, id(&http, "lesson")?, (None, &answering::Chosen::new())).await
    })
    .await
}

async fn answer(
    http: HttpRequest,
    app: web::Data<App>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    let chosen = chosen(filled(form));
    respond(&http, &app, async |guest| {
        let lesson = id(&http, "lesson")?;
        let found = courses::visible_lesson(app.db.read(), &guest.caller, lesson).await?;
        let (person, sent) = (guest.caller.person, chosen.clone());
        let done = write!(app, |tx, now| answering::answer(tx, person, found, sent, now));
        then_to(done, &format!("/study/lessons/{lesson}/check"), async |problem| {
            show(&app, guest, lesson, (Some(problem), &chosen)).await
        })
        .await
    })
    .await
}

fn chosen(form: Form) -> answering::Chosen {
    let mut chosen = answering::Chosen::new();
    for (question, option) in form {
        if let (Ok(question), Ok(option)) = (question.parse(), option.parse()) {
            let options: &mut Vec<u8> = chosen.entry(question).or_default();
            if !options.contains(&option) {
                options.push(option);
            }
        }
    }
    chosen
}

async fn show(
    app: &App,
    guest: &Guest,
    id: LessonId,
    (wrong, chosen): (Option<&Problem>, &answering::Chosen),
) -> Result<HttpResponse> {
    let (db, person) = (app.db.read(), guest.caller.person);
    let lesson = courses::visible_lesson(db, &guest.caller, id).await?;
    if lesson.checks.0.is_empty() {
        return Err(Code::NotFound.into());
    }
    let mut answers = answering::answers(db, person, &lesson.checks).await?;
    let keys = checks::keys(db, &lesson.checks).await?;
    let asked = checks::asked(db, &lesson.checks).await?;
    let questions = (1..).zip(asked).map(|(number, question)| {
        // A key stays here until its question is answered.
        let answered = answers.remove(&question.id).zip(keys.get(&question.id));
        let chosen = chosen.get(&question.id).map(Vec::as_slice).unwrap_or_default();
        shown(number, question, answered.as_ref(), chosen)
    });
    let questions: Vec<Question> = questions.collect();
    let studied = progress::studied_by(db, person, lesson.course_id).await?;
    let content = CheckPage {
        lesson: id,
        title: lesson.title,
        open: questions.iter().filter(|it| it.verdict.is_none()).count(),
        questions,
        finished: studied.get(&id).is_some_and(|it| it.progress.finished_at.is_some()),
        wrong: wrong.map(Problem::sentence),
    };
    guest.page_with_script(status(wrong), content)
}

fn shown(
    number: usize,
    question: check_question::Model,
    answered: Option<&(check_answer::Model, &AnswerKey)>,
    unsent: &[u8],
) -> Question {
    let chosen = |place| match answered {
        Some((answer, _)) => answer.chosen.0.contains(&place),
        None => unsent.contains(&place),
    };
    let choice = |(place, text)| Choice {
        text,
        chosen: chosen(place),
        right: answered.is_some_and(|(_, key)| key.has(place)),
    };
    Question {
        id: question.id,
        number,
        kind: question.kind.label(),
        several: question.kind == QuestionKind::Multiple,
        stem: question.stem,
        options: (0..).zip(question.options.0).map(choice).collect(),
        verdict: answered.map(|(answer, key)| Verdict {
            correct: answer.correct,
            explanation: key.explanation().to_owned(),
        }),
    }
}
