//! 差异微课: what a new version says otherwise, learnt in three minutes by those who learned what was said
//! before.
//!
//! [`said`] tells what changed of what has to be done, [`lesson`] and [`questions`] make of it what people
//! read and answer, and [`drafting`] writes that as a draft, which goes the way of every course. Whoever
//! [`super::affected`] names is then given it.

mod drafting;
mod excerpts;
mod lesson;
mod progress;
mod questions;
mod said;

use chrono::{DateTime, NaiveDate, Utc};
use shared::{
    accounts::{PersonCard, PersonId, Role},
    api::Officer,
    authoring::Assignment,
    courses::CourseStatus,
    problem::Code,
    standards::{StandardVersionId, console::*},
    time::local_date,
};

use super::{affected, entity::version, standing};
use crate::{
    Result,
    accounts::Reach,
    audit::{self, Event},
    courses::{self, Giving},
    db::Transaction,
    http::{Api, Ctx},
    learning::Completion,
};
use drafting::unready;

pub use progress::{Progress, courses_of, maker};

pub(super) fn routes(api: &mut Api) {
    api.on(make).on(assign);
}

/// The people whom the version affects within reach.
async fn affected(
    ctx: &Ctx<Officer>,
    reach: &Reach,
    version: &version::Model,
) -> Result<Vec<PersonCard>> {
    let db = ctx.app.db.read();
    let touched = affected::all_touched(db, version).await?;
    let links = affected::links(db, reach, version).await?;
    let people = affected::people(db, reach, version, (&links, &touched)).await?;
    Ok(people.into_iter().map(|it| it.0).collect())
}

async fn today(ctx: &Ctx<Officer>) -> Result<NaiveDate> {
    Ok(local_date(ctx.app.clock.now(ctx.app.db.read()).await?))
}

async fn make(ctx: Ctx<Officer>, request: MakeDifferenceCourse) -> Result<DifferenceCourse> {
    let (db, reach) = (ctx.app.db.read(), ctx.caller.reach(Role::TrainingOfficer));
    let version = standing::find_seen(db, &reach, request.version).await?;
    let owner = reach.owner(ctx.caller.organization)?;
    let affected = affected(&ctx, &reach, &version).await?;
    if courses_of(db, &reach, version.id).await?.is_empty() {
        let plan = drafting::plan(db, &version, &affected).await?;
        let (clock, actor, by) = (ctx.app.clock.clone(), ctx.actor(), ctx.caller.person);
        let reach = reach.clone();
        let write = ctx.app.db.write(move |tx| {
            Box::pin(async move {
                standing::lock(tx, version.id).await?;
                // Somebody was faster.
                if !courses_of(tx, &reach, version.id).await?.is_empty() {
                    return Ok(());
                }
                let (now, questions) = (clock.now(tx).await?, plan.questions.len());
                let course = drafting::write(tx, plan, (owner, by), now).await?;
                progress::keep(tx, version.id, course).await?;
                let act = actor.did(Event::DifferenceCourseMade, version.id);
                let act = act.with("course", course).with("questions", questions);
                audit::record(tx, &act, now).await
            })
        });
        write.await?;
    }
    shown(&ctx, &reach, request.version, &affected).await
}

async fn shown(
    ctx: &Ctx<Officer>,
    reach: &Reach,
    version: StandardVersionId,
    affected: &[PersonCard],
) -> Result<DifferenceCourse> {
    let db = ctx.app.db.read();
    let version = standing::by_id(db, version).await?;
    // Somebody may have removed it again.
    let progress = Progress::of(db, reach, &version).await?.ok_or(Code::NotFound)?;
    Ok(progress.shown(&version, affected.iter().map(|it| it.id), today(ctx).await?))
}

async fn assign(ctx: Ctx<Officer>, request: AssignDifferenceCourse) -> Result<DifferenceAssigned> {
    let (db, reach) = (ctx.app.db.read(), ctx.caller.reach(Role::TrainingOfficer));
    let version = standing::find_seen(db, &reach, request.version).await?;
    let progress = Progress::of(db, &reach, &version).await?;
    let progress = progress.ok_or_else(|| unready("这一版还没有差异微课，先做一门"))?;
    let course = progress.course.id;
    if progress.course.status != CourseStatus::Published {
        return Err(unready("差异微课还没有发布，走完校核、评审和发布再安排"));
    }
    let today = today(&ctx).await?;
    let due_on = request.due_on.unwrap_or_else(|| progress::due_on(&version, today));
    let people = affected(&ctx, &reach, &version).await?;
    let all = people.len();
    let mut people: Vec<PersonId> = people.into_iter().map(|it| it.id).collect();
    people.retain(|it| !progress.needs_nothing(*it));
    courses::check_many(&ctx.app, ctx.caller.sign_in, people.len()).await?;
    let names = standing::names(db, [version.id]).await?;
    let name = names.get(&version.id).cloned().unwrap_or_default();
    let giving = Giving { course, target: format!("受 {name} 影响的人"), due_on, people };
    let (clock, actor, by) = (ctx.app.clock.clone(), ctx.actor(), Some(ctx.caller.person));
    let write = ctx.app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let given = give(tx, giving, by, now).await?;
            if let Some(it) = &given {
                let act = actor.did(Event::CourseAssigned, course);
                let act = act.with("assignment", it.id).with("people", it.people);
                audit::record(tx, &act.with("due", it.due_on), now).await?;
            }
            Ok(given)
        })
    });
    let given = write.await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let people = given.as_ref().map_or(0, |it| it.people);
    let already = count(all).saturating_sub(people);
    Ok(DifferenceAssigned { assignment: given.map(|it| it.id), people, already, due_on })
}

/// Gives it to those who have neither been given it nor done it by themselves.
async fn give(
    tx: &Transaction,
    mut giving: Giving,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<Option<Assignment>> {
    let done = Completion::of(tx, giving.course).await?;
    giving.people.retain(|it| !done.has(*it));
    courses::give_to_others(tx, giving, by, now).await
}
