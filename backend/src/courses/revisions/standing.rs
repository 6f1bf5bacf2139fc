//! Where a course stands between what is written and what is learnt.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    revisions::{PublishCourse, RevisionId, RevisionState},
};

use super::{finding, going_live, listing, steps};
use crate::{
    Result,
    courses::{
        entity::{course, course_revision},
        gate,
    },
    db::{Connection, Transaction},
};

/// Where a course stands between its draft and its learners.
pub(in crate::courses) struct Standing {
    /// What learners read, or read before it was retired.
    pub live: Option<course_revision::Model>,
    /// What is on its way to them.
    pub open: Option<course_revision::Model>,
    /// Whether the draft says something else than what they read.
    pub changed: bool,
}

impl Standing {
    pub async fn of(db: &Connection, course: &course::Model) -> Result<Self> {
        Ok(Self {
            live: finding::live(db, course).await?,
            open: finding::open(db, course.id).await?,
            changed: listing::differs(db, course).await?,
        })
    }
}

/// Where the revision stands that is on its way to learners, of each of some courses that has one.
pub(in crate::courses) async fn open_states(
    db: &Connection,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, RevisionState>> {
    let found: Vec<(CourseId, RevisionState)> = course_revision::Entity::find()
        .select_only()
        .columns([course_revision::Column::CourseId, course_revision::Column::State])
        .filter(course_revision::Column::CourseId.is_in(courses.iter().copied()))
        .filter(course_revision::Column::State.is_in(open()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// The courses that have a revision on its way to learners, as a subquery.
pub(in crate::courses) fn with_open() -> SelectStatement {
    course_revision::Entity::find()
        .select_only()
        .column(course_revision::Column::CourseId)
        .filter(course_revision::Column::State.is_in(open()))
        .into_query()
}

fn open() -> impl Iterator<Item = RevisionState> {
    RevisionState::ALL.iter().copied().filter(|it| it.is_open())
}

/// What people call a revision.
pub async fn revision_number(db: &Connection, id: RevisionId) -> Result<u32> {
    Ok(finding::by_id(db, id).await?.number.cast_unsigned())
}

/// The same of every revision of a course.
pub async fn revision_numbers(
    db: &Connection,
    course: CourseId,
) -> Result<HashMap<RevisionId, u32>> {
    let found: Vec<(RevisionId, i32)> = course_revision::Entity::find()
        .select_only()
        .columns([course_revision::Column::Id, course_revision::Column::Number])
        .filter(course_revision::Column::CourseId.eq(course))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(id, number)| (id, number.cast_unsigned())).collect())
}

/// Brings the draft to learners by all the steps, for the sample courses: the first writes and
/// publishes it, the second checks and reviews it.
///
/// # Errors
/// As each step.
pub async fn publish_reviewed(
    tx: &Transaction,
    course: CourseId,
    [author, colleague]: [PersonId; 2],
    now: DateTime<Utc>,
) -> Result<()> {
    let revision = steps::submit(tx, course, String::new(), author, now).await?;
    steps::check(tx, revision.id, colleague, now).await?;
    steps::approve(tx, revision.id, colleague, now).await?;
    gate::excuse_sample(tx, course, author, now).await?;
    going_live::publish(tx, PublishCourse::now(course), author, now).await.map(drop)
}
