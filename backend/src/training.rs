//! 实训场次: planning, enrolment, check-in.

mod attendance;
mod candidates;
mod cards;
mod check_in;
mod code;
mod code_screen;
mod console;
mod details;
mod enrollment;
pub mod entity;
mod erasing;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod list;
mod managed;
mod own_data;
mod pages;
mod planning;
mod presented;
mod records;
mod site;
mod ticket;
mod timing;
mod typed_code;
mod upcoming;
mod usage;
mod visible;

use chrono::{DateTime, Utc};
use shared::{accounts::Role, api::*, page::Page, training::*};

pub use enrollment::enroll;
pub use erasing::erase;
pub use own_data::own_data;
pub use pages::plain;
pub use planning::create;
pub use records::{attendance_of_course, attended_by};
pub use ticket::forget_old_tickets;
pub use timing::OPENS_BEFORE;
pub use upcoming::{StartingSoon, next_for, starting_soon};
pub use usage::{
    at_base as sessions_at_base, by_base as sessions_by_base,
    of_organization as sessions_of_organization,
};

use crate::{
    Result,
    audit::{self, Event},
    http::{Api, Authorize, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(list_sessions)
        .on(show_session)
        .on(enroll_caller)
        .on(cancel_enrollment)
        .on(show_check_in_code)
        .on(show_attendance)
        .on(show_site)
        .on(check_in_by_hand)
        .on(find_candidates)
        .on(begin_check_in)
        .on(complete_check_in);
    console::routes(api);
}

async fn list_sessions(
    ctx: Ctx<SignedIn>,
    request: ListTrainingSessions,
) -> Result<Page<TrainingSessionCard>> {
    let filter = request.filter.unwrap_or(SessionFilter::Upcoming);
    let now = now(&ctx).await?;
    list::list(ctx.app.db.read(), &ctx.caller, filter, request.cursor.as_deref(), now).await
}

async fn show_session(ctx: Ctx<SignedIn>, request: ShowTrainingSession) -> Result<TrainingSession> {
    let (db, now) = (ctx.app.db.read(), now(&ctx).await?);
    let session = visible::find(db, &ctx.caller, request.session, now).await?;
    cards::whole(db, session, &ctx.caller, now).await
}

async fn enroll_caller(ctx: Ctx<SignedIn>, request: Enroll) -> Result<TrainingSessionCard> {
    let (clock, id, person) = (ctx.app.clock.clone(), request.session, ctx.caller.person);
    let act = ctx.actor().did(Event::Enrolled, id);
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                enroll(tx, id, person, now).await?;
                audit::record(tx, &act, now).await
            })
        })
        .await?;
    own_card(&ctx, id).await
}

async fn cancel_enrollment(
    ctx: Ctx<SignedIn>,
    request: CancelEnrollment,
) -> Result<TrainingSessionCard> {
    let (clock, id, person) = (ctx.app.clock.clone(), request.session, ctx.caller.person);
    let act = ctx.actor().did(Event::EnrollmentCancelled, id);
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                enrollment::cancel(tx, id, person, now).await?;
                audit::record(tx, &act, now).await
            })
        })
        .await?;
    own_card(&ctx, id).await
}

async fn own_card(ctx: &Ctx<SignedIn>, id: TrainingSessionId) -> Result<TrainingSessionCard> {
    let (db, now) = (ctx.app.db.read(), now(ctx).await?);
    cards::card(db, visible::by_id(db, id).await?, ctx.caller.person, now).await
}

async fn show_check_in_code(ctx: Ctx<Instructor>, request: ShowCheckInCode) -> Result<CheckInCode> {
    let (db, now) = (ctx.app.db.read(), now(&ctx).await?);
    let session = visible::find_taught(db, &ctx.caller, request.session).await?;
    code_screen::show(db, &ctx.app.keys, &ctx.app.config.public_base, session, now).await
}

async fn show_attendance(ctx: Ctx<Attending>, request: ShowAttendance) -> Result<Attendance> {
    let (db, now) = (ctx.app.db.read(), now(&ctx).await?);
    let session = visible::find_attended(db, &ctx.caller, request.session).await?;
    attendance::show(db, session, now).await
}

async fn show_site(ctx: Ctx<Attending>, request: ShowSessionSite) -> Result<SessionSite> {
    let (db, now) = (ctx.app.db.read(), now(&ctx).await?);
    let session = visible::find_attended(db, &ctx.caller, request.session).await?;
    site::show(db, session, now).await
}

async fn check_in_by_hand(ctx: Ctx<Instructor>, request: CheckInByHand) -> Result<Attendance> {
    let (clock, by) = (ctx.app.clock.clone(), ctx.caller.person);
    let session = visible::find_taught(ctx.app.db.read(), &ctx.caller, request.session).await?;
    let reach = ctx.caller.reach_of_any(&[Role::Instructor, Role::TrainingOfficer]);
    attendance::refuse_strangers(ctx.app.db.read(), &reach, session.id, request.person).await?;
    let (to, person, reason) = (session.clone(), request.person, request.reason);
    // Why stands with the check-in: it is a text that somebody typed.
    let act = ctx.actor().did(Event::CheckedInByHand, session.id).with("person", person);
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                attendance::check_in_by_hand(tx, &to, person, &reason, by, now).await?;
                audit::record(tx, &act, now).await
            })
        })
        .await?;
    attendance::show(ctx.app.db.read(), session, now(&ctx).await?).await
}

async fn find_candidates(ctx: Ctx<Instructor>, request: FindCandidates) -> Result<Vec<Attendee>> {
    let db = ctx.app.db.read();
    let session = visible::find_taught(db, &ctx.caller, request.session).await?;
    let reach = ctx.caller.reach_of_any(&[Role::Instructor, Role::TrainingOfficer]);
    candidates::find(db, &reach, session.id, &request.search).await
}

async fn begin_check_in(ctx: Ctx<SignedIn>, request: BeginCheckIn) -> Result<CheckInTicket> {
    check_in::begin(&ctx.app, ctx.caller.person, &request.code).await
}

async fn complete_check_in(ctx: Ctx<SignedIn>, request: CompleteCheckIn) -> Result<CheckedIn> {
    let actor = ctx.actor();
    check_in::complete(&ctx.app, actor, ctx.caller.person, ctx.caller.name, request.ticket).await
}

async fn now<A: Authorize>(ctx: &Ctx<A>) -> Result<DateTime<Utc>> {
    Ok(ctx.app.clock.now(ctx.app.db.read()).await?)
}
