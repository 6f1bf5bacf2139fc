//! 编写 → 校核 → 评审, and back: who may take which step of a revision.
//!
//! Whoever submitted it neither checks nor reviews it, and whoever checked it does not publish it:
//! nothing reaches learners that fewer than two people vouch for.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction};
use shared::{
    accounts::PersonId,
    courses::{CourseId, CourseStatus},
    problem::{Code, Problem},
    revisions::{RevisionId, RevisionState, RevisionStep},
};

use super::{
    document, finding,
    freezing::{Frozen, freeze},
};
use crate::{
    Result,
    courses::{
        entity::{course, course_revision},
        fields::Fields,
        managed, publishing,
    },
};

const LONGEST: usize = 300;

/// Freezes the draft for others to check.
///
/// # Errors
/// `course_incomplete` naming everything that is missing; `revision_pending` where another one is on
/// its way; `revision_unchanged` where learners read exactly this already.
pub(in crate::courses) async fn submit(
    tx: &DatabaseTransaction,
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
    freeze(tx, frozen, document, now).await
}

fn document_is(document: &shared::revisions::CourseDocument, checksum: &str) -> bool {
    document::checksum(document).is_ok_and(|it| it == checksum)
}

/// # Errors
/// `second_person_needed` for whoever submitted it; `revision_moved` where it is not its turn.
pub(super) async fn check(
    tx: &DatabaseTransaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let (_, revision) = finding::locked(tx, id).await?;
    take(&revision, RevisionStep::Check, by)?;
    let row = course_revision::ActiveModel {
        id: Set(id),
        state: Set(RevisionState::Checked),
        checked_by: Set(Some(by)),
        checked_at: Set(Some(now)),
        ..Default::default()
    };
    Ok(row.update(tx).await?)
}

/// # Errors
/// As [`check`].
pub(super) async fn approve(
    tx: &DatabaseTransaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let (_, revision) = finding::locked(tx, id).await?;
    take(&revision, RevisionStep::Approve, by)?;
    let row = course_revision::ActiveModel {
        id: Set(id),
        state: Set(RevisionState::Approved),
        approved_by: Set(Some(by)),
        approved_at: Set(Some(now)),
        ..Default::default()
    };
    Ok(row.update(tx).await?)
}

/// Sends it back to its author, who may do so too.
///
/// # Errors
/// `invalid_request` without a reason; `revision_moved` where it is not open.
pub(super) async fn send_back(
    tx: &DatabaseTransaction,
    id: RevisionId,
    mut reason: String,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    check_reason(&mut reason)?;
    let (_, revision) = finding::locked(tx, id).await?;
    take(&revision, RevisionStep::Return, by)?;
    let row = course_revision::ActiveModel {
        id: Set(id),
        state: Set(RevisionState::Returned),
        reason: Set(reason),
        returned_by: Set(Some(by)),
        returned_at: Set(Some(now)),
        publish_at: Set(None),
        ..Default::default()
    };
    Ok(row.update(tx).await?)
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
pub(super) fn take(
    revision: &course_revision::Model,
    step: RevisionStep,
    by: PersonId,
) -> Result<()> {
    if !is_next(revision.state, step) {
        return Err(finding::out_of_turn(revision));
    }
    match needs_another(revision, step, by) {
        Some(why) => Err(Problem::from(Code::SecondPersonNeeded).detail(why).into()),
        None => Ok(()),
    }
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
    step: RevisionStep,
    by: PersonId,
) -> Option<&'static str> {
    let by = Some(by);
    match step {
        RevisionStep::Check if revision.written_by == by => Some("自己写的不能自己校核"),
        RevisionStep::Approve if revision.written_by == by => Some("自己写的不能自己评审"),
        RevisionStep::Publish if revision.checked_by == by => Some("校核的人不能再发布"),
        _ => None,
    }
}

/// What somebody who may change the course can do with a revision of it now.
pub(super) fn may(
    course: &course::Model,
    revision: &course_revision::Model,
    by: PersonId,
) -> Vec<RevisionStep> {
    let live = course.live_revision_id == Some(revision.id);
    let may = |step: &RevisionStep| {
        is_next(revision.state, *step)
            && needs_another(revision, *step, by).is_none()
            && !(live && *step == RevisionStep::Restore)
    };
    RevisionStep::ALL.iter().copied().filter(may).collect()
}

#[cfg(test)]
mod tests {
    use shared::{
        courses::{CourseCategory, CourseLevel},
        revisions::OngoingLearners,
    };
    use uuid::Uuid;

    use super::*;

    /// One that was submitted, by nobody.
    fn revision() -> course_revision::Model {
        course_revision::Model {
            id: RevisionId(Uuid::from_u128(7)),
            course_id: CourseId(Uuid::from_u128(8)),
            number: 1,
            state: RevisionState::Submitted,
            level: CourseLevel::Execution,
            category: CourseCategory::PostSkills,
            qualification: String::new(),
            title: String::new(),
            summary: String::new(),
            cover: None,
            lessons: 0,
            minutes: 0,
            checksum: None,
            note: String::new(),
            restored_from: None,
            written_by: None,
            written_at: DateTime::UNIX_EPOCH,
            checked_by: None,
            checked_at: None,
            approved_by: None,
            approved_at: None,
            returned_by: None,
            returned_at: None,
            reason: String::new(),
            publish_at: None,
            learners: OngoingLearners::MoveOn,
            published_by: None,
            published_at: None,
        }
    }

    #[test]
    fn every_open_revision_can_go_on_or_back_and_no_other_can() {
        for state in RevisionState::ALL.iter().copied() {
            let steps: Vec<_> =
                RevisionStep::ALL.iter().copied().filter(|it| is_next(state, *it)).collect();
            let goes_on = steps.iter().any(|it| {
                use RevisionStep::*;
                matches!(it, Check | Approve | Publish)
            });
            assert_eq!(goes_on, state.is_open(), "{state:?}");
            assert_eq!(steps.contains(&RevisionStep::Return), state.is_open(), "{state:?}");
        }
    }

    #[test]
    fn two_people_are_enough_and_one_is_not() {
        let (one, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let mut revision = revision();
        revision.written_by = Some(one);
        let alone = [RevisionStep::Check, RevisionStep::Approve];
        assert!(alone.iter().all(|step| needs_another(&revision, *step, one).is_some()));
        assert!(alone.iter().all(|step| needs_another(&revision, *step, other).is_none()));
        revision.checked_by = Some(other);
        assert!(needs_another(&revision, RevisionStep::Publish, other).is_some());
        assert!(needs_another(&revision, RevisionStep::Publish, one).is_none());
    }
}
