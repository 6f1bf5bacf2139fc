//! 五化: five lights of a course of 岗位技能, computed from what is there, and the gate that they are
//! where a revision goes live.
//!
//! - [`lights`] says what is missing, and where it is mended; [`measures`] finds values with units.
//! - [`waivers`] says who let a course pass without a light, why and until when.

mod lights;
mod measures;
mod reminding;
mod shown;
mod waivers;

use chrono::{DateTime, NaiveDate, Utc};
use shared::{
    accounts::PersonId,
    api::Officer,
    courses::{CourseCategory, CourseId},
    gates::{CourseGate, EndWaiver, GateColour, GateLight, LightShown, ShowGate, WaiveGate},
    problem::{Code, Problem},
    revisions::CourseDocument,
    time::local_date,
};

use super::{
    console::{manage, reach},
    entity::course_revision,
    managed, publishing, revisions,
};
use crate::{
    Result,
    audit::{Event, write},
    db::{Connection, Transaction},
    http::{Api, Ctx},
    standards,
};

pub use reminding::remind_of_waivers;
pub use waivers::grant as waive;
pub(super) use waivers::{counting, waived_courses, waived_until};

pub(super) fn routes(api: &mut Api) {
    api.on(show_gate).on(waive_gate).on(end_waiver);
}

async fn show_gate(ctx: Ctx<Officer>, request: ShowGate) -> Result<CourseGate> {
    let db = ctx.app.db.read();
    let course = managed::find_managed(db, &reach(&ctx), request.course).await?;
    shown::gate(db, &course, ctx.app.clock.now(db).await?).await
}

async fn waive_gate(ctx: Ctx<Officer>, request: WaiveGate) -> Result<CourseGate> {
    let (course, by) = (request.course, ctx.caller.person);
    manage(&ctx, course).await?;
    write!(ctx, |tx, now| waivers::grant(tx, request, by, now), |actor, it| actor
        .did(Event::GateWaived, course)
        .with("lights", labels(&it.lights.0))
        .with("until", it.expires_on));
    show_gate(ctx, ShowGate { course }).await
}

async fn end_waiver(ctx: Ctx<Officer>, request: EndWaiver) -> Result<CourseGate> {
    let by = ctx.caller.person;
    let course = waivers::course_of(ctx.app.db.read(), request.waiver).await?;
    manage(&ctx, course).await?;
    write!(ctx, |tx, now| waivers::end(tx, request.waiver, by, now), |actor, it| actor
        .did(Event::GateWaiverEnded, course)
        .with("lights", labels(&it.lights.0))
        .with("until", it.expires_on));
    show_gate(ctx, ShowGate { course }).await
}

fn labels(lights: &[GateLight]) -> Vec<&'static str> {
    lights.iter().map(|it| it.label()).collect()
}

/// The five lights of a text, in their order; none where no light is for it.
async fn lights_of(
    db: &Connection,
    course: CourseId,
    document: &CourseDocument,
) -> Result<Vec<LightShown>> {
    if document.details.category != CourseCategory::PostSkills {
        return Ok(Vec::new());
    }
    let basis = standards::basis_of(db, course).await?;
    Ok(lights::all(&lights::Facts { course, document, basis: &basis }))
}

fn red(lights: &[LightShown]) -> Vec<GateLight> {
    let red = lights.iter().filter(|it| it.colour == GateColour::Unmet);
    red.map(|it| it.light).collect()
}

/// Lets a revision pass that goes live on a day.
///
/// # Errors
/// `course_incomplete` where it cites clauses that are gone, quotes some that learners would not see, or
/// does not name what its category asks for, which nobody waives; `gate_closed` naming the lights that are red and that nobody waived for
/// that day.
pub(super) async fn check(
    db: &Connection,
    revision: &course_revision::Model,
    day: NaiveDate,
) -> Result<()> {
    let course = revision.course_id;
    let document = revisions::document::of_revision(db, revision).await?;
    let mut missing = standards::gone_clauses(db, course, Some(&document)).await?;
    missing.extend(publishing::unseen_quotes(db, &document.chapters).await?);
    publishing::refuse_missing(missing)?;
    if !matches!(revision.category, CourseCategory::PostSkills | CourseCategory::Certification) {
        return Ok(());
    }
    publishing::check_named(&document.details)?;
    let red = red(&lights_of(db, course, &document).await?);
    let waived = waivers::waived_on(db, course, day).await?;
    let closed: Vec<GateLight> = red.into_iter().filter(|it| !waived.contains(it)).collect();
    if closed.is_empty() {
        return Ok(());
    }
    // What was frozen is not mended where it stands.
    let mend = if revision.state.was_published() {
        "它是以前的版本，补不了：打开课程的“五化”，给缺的灯办豁免，再来一次"
    } else {
        "请先退回，在草稿里一处处补好再提交；来不及的，在课程的“五化”里办豁免"
    };
    let lights = labels(&closed).join("、");
    // What is being restored has no number of its own that anybody knows.
    let of_earlier = revision.restored_from.filter(|_| revision.published_at.is_none());
    let number = of_earlier.unwrap_or(revision.number);
    let detail = format!("第 {number} 版的{lights}还没有达标。{mend}");
    Err(Problem::from(Code::GateClosed).detail(detail).into())
}

/// Waives whatever is red of a sample course, whose clauses are linked after it is published.
pub(super) async fn excuse_sample(
    tx: &Transaction,
    course: CourseId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    const DAYS: chrono::Days = chrono::Days::new(180);
    let document = revisions::document::of_draft(tx, course).await?;
    let lights = red(&lights_of(tx, course, &document).await?);
    if lights.is_empty() {
        return Ok(());
    }
    let (reason, until) = ("示例课程先用起来，缺的随后补齐".to_owned(), local_date(now) + DAYS);
    waivers::grant(tx, WaiveGate { course, lights, reason, until }, by, now).await.map(drop)
}
