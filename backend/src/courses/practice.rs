//! 实操要求: the checklist of a course and the template of its sessions. Written in the draft, frozen
//! with a revision.
//!
//! - [`tidying`] says what may stand in it; what is missing is said by the gate only.
//! - [`faults`] says what a checklist lacks that somebody began.
//! - [`items`] is what clauses are linked to.

mod console;
mod faults;
mod items;
mod tidying;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use shared::{
    courses::CourseId,
    practice::{ChecklistItemId, Practice, PracticeDraft, SavePractice, SiteTemplate},
    problem::{Code, FieldProblem},
};
use uuid::Uuid;

use super::{
    cited::live_revision,
    entity::{
        course::{self, Practised},
        course_revision,
    },
    fields::Fields,
    managed, visible_to,
};
use crate::{
    Result,
    accounts::Caller,
    db::{Connection, Transaction},
    standards,
};

pub use self::items::{checklist_items, item_texts};
pub(super) use self::{console::routes, faults::faults, tidying::tidy};

/// What is written, for those who may change it; others see what learners read.
pub(super) async fn show(
    db: &Connection,
    course: course::Model,
    own: bool,
) -> Result<PracticeDraft> {
    let id = course.id;
    if own {
        let version = course.practice_version;
        return Ok(PracticeDraft { course: id, version, practice: Practised::of(course.practice) });
    }
    let live = course.live_revision_id.ok_or(Code::NotFound)?;
    let revision = course_revision::Entity::find_by_id(live).one(db).await?;
    let practice = Practised::of(revision.and_then(|it| it.practice));
    Ok(PracticeDraft { course: id, version: 0, practice })
}

/// Replaces what is written. Safe to repeat.
///
/// # Errors
/// `version_conflict` where somebody else saved it since; `invalid_request` naming every field that
/// cannot stay.
pub async fn save(tx: &Transaction, request: SavePractice, now: DateTime<Utc>) -> Result<()> {
    let course = managed::lock(tx, request.course).await?;
    let kept = Practised::of(course.practice.clone());
    let mut practice = request.practice;
    let mut fields = Fields::default();
    tidy(&mut fields, "practice", &mut practice);
    if course.practice_version != request.version {
        // Whoever did not hear that it had arrived sends it again.
        return if practice == kept { Ok(()) } else { Err(Code::VersionConflict.into()) };
    }
    fields.done()?;
    let others = ids(&practice) != ids(&kept);
    put(tx, &course, practice, now).await?;
    if others {
        standards::settle_live(tx, course.id, now).await?;
    }
    Ok(())
}

/// Makes the draft say this; whoever has it open is told that somebody else changed it.
pub(super) async fn put(
    tx: &Transaction,
    course: &course::Model,
    practice: Practice,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = course::ActiveModel {
        practice: Set(Practised::kept(practice)),
        updated_at: Set(now),
        ..Default::default()
    };
    let next = course.practice_version.saturating_add(1);
    course::Entity::update_many()
        .set(row)
        .col_expr(course::Column::PracticeVersion, Expr::value(next))
        .filter(course::Column::Id.eq(course.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// What learners would read of a checklist that somebody began and did not finish. Whoever wants none
/// has none.
pub(super) fn half_written(course: &course::Model) -> Option<FieldProblem> {
    let message = faults(&Practised::of(course.practice.clone()).checklist).into_iter().next()?;
    Some(FieldProblem { field: "practice".into(), message })
}

fn ids(practice: &Practice) -> Vec<ChecklistItemId> {
    let mut ids: Vec<_> = practice.checklist.items.iter().map(|it| it.id).collect();
    ids.sort_unstable();
    ids
}

/// The same with items of their own, for another course; the new ids in the items' order.
pub(super) fn renew(practice: &mut Practice) -> Vec<(ChecklistItemId, String)> {
    let items = practice.checklist.items.iter_mut();
    let renewed = items.map(|it| {
        it.id = ChecklistItemId(Uuid::now_v7());
        (it.id, it.text.clone())
    });
    renewed.collect()
}

/// What somebody is told who learns a course, of the revision that they learn.
///
/// # Errors
/// `not_found`, whether it is not seen or does not exist.
pub async fn learned(db: &Connection, caller: &Caller, course: CourseId) -> Result<Practice> {
    let find = visible_to(caller).filter(course::Column::Id.eq(course));
    let find = find.select_only().column(course_revision::Column::Practice);
    let found: Option<Option<Practised>> = find.into_tuple().one(db).await?;
    Ok(Practised::of(found.ok_or(Code::NotFound)?))
}

/// What sessions of a course have on site, as newcomers learn the course; nothing where it is not
/// published.
pub async fn live_site(db: &Connection, course: CourseId) -> Result<SiteTemplate> {
    let find = course_revision::Entity::find()
        .select_only()
        .column(course_revision::Column::Practice)
        .filter(course_revision::Column::Id.in_subquery(live_revision(course)));
    let found: Option<Option<Practised>> = find.into_tuple().one(db).await?;
    Ok(Practised::of(found.flatten()).site)
}
