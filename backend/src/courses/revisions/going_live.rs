//! What learners read changes: at once, at a time that was chosen, or back to what it was.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter,
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
    telling::CalledOff,
    writers,
};
use crate::{
    Result,
    courses::{
        entity::{course, course_pin, course_revision},
        gate, managed, publishing,
    },
    db::Transaction,
    learning, standards,
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
/// `revision_moved` where it is another one than was meant; `revision_not_approved`;
/// `second_person_needed` for whoever checked it; `gate_closed` where a light is red on the day.
pub(in crate::courses) async fn publish(
    tx: &Transaction,
    request: PublishCourse,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<Published> {
    let course = managed::lock(tx, request.course).await?;
    let learners = request.learners.unwrap_or(OngoingLearners::MoveOn);
    let Some(open) = finding::open(tx, course.id).await? else {
        return show_again(tx, course, request.revision, now).await;
    };
    check_meant(request.revision, &open)?;
    if !matches!(open.state, RevisionState::Approved | RevisionState::Scheduled) {
        let detail = format!("第 {} 版现在是“{}”", open.number, open.state.label());
        return Err(Problem::from(Code::RevisionNotApproved).detail(detail).into());
    }
    steps::take(tx, &open, RevisionStep::Publish, by).await?;
    let number = open.number;
    if let Some(at) = request.at {
        scheduling::schedule(tx, open, (learners, at), by, now).await?;
        return Ok(Published::Scheduled(number, at));
    }
    go_live(tx, course, open, (Some(by), learners), now).await?;
    Ok(Published::Live(number))
}

/// Nobody publishes what a colleague has put in the place of what they looked at.
fn check_meant(meant: Option<RevisionId>, is: &course_revision::Model) -> Result<()> {
    if meant.is_none_or(|it| it == is.id) {
        return Ok(());
    }
    let detail = format!("现在轮到的是第 {} 版，请看过它再发布", is.number);
    Err(Problem::from(Code::RevisionMoved).detail(detail).into())
}

/// Nothing new is on its way.
async fn show_again(
    tx: &Transaction,
    course: course::Model,
    meant: Option<RevisionId>,
    now: DateTime<Utc>,
) -> Result<Published> {
    let Some(last) = finding::live(tx, &course).await? else {
        publishing::check_complete(tx, &course).await?;
        return Err(Code::RevisionNotApproved.into());
    };
    check_meant(meant, &last)?;
    if course.status == CourseStatus::Published {
        return Ok(Published::Already);
    }
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
    standards::settle_live(tx, last.course_id, now).await?;
    Ok(Published::Live(last.number))
}

/// Makes a new revision with the content of an earlier one and shows it to learners. What was planned to
/// be published waits for somebody to do it, or it would take the place of what was just restored; says
/// which revision that was.
///
/// # Errors
/// `invalid_request` without a reason; `revision_moved` for one that learners never read, or read.
pub(super) async fn restore(
    tx: &Transaction,
    mut request: RestoreRevision,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(course_revision::Model, Option<i32>)> {
    steps::check_reason(&mut request.reason)?;
    let (course, earlier) = finding::locked(tx, request.revision).await?;
    steps::take(tx, &earlier, RevisionStep::Restore, by).await?;
    if course.live_revision_id == Some(earlier.id) {
        return Err(finding::out_of_turn(&earlier));
    }
    let document = document::of_revision(tx, &earlier).await?;
    let state = RevisionState::Superseded;
    let frozen = Frozen { course: course.id, state, note: String::new(), by: Some(by) };
    let made = freeze(tx, frozen, document, now).await?;
    writers::take_over(tx, earlier.id, made.id).await?;
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
    let why = (CalledOff::Restored, by);
    let (id, planned) = (made.id, scheduling::call_off(tx, course.id, why, now).await?);
    let (of, unsettled) = (course.id, writers::unsettled(tx, &course).await?);
    go_live(tx, course, made, (Some(by), learners), now).await?;
    // The draft is what it was, so all its words are new against what came back.
    writers::put(tx, of, unsettled, now).await?;
    Ok((finding::by_id(tx, id).await?, planned))
}

/// The one place where what learners read changes, and the gate before it.
///
/// # Errors
/// `gate_closed` where a light is red that nobody waived.
pub(super) async fn go_live(
    tx: &Transaction,
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
    if revision.restored_from.is_none() {
        writers::settle(tx, &revision).await?;
    }
    standards::settle_live(tx, course.id, now).await
}

pub(in crate::courses) async fn set_state(
    tx: &Transaction,
    id: RevisionId,
    state: RevisionState,
) -> Result<()> {
    let row = course_revision::ActiveModel { id: Set(id), state: Set(state), ..Default::default() };
    row.update(tx).await?;
    Ok(())
}

/// Whoever has begun stays with the revision they know; an earlier pin holds.
async fn pin_learners(tx: &Transaction, course: CourseId, revision: RevisionId) -> Result<()> {
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

async fn unpin_learners(tx: &Transaction, course: CourseId) -> Result<()> {
    course_pin::Entity::delete_many()
        .filter(course_pin::Column::CourseId.eq(course))
        .exec(tx)
        .await?;
    Ok(())
}
