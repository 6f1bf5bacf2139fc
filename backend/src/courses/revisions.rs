//! Revisions: what officers write is frozen, vouched for by a second person, and only then read by
//! learners.
//!
//! - [`freezing`] turns a [`document`] into the rows of the next revision, which never change.
//! - [`steps`] says who may take which step; [`going_live`] is the one place where what learners read
//!   changes.
//! - [`comparing`] tells two documents apart, in the [`wording`] of people.

mod choosing;
mod comparing;
mod differing;
pub(super) mod document;
mod finding;
mod freezing;
mod going_live;
mod listing;
mod practised;
mod redrafting;
mod scheduling;
mod standing;
mod steps;
mod telling;
mod wording;
mod writers;

use shared::{
    api::Officer,
    authoring::CourseDraft,
    revisions::{
        ApproveRevision, CheckRevision, CompareRevisions, CourseRevision, CourseRevisionContent,
        ListRevisions, PublishCourse, RedraftRevision, RestoreRevision, RetireCourse,
        ReturnRevision, RevisionComparison, RevisionId, RevisionList, ShowRevision, SubmitRevision,
        UnscheduleRevision,
    },
};

pub(super) use choosing::chosen;
pub(super) use finding::by_id as find;
pub(super) use going_live::set_state;
pub use scheduling::{ScheduledPublication, publish_scheduled};
pub(super) use scheduling::{call_off, drop_open};
pub(super) use standing::{Standing, open_states, with_open};
pub use standing::{publish_reviewed, revision_number, revision_numbers};
pub(super) use telling::CalledOff;
pub(super) use writers::rewrite;
pub use writers::wrote;

use going_live::Published;
use listing::Asker;

use super::{
    console::{draft, manage, manage_part, reach},
    managed::{self, Part},
    publishing,
};
use crate::{
    Result,
    accounts::Reach,
    audit::{Event, write},
    http::{Api, Ctx},
};

pub(super) fn routes(api: &mut Api) {
    api.on(list_revisions)
        .on(submit_revision)
        .on(compare_revisions)
        .on(publish_course)
        .on(retire_course)
        .on(show_revision)
        .on(check_revision)
        .on(approve_revision)
        .on(return_revision)
        .on(unschedule_revision)
        .on(restore_revision)
        .on(redraft_revision);
}

/// Lets through those who may look at the course of a revision; of one that is somebody else's they
/// see what was published.
async fn readable(ctx: &Ctx<Officer>, id: RevisionId) -> Result<()> {
    let (db, reach) = (ctx.app.db.read(), reach(ctx));
    let revision = finding::by_id(db, id).await?;
    let course = managed::find_readable(db, &reach, revision.course_id).await?;
    let own = reach.has_course(course.id, course.organization_id);
    if own || revision.state.was_published() {
        return Ok(());
    }
    Err(shared::problem::Code::NotFound.into())
}

fn asker<'a>(ctx: &Ctx<Officer>, reach: &'a Reach) -> Asker<'a> {
    Asker { person: ctx.caller.person, reach }
}

async fn card(ctx: &Ctx<Officer>, id: RevisionId) -> Result<CourseRevision> {
    let reach = reach(ctx);
    listing::card(ctx.app.db.read(), asker(ctx, &reach), id).await
}

async fn list_revisions(ctx: Ctx<Officer>, request: ListRevisions) -> Result<RevisionList> {
    let (db, reach) = (ctx.app.db.read(), reach(&ctx));
    let course = managed::find_managed(db, &reach, request.course).await?;
    listing::list(db, asker(&ctx, &reach), &course).await
}

async fn submit_revision(ctx: Ctx<Officer>, request: SubmitRevision) -> Result<CourseRevision> {
    let (course, by) = (request.course, ctx.caller.person);
    manage(&ctx, course).await?;
    let made =
        write!(ctx, |tx, now| telling::submit(tx, course, request.note, by, now), |actor, it| {
            actor.did(Event::RevisionSubmitted, course).with("revision", it.number)
        });
    card(&ctx, made.id).await
}

async fn compare_revisions(
    ctx: Ctx<Officer>,
    request: CompareRevisions,
) -> Result<RevisionComparison> {
    let db = ctx.app.db.read();
    let course = managed::find_managed(db, &reach(&ctx), request.course).await?;
    listing::compare(db, &course, request).await
}

async fn publish_course(ctx: Ctx<Officer>, request: PublishCourse) -> Result<CourseDraft> {
    let (course, by) = (request.course, ctx.caller.person);
    manage(&ctx, course).await?;
    write!(ctx, |tx, now| going_live::publish(tx, request, by, now), |actor, done| match *done {
        Published::Live(number) => {
            actor.did(Event::CoursePublished, course).with("revision", number)
        }
        Published::Scheduled(number, at) => {
            actor.did(Event::CourseScheduled, course).with("revision", number).with("at", at)
        }
        Published::Already => actor.did(Event::CoursePublished, course),
    });
    draft(&ctx, course).await
}

async fn retire_course(ctx: Ctx<Officer>, request: RetireCourse) -> Result<CourseDraft> {
    let by = ctx.caller.person;
    manage(&ctx, request.course).await?;
    write!(ctx, |tx, now| publishing::retire(tx, request.course, by, now), |actor, planned| actor
        .did(Event::CourseRetired, request.course)
        .with("unscheduled", *planned));
    draft(&ctx, request.course).await
}

async fn show_revision(ctx: Ctx<Officer>, request: ShowRevision) -> Result<CourseRevisionContent> {
    readable(&ctx, request.revision).await?;
    let reach = reach(&ctx);
    listing::content(ctx.app.db.read(), asker(&ctx, &reach), request.revision).await
}

async fn check_revision(ctx: Ctx<Officer>, request: CheckRevision) -> Result<CourseRevision> {
    let (id, by) = (request.revision, ctx.caller.person);
    manage_part(&ctx, Part::Revision(id)).await?;
    write!(ctx, |tx, now| telling::check(tx, id, by, now), |actor, it| actor
        .did(Event::RevisionChecked, it.course_id)
        .with("revision", it.number));
    card(&ctx, id).await
}

async fn approve_revision(ctx: Ctx<Officer>, request: ApproveRevision) -> Result<CourseRevision> {
    let (id, by) = (request.revision, ctx.caller.person);
    manage_part(&ctx, Part::Revision(id)).await?;
    write!(ctx, |tx, now| telling::approve(tx, id, by, now), |actor, it| actor
        .did(Event::RevisionApproved, it.course_id)
        .with("revision", it.number));
    card(&ctx, id).await
}

async fn return_revision(ctx: Ctx<Officer>, request: ReturnRevision) -> Result<CourseRevision> {
    let (id, by) = (request.revision, ctx.caller.person);
    manage_part(&ctx, Part::Revision(id)).await?;
    write!(ctx, |tx, now| telling::send_back(tx, id, request.reason, by, now), |actor, it| actor
        .did(Event::RevisionReturned, it.course_id)
        .with("revision", it.number));
    card(&ctx, id).await
}

async fn unschedule_revision(
    ctx: Ctx<Officer>,
    request: UnscheduleRevision,
) -> Result<CourseRevision> {
    let (id, by) = (request.revision, ctx.caller.person);
    manage_part(&ctx, Part::Revision(id)).await?;
    write!(ctx, |tx, now| scheduling::unschedule(tx, id, by, now), |actor, it| actor
        .did(Event::CourseUnscheduled, it.course_id)
        .with("revision", it.number));
    card(&ctx, id).await
}

async fn restore_revision(ctx: Ctx<Officer>, request: RestoreRevision) -> Result<CourseRevision> {
    let by = ctx.caller.person;
    manage_part(&ctx, Part::Revision(request.revision)).await?;
    let (made, _) =
        write!(ctx, |tx, now| going_live::restore(tx, request, by, now), |actor, done| {
            let (it, planned) = done;
            actor
                .did(Event::RevisionRestored, it.course_id)
                .with("revision", it.number)
                .with("from", it.restored_from)
                .with("unscheduled", *planned)
        });
    card(&ctx, made.id).await
}

async fn redraft_revision(ctx: Ctx<Officer>, request: RedraftRevision) -> Result<CourseDraft> {
    let (id, by) = (request.revision, ctx.caller.person);
    let course = managed::course_of(ctx.app.db.read(), Part::Revision(id)).await?;
    manage(&ctx, course).await?;
    write!(ctx, |tx, now| redrafting::redraft(tx, id, by, now), |actor, number| actor
        .did(Event::RevisionRedrafted, course)
        .with("revision", *number));
    draft(&ctx, course).await
}
