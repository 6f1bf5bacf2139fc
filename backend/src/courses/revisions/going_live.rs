//! What learners read changes: at once, at a time that was chosen, or back to what it was.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};
use shared::{
    accounts::PersonId,
    courses::{CourseId, CourseStatus},
    problem::{Code, Problem},
    revisions::{
        OngoingLearners, PublishCourse, RestoreRevision, RevisionId, RevisionState, RevisionStep,
    },
    time::local_date,
};

use super::{
    document, finding,
    freezing::{Frozen, freeze},
    scheduling, steps,
};
use crate::{
    Result,
    courses::{
        entity::{course, course_pin, course_revision},
        gate, managed, publishing,
    },
    learning,
};

/// What came of asking for a course to be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::courses) enum Published {
    /// Learners read this number now.
    Live(i32),
    /// They will.
    Scheduled(i32, DateTime<Utc>),
    /// They did already.
    Already,
}

/// Shows learners the revision that was approved, now or later; a retired course is shown again as
/// it was. Safe to repeat.
///
/// # Errors
/// `course_incomplete` naming what is missing of a course that was never submitted;
/// `revision_not_approved`; `second_person_needed` for whoever checked it; `gate_closed` where a light
/// is red on the day.
pub(in crate::courses) async fn publish(
    tx: &DatabaseTransaction,
    request: PublishCourse,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<Published> {
    let course = managed::lock(tx, request.course).await?;
    let learners = request.learners.unwrap_or(OngoingLearners::MoveOn);
    let Some(open) = finding::open(tx, course.id).await? else {
        return show_again(tx, course, now).await;
    };
    if !matches!(open.state, RevisionState::Approved | RevisionState::Scheduled) {
        let detail = format!("第 {} 版现在是“{}”", open.number, open.state.label());
        return Err(Problem::from(Code::RevisionNotApproved).detail(detail).into());
    }
    steps::take(&open, RevisionStep::Publish, by)?;
    let number = open.number;
    if let Some(at) = request.at {
        scheduling::schedule(tx, open, (learners, at), by, now).await?;
        return Ok(Published::Scheduled(number, at));
    }
    go_live(tx, course, open, (Some(by), learners), now).await?;
    Ok(Published::Live(number))
}

/// Nothing new is on its way.
async fn show_again(
    tx: &DatabaseTransaction,
    course: course::Model,
    now: DateTime<Utc>,
) -> Result<Published> {
    if course.status == CourseStatus::Published {
        return Ok(Published::Already);
    }
    let Some(last) = finding::live(tx, &course).await? else {
        publishing::check_complete(tx, &course).await?;
        return Err(Code::RevisionNotApproved.into());
    };
    gate::check(tx, &last, local_date(now)).await?;
    let row = course::ActiveModel {
        id: Set(course.id),
        status: Set(CourseStatus::Published),
        published_at: Set(Some(now)),
        retired_at: Set(None),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    set_state(tx, last.id, RevisionState::Live).await?;
    Ok(Published::Live(last.number))
}

/// Makes a new revision with the content of an earlier one and shows it to learners.
///
/// # Errors
/// `invalid_request` without a reason; `revision_moved` for one that learners never read, or read.
pub(super) async fn restore(
    tx: &DatabaseTransaction,
    mut request: RestoreRevision,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    steps::check_reason(&mut request.reason)?;
    let (course, earlier) = finding::locked(tx, request.revision).await?;
    steps::take(&earlier, RevisionStep::Restore, by)?;
    if course.live_revision_id == Some(earlier.id) {
        return Err(finding::out_of_turn(&earlier));
    }
    let document = document::of_revision(tx, &earlier).await?;
    let state = RevisionState::Superseded;
    let frozen = Frozen { course: course.id, state, note: String::new(), by: Some(by) };
    let made = freeze(tx, frozen, document, now).await?;
    let row = course_revision::ActiveModel {
        id: Set(made.id),
        restored_from: Set(Some(earlier.number)),
        reason: Set(request.reason),
        checked_by: Set(earlier.checked_by),
        checked_at: Set(earlier.checked_at),
        approved_by: Set(earlier.approved_by),
        approved_at: Set(earlier.approved_at),
        ..Default::default()
    };
    let made = row.update(tx).await?;
    let learners = request.learners.unwrap_or(OngoingLearners::MoveOn);
    let id = made.id;
    go_live(tx, course, made, (Some(by), learners), now).await?;
    finding::by_id(tx, id).await
}

/// The one place where what learners read changes, and the gate before it.
///
/// # Errors
/// `gate_closed` where a light is red that nobody waived.
pub(super) async fn go_live(
    tx: &DatabaseTransaction,
    course: course::Model,
    revision: course_revision::Model,
    (by, learners): (Option<PersonId>, OngoingLearners),
    now: DateTime<Utc>,
) -> Result<()> {
    gate::check(tx, &revision, local_date(now)).await?;
    if let Some(before) = course.live_revision_id {
        set_state(tx, before, RevisionState::Superseded).await?;
        match learners {
            OngoingLearners::Finish => pin_learners(tx, course.id, before).await?,
            OngoingLearners::MoveOn => unpin_learners(tx, course.id).await?,
        }
    }
    let row = course_revision::ActiveModel {
        id: Set(revision.id),
        state: Set(RevisionState::Live),
        learners: Set(learners),
        published_by: Set(by),
        published_at: Set(Some(now)),
        ..Default::default()
    };
    row.update(tx).await?;
    let row = course::ActiveModel {
        id: Set(course.id),
        status: Set(CourseStatus::Published),
        live_revision_id: Set(Some(revision.id)),
        published_at: Set(Some(now)),
        retired_at: Set(None),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}

pub(in crate::courses) async fn set_state(
    tx: &DatabaseTransaction,
    id: RevisionId,
    state: RevisionState,
) -> Result<()> {
    let row = course_revision::ActiveModel { id: Set(id), state: Set(state), ..Default::default() };
    row.update(tx).await?;
    Ok(())
}

/// Whoever has begun stays with the revision they know; an earlier pin holds.
async fn pin_learners(
    tx: &DatabaseTransaction,
    course: CourseId,
    revision: RevisionId,
) -> Result<()> {
    let begun: Vec<PersonId> = learning::reached_in(tx, course).await?.into_keys().collect();
    for some in begun.chunks(500) {
        let pins = some.iter().map(|person| course_pin::ActiveModel {
            person_id: Set(*person),
            course_id: Set(course),
            revision_id: Set(revision),
        });
        let key = [course_pin::Column::PersonId, course_pin::Column::CourseId];
        course_pin::Entity::insert_many(pins)
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn unpin_learners(tx: &DatabaseTransaction, course: CourseId) -> Result<()> {
    course_pin::Entity::delete_many()
        .filter(course_pin::Column::CourseId.eq(course))
        .exec(tx)
        .await?;
    Ok(())
}
