//! 差异微课: what a new version says otherwise, for those who learned what was said before.

use super::*;
use crate::{authoring::AssignmentId, courses::CourseStatus, revisions::RevisionState};

/// 做差异微课
///
/// A draft made of the 应-clauses that changed or are new: one lesson of three minutes at most, and up to
/// three questions. It goes the way of every course; nothing reaches learners by itself. Safe to repeat:
/// nobody makes a second one who can see one that is in use, be it a published one or a draft that they may
/// look at. It belongs to whom a new course of the caller would.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeDifferenceCourse {
    pub version: StandardVersionId,
}

/// 差异微课
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DifferenceCourse {
    pub course: CourseId,
    pub title: String,
    pub status: CourseStatus,
    /// Where the revision stands that is on its way to learners, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<RevisionState>,
    /// Questions of its quiz: fewer than three where the changes make no more.
    pub questions: u32,
    /// How many of [`Impact::people`] it was given to.
    pub assigned: u32,
    /// How many of them have done all that it asks, whether it was given to them or not.
    pub finished: u32,
    /// How many of them still have to be given it: it was not, and they have not done it by themselves.
    pub waiting: u32,
    /// Until when it is best done: the day before 实施日期, or in a week where that is over.
    pub due_on: NaiveDate,
}

/// 把差异微课安排给受影响的人
///
/// Those on post within the caller's reach to whom a course was given, or who began one, that rests on what
/// changed or is gone, and who did not learn since what it says now. Safe to repeat: who has it already, or
/// has done it without being told, is not told again.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignDifferenceCourse {
    pub version: StandardVersionId,
    /// To be done by the end of this local date; [`DifferenceCourse::due_on`] where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

/// 安排的结果
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DifferenceAssigned {
    /// Absent where everybody had it already, or nobody is affected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
    /// Who have it now and had not.
    pub people: u32,
    /// Who had it before, or had done it without.
    pub already: u32,
    pub due_on: NaiveDate,
}
