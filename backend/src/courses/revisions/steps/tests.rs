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
        practice: None,
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
fn two_people_are_enough_and_those_who_wrote_are_not() {
    let [one, also, other] = [1, 2, 3].map(|it| PersonId(Uuid::from_u128(it)));
    let mut revision = revision();
    let needs = |revision: &course_revision::Model, step, by| {
        needs_another(revision, &[one, also], step, by).is_some()
    };
    for step in [RevisionStep::Check, RevisionStep::Approve] {
        assert!(needs(&revision, step, one) && needs(&revision, step, also));
        assert!(!needs(&revision, step, other));
    }
    revision.checked_by = Some(other);
    assert!(needs(&revision, RevisionStep::Publish, other));
    assert!(!needs(&revision, RevisionStep::Publish, one));
}
