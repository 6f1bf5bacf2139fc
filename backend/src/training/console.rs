//! The officer's side: planning sessions.

use shared::{
    accounts::Role,
    api::{Host, Officer},
    authoring::{
        CancelTrainingSession, CreateTrainingSession, ListManagedSessions, ManagedSession,
        SaveTrainingSession, SessionDetails,
    },
    problem::{Code, Problem},
};

use super::{entity::session, managed, now, planning, visible};
use crate::{
    Result,
    accounts::{Reach, people},
    audit::{self, Event},
    bases, courses,
    db::Connection,
    http::{Api, Ctx},
};

pub(super) fn routes(api: &mut Api) {
    api.on(list_managed_sessions).on(create_session).on(save_session).on(cancel_session);
}

/// What the caller plans and changes.
fn planned(ctx: &Ctx<Officer>) -> Reach {
    ctx.caller.reach(Role::TrainingOfficer)
}

async fn list_managed_sessions(
    ctx: Ctx<Host>,
    _: ListManagedSessions,
) -> Result<Vec<ManagedSession>> {
    managed::list(ctx.app.db.read(), &ctx.caller, now(&ctx).await?).await
}

/// Refuses an instructor, a course and a base that somebody who reaches so far does not see, as those
/// that do not exist; what the session had before stays. Comes last in the transaction, after
/// everything that is wrong with the details themselves was named.
async fn refuse_unseen(
    tx: &Connection,
    reach: &Reach,
    details: &SessionDetails,
    before: Option<&session::Model>,
) -> Result<()> {
    if before.is_none_or(|it| it.instructor_id != details.instructor) {
        let seen = people::instructor_in_reach(tx, reach, details.instructor).await;
        named(seen, "details.instructor", "请选一位讲师")?;
    }
    let is_new = before.is_none_or(|it| it.course_id != details.course);
    if let Some(course) = details.course.filter(|_| is_new) {
        let seen = courses::find_readable(tx, reach, course).await.map(drop);
        named(seen, "details.course", "没有这门课程，请重新选择")?;
    }
    let is_new = before.is_none_or(|it| it.base_id != details.base);
    if let Some(base) = details.base.filter(|_| is_new) {
        bases::lock_open(tx, reach, base).await?;
    }
    Ok(())
}

/// Names the field where something was refused; a failure stays one.
fn named(seen: Result<()>, field: &str, message: &str) -> Result<()> {
    seen.map_err(|error| match error.code() {
        Some(_) => Problem::from(Code::InvalidRequest).field(field, message).into(),
        None => error,
    })
}

async fn create_session(
    ctx: Ctx<Officer>,
    request: CreateTrainingSession,
) -> Result<ManagedSession> {
    let (clock, by) = (ctx.app.clock.clone(), ctx.caller.person);
    let (actor, owner) = (ctx.actor(), planned(&ctx).owner(ctx.caller.organization)?);
    let details = request.details;
    let reach = planned(&ctx);
    let id = ctx
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let id = planning::create(tx, details.clone(), Some(by), owner, now).await?;
                refuse_unseen(tx, &reach, &details, None).await?;
                audit::record(tx, &actor.did(Event::SessionCreated, id), now).await?;
                Ok(id)
            })
        })
        .await?;
    managed::show(ctx.app.db.read(), &planned(&ctx), id, now(&ctx).await?).await
}

async fn save_session(ctx: Ctx<Officer>, request: SaveTrainingSession) -> Result<ManagedSession> {
    let (clock, id, details) = (ctx.app.clock.clone(), request.session, request.details);
    let act = ctx.actor().did(Event::SessionEdited, id);
    let reach = planned(&ctx);
    let before = visible::find_managed(ctx.app.db.read(), &reach, id).await?;
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                planning::save(tx, id, details.clone(), now).await?;
                refuse_unseen(tx, &reach, &details, Some(&before)).await?;
                audit::record(tx, &act, now).await
            })
        })
        .await?;
    managed::show(ctx.app.db.read(), &planned(&ctx), id, now(&ctx).await?).await
}

async fn cancel_session(
    ctx: Ctx<Officer>,
    request: CancelTrainingSession,
) -> Result<ManagedSession> {
    let (clock, id) = (ctx.app.clock.clone(), request.session);
    let act = ctx.actor().did(Event::SessionCancelled, id);
    visible::find_managed(ctx.app.db.read(), &planned(&ctx), id).await?;
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                planning::cancel(tx, id, now).await?;
                audit::record(tx, &act, now).await
            })
        })
        .await?;
    managed::show(ctx.app.db.read(), &planned(&ctx), id, now(&ctx).await?).await
}
