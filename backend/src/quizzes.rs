//! Quizzes: drawn at the start, answered against the server's clock, graded as they are handed in.
//!
//! - [`starting`] draws a paper ([`drawing`]) and stores it; [`sheet`] shows it, with options that
//!   go by names of this attempt only ([`handle`]).
//! - [`answers`], [`take_over`] and [`submission`] are the writes. All go through one condition,
//!   [`attempt::writable`]; [`overdue`] ends what nobody handed in.
//! - [`closing`] freezes and grades, by [`grading`], which is pure. [`key`] alone holds what is
//!   right; [`release`] says when people may see it.
//! - [`drafting`] and [`revision`] are the officer's side, [`importing`] brings questions in many at
//!   once; [`standing`] and [`records`] what other domains ask.

pub mod importing;
pub mod key;

mod answers;
mod attempt;
mod cited;
mod closing;
mod draft_rules;
mod drafting;
mod drawing;
mod entity;
mod freezing;
mod grading;
mod handle;
mod outcome;
mod overdue;
mod overview;
mod own_data;
mod quiz;
mod records;
mod redrafting;
mod release;
mod revision;
mod sheet;
mod standing;
mod starting;
mod submission;
mod take_over;
mod versions;
mod writing;

use actix_web::web;
use shared::{accounts::Role, api::*, authoring::*, problem::Code, quizzes::*};

use crate::{
    Result,
    audit::{self, Event},
    courses,
    http::{Api, Ctx, refuse},
};

pub use cited::{
    QuestionHead, asked_in, question_head, questions_except, removed_questions, stems, stems_in,
};
pub use draft_rules::check_lesson;
pub use drafting::{create, written, written_questions};
pub use entity::{OptionIndexes, OptionTexts};
pub use freezing::{
    counts as asked_counts, draft_document, freeze, frozen_document, questions_as_written,
};
pub use overdue::submit_overdue;
pub use own_data::own_data;
pub use records::{best_drawn_from, records, running_attempt};
pub use redrafting::bring_back;
pub use standing::{best_scores, best_scores_among, card, passed_by, passed_of, question_count};

pub fn routes(api: &mut Api) {
    api.on(show_quiz).on(start_attempt).on(show_attempt).on(take_over_attempt);
    api.on(save_answers).on(submit_attempt).on(show_result);
    api.on(show_quiz_draft).on(save_quiz_draft).on(remove_quiz);
    api.on(preview_questions).on(add_questions);
}

/// `POST /api/console/courses/{course}/quiz/imports` with the file in the one part `file`, answered with a
/// `QuestionPreview`; the template as a workbook. For officers.
pub fn plain(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/api/console/courses/{course}/quiz/imports")
                .route(web::post().to(importing::upload))
                .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed))),
        )
        .route("/api/console/question-template.xlsx", web::get().to(importing::template));
}

async fn show_quiz(ctx: Ctx<SignedIn>, request: ShowQuiz) -> Result<Quiz> {
    overview::show(&ctx.app, request.quiz, ctx.caller.person).await
}

async fn start_attempt(ctx: Ctx<SignedIn>, request: StartAttempt) -> Result<Attempt> {
    starting::start(&ctx.app, ctx.actor(), request.quiz, ctx.caller.person, request.device).await
}

async fn show_attempt(ctx: Ctx<SignedIn>, request: ShowAttempt) -> Result<Attempt> {
    let (db, person) = (ctx.app.db.read(), ctx.caller.person);
    let now = ctx.app.clock.now(db).await?;
    let mut found = attempt::own(db, request.attempt, person).await?;
    if overdue::settle(&ctx.app, std::slice::from_ref(&found), now).await? {
        found = attempt::own(db, request.attempt, person).await?;
    }
    sheet::find(db, found, now).await
}

async fn take_over_attempt(ctx: Ctx<SignedIn>, request: TakeOverAttempt) -> Result<Attempt> {
    let (actor, clock, person) = (ctx.actor(), ctx.app.clock, ctx.caller.person);
    let take_over = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let attempt = take_over::take_over(tx, &request, person, now).await?;
            audit::record(tx, &actor.did(Event::AttemptTakenOver, attempt.id), now).await?;
            Ok((attempt, now))
        })
    });
    let (attempt, now) = take_over.await?;
    sheet::find(ctx.app.db.read(), attempt, now).await
}

async fn save_answers(ctx: Ctx<SignedIn>, request: SaveAnswers) -> Result<SavedAnswers> {
    let (clock, person) = (ctx.app.clock, ctx.caller.person);
    let save = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            answers::save(tx, &request, person, now).await
        })
    });
    save.await
}

async fn submit_attempt(ctx: Ctx<SignedIn>, request: SubmitAttempt) -> Result<SubmittedAttempt> {
    let (actor, clock) = (ctx.actor(), ctx.app.clock);
    let submit = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            submission::submit(tx, &request, (actor, ctx.caller.person), now).await
        })
    });
    submit.await
}

async fn show_result(ctx: Ctx<SignedIn>, request: ShowResult) -> Result<QuizResult> {
    outcome::show(&ctx.app, request.attempt, ctx.caller.person).await
}

async fn show_quiz_draft(ctx: Ctx<Officer>, request: ShowQuizDraft) -> Result<QuizDraft> {
    let db = ctx.app.db.read();
    // Asked for its refusal: the keys of a course out of reach are not to be seen.
    courses::find_managed(db, &ctx.caller.reach(Role::TrainingOfficer), request.course).await?;
    drafting::show(db, request.course).await
}

async fn save_quiz_draft(ctx: Ctx<Officer>, request: SaveQuizDraft) -> Result<QuizDraft> {
    let (actor, clock, course) = (ctx.actor(), ctx.app.clock.clone(), request.course);
    let (reach, by) = (ctx.caller.reach(Role::TrainingOfficer), ctx.caller.person);
    courses::find_managed(ctx.app.db.read(), &reach, course).await?;
    let SaveQuizDraft { version, settings, questions, .. } = request;
    let draft = QuizDraft { course, version, settings, questions };
    let save = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            // Nobody freezes it while it is written.
            courses::lock(tx, course).await?;
            let now = clock.now(tx).await?;
            let questions = draft.questions.len();
            let quiz = drafting::save(tx, draft, now).await?;
            courses::wrote(tx, course, by, now).await?;
            let act = actor.did(Event::QuizSaved, quiz).with("course", course);
            audit::record(tx, &act.with("questions", questions), now).await
        })
    });
    save.await?;
    drafting::show(ctx.app.db.read(), course).await
}

async fn preview_questions(
    ctx: Ctx<Officer>,
    request: PreviewQuestions,
) -> Result<QuestionPreview> {
    let reach = ctx.caller.reach(Role::TrainingOfficer);
    courses::find_managed(ctx.app.db.read(), &reach, request.course).await?;
    importing::preview(&ctx.app, request.course, request.text.as_bytes()).await
}

async fn add_questions(ctx: Ctx<Officer>, request: AddQuestions) -> Result<QuizDraft> {
    let (actor, clock) = (ctx.actor(), ctx.app.clock.clone());
    let AddQuestions { course, questions } = request;
    let (reach, by) = (ctx.caller.reach(Role::TrainingOfficer), ctx.caller.person);
    courses::find_managed(ctx.app.db.read(), &reach, course).await?;
    let add = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            courses::lock(tx, course).await?;
            let now = clock.now(tx).await?;
            let added = importing::add(tx, course, questions, now).await?;
            let Some(added) = added else { return Ok(()) };
            courses::wrote(tx, course, by, now).await?;
            let act = actor.did(Event::QuestionsImported, added.quiz).with("course", course);
            audit::record(tx, &act.with("questions", added.questions), now).await
        })
    });
    add.await?;
    drafting::show(ctx.app.db.read(), course).await
}

async fn remove_quiz(ctx: Ctx<Officer>, request: RemoveQuiz) -> Result<QuizDraft> {
    let (actor, clock, course) = (ctx.actor(), ctx.app.clock.clone(), request.course);
    let (reach, by) = (ctx.caller.reach(Role::TrainingOfficer), ctx.caller.person);
    courses::find_managed(ctx.app.db.read(), &reach, course).await?;
    let remove = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            courses::lock(tx, course).await?;
            let now = clock.now(tx).await?;
            drafting::remove(tx, course, now).await?;
            courses::wrote(tx, course, by, now).await?;
            audit::record(tx, &actor.did(Event::QuizRemoved, course), now).await
        })
    });
    remove.await?;
    drafting::show(ctx.app.db.read(), course).await
}
