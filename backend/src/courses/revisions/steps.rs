//! 编写 → 校核 → 评审, and back: who may take which step of a revision.
//!
//! Whoever wrote of it neither checks nor reviews it, and whoever checked it does not publish it:
//! nothing reaches learners that fewer than two people vouch for.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use shared::{
    accounts::PersonId,
    courses::{CourseId, CourseStatus},
    problem::{Code, Problem},
    revisions::{RevisionId, RevisionState, RevisionStep},
};

use super::{
    document, finding,
    freezing::{Frozen, freeze},
    writers,
};
use crate::{
    Result,
    accounts::people,
    courses::{
        entity::{course, course_revision},
        fields::Fields,
        managed, publishing,
    },
    db::Transaction,
};

const LONGEST: usize = 300;

/// Freezes the draft for others to check.
///
/// # Errors
/// `course_incomplete` naming everything that is missing; `revision_pending` where another one is on
/// its way; `revision_unchanged` where learners read exactly this already.
pub(in crate::courses) async fn submit(
    tx: &Transaction,
    id: CourseId,
    mut note: String,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let mut fields = Fields::default();
    fields.text("note", &mut note, LONGEST);
    fields.done()?;
    let course = managed::lock(tx, id).await?;
    if let Some(open) = finding::open(tx, id).await? {
        let detail = format!("第 {} 版是“{}”", open.number, open.state.label());
        return Err(Problem::from(Code::RevisionPending).detail(detail).into());
    }
    publishing::check_complete(tx, &course).await?;
    let document = document::of_draft(tx, id).await?;
    let live = finding::live(tx, &course).await?;
    if course.status == CourseStatus::Published
        && live.is_some_and(|it| it.checksum.is_some_and(|sum| document_is(&document, &sum)))
    {
        return Err(Code::RevisionUnchanged.into());
    }
    let frozen = Frozen { course: id, state: RevisionState::Submitted, note, by: Some(by) };
    let made = freeze(tx, frozen, document, now).await?;
    writers::sign(tx, &made, course.live_revision_id).await?;
    Ok(made)
}

fn document_is(document: &shared::revisions::CourseDocument, checksum: &str) -> bool {
    document::checksum(document).is_ok_and(|it| it == checksum)
}

/// # Errors
/// `second_person_needed` for whoever wrote of it; `revision_moved` where it is not its turn.
pub(super) async fn check(
    tx: &Transaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let checked = course_revision::ActiveModel {
        state: Set(RevisionState::Checked),
        checked_by: Set(Some(by)),
        checked_at: Set(Some(now)),
        ..Default::default()
    };
    go(tx, (id, RevisionStep::Check), by, checked).await
}

/// # Errors
/// As [`check`].
pub(super) async fn approve(
    tx: &Transaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let approved = course_revision::ActiveModel {
        state: Set(RevisionState::Approved),
        approved_by: Set(Some(by)),
        approved_at: Set(Some(now)),
        ..Default::default()
    };
    go(tx, (id, RevisionStep::Approve), by, approved).await
}

/// Sends it back to its author, who may do so too.
///
/// # Errors
/// `invalid_request` without a reason; `revision_moved` where it is not open.
pub(super) async fn send_back(
    tx: &Transaction,
    id: RevisionId,
    mut reason: String,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    check_reason(&mut reason)?;
    let returned = course_revision::ActiveModel {
        state: Set(RevisionState::Returned),
        reason: Set(reason),
        returned_by: Set(Some(by)),
        returned_at: Set(Some(now)),
        publish_at: Set(None),
        ..Default::default()
    };
    go(tx, (id, RevisionStep::Return), by, returned).await
}

/// One step, where it is next and this person may take it.
async fn go(
    tx: &Transaction,
    (id, step): (RevisionId, RevisionStep),
    by: PersonId,
    change: course_revision::ActiveModel,
) -> Result<course_revision::Model> {
    let (_, revision) = finding::locked(tx, id).await?;
    take(tx, &revision, step, by).await?;
    Ok(course_revision::ActiveModel { id: Set(id), ..change }.update(tx).await?)
}

/// Tidies a reason, which must not be empty.
pub(super) fn check_reason(reason: &mut String) -> Result<()> {
    let mut fields = Fields::default();
    fields.text("reason", reason, LONGEST);
    if reason.is_empty() {
        fields.refuse("reason", "请写明原因，同事才知道怎么改");
    }
    fields.done()
}

/// Checks that a step is next, and that this person may take it.
pub(super) async fn take(
    tx: &Transaction,
    revision: &course_revision::Model,
    step: RevisionStep,
    by: PersonId,
) -> Result<()> {
    if !is_next(revision.state, step) {
        return Err(finding::out_of_turn(revision));
    }
    let writers = writers::of(tx, revision.id).await?;
    let Some(why) = needs_another(revision, &writers, step, by) else { return Ok(()) };
    let mut detail = why.to_owned();
    if step != RevisionStep::Publish {
        let names: Vec<_> =
            people::cards_of(tx, writers).await?.into_iter().map(|it| it.name).collect();
        let (number, names) = (revision.number, names.join("、"));
        detail = format!("{why}。第 {number} 版是{names}写的，请没有写过的同事来看");
    }
    Err(Problem::from(Code::SecondPersonNeeded).detail(detail).into())
}

const fn is_next(state: RevisionState, step: RevisionStep) -> bool {
    use RevisionState::{Approved, Checked, Retired, Scheduled, Submitted, Superseded};
    match step {
        RevisionStep::Check => matches!(state, Submitted),
        RevisionStep::Approve => matches!(state, Checked),
        RevisionStep::Return => state.is_open(),
        RevisionStep::Publish => matches!(state, Approved | Scheduled),
        RevisionStep::Unschedule => matches!(state, Scheduled),
        RevisionStep::Restore => matches!(state, Superseded | Retired),
    }
}

/// Why this person may not take the step.
fn needs_another(
    revision: &course_revision::Model,
    writers: &[PersonId],
    step: RevisionStep,
    by: PersonId,
) -> Option<&'static str> {
    match step {
        RevisionStep::Check if writers.contains(&by) => Some("自己写的不能自己校核"),
        RevisionStep::Approve if writers.contains(&by) => Some("自己写的不能自己评审"),
        RevisionStep::Publish if revision.checked_by == Some(by) => Some("校核的人不能再发布"),
        _ => None,
    }
}

/// What somebody who may change the course can do with a revision of it now.
pub(super) fn may(
    course: &course::Model,
    (revision, writers): (&course_revision::Model, &[PersonId]),
    by: PersonId,
) -> Vec<RevisionStep> {
    let live = course.live_revision_id == Some(revision.id);
    let may = |step: &RevisionStep| {
        is_next(revision.state, *step)
            && needs_another(revision, writers, *step, by).is_none()
            && !(live && *step == RevisionStep::Restore)
    };
    RevisionStep::ALL.iter().copied().filter(may).collect()
}

#[cfg(test)]
mod tests;
