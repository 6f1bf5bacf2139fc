//! The steps of a revision as people take them: whoever it waits for next is told, and its author
//! what became of it, in the transaction that did it.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use shared::{
    accounts::{PersonId, Role},
    courses::CourseId,
    problem::Code,
    revisions::RevisionId,
};

use super::steps;
use crate::{
    Result,
    accounts::who_reach_course,
    courses::{entity::course_revision, managed},
    notifications::{self, RevisionName},
};

pub(super) async fn submit(
    tx: &DatabaseTransaction,
    course: CourseId,
    note: String,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let made = steps::submit(tx, course, note, by, now).await?;
    waits(tx, &made, "校核", now).await?;
    Ok(made)
}

pub(super) async fn check(
    tx: &DatabaseTransaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let checked = steps::check(tx, id, by, now).await?;
    waits(tx, &checked, "评审", now).await?;
    Ok(checked)
}

pub(super) async fn approve(
    tx: &DatabaseTransaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let approved = steps::approve(tx, id, by, now).await?;
    decided(tx, &approved, None, by, now).await?;
    Ok(approved)
}

pub(super) async fn send_back(
    tx: &DatabaseTransaction,
    id: RevisionId,
    reason: String,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let returned = steps::send_back(tx, id, reason, by, now).await?;
    decided(tx, &returned, Some(&returned.reason), by, now).await?;
    Ok(returned)
}

/// Tells those who may take the next step, who are all but its author.
async fn waits(
    tx: &DatabaseTransaction,
    revision: &course_revision::Model,
    step: &'static str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut people = officers_of(tx, revision.course_id).await?;
    people.retain(|it| Some(*it) != revision.written_by);
    notifications::revision_waits(tx, &name(revision), step, &people, now).await
}

async fn decided(
    tx: &DatabaseTransaction,
    revision: &course_revision::Model,
    sent_back: Option<&str>,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(author) = revision.written_by.filter(|it| *it != by) else { return Ok(()) };
    notifications::revision_decided(tx, &name(revision), sent_back, author, now).await
}

/// Whoever planned a publication that the gate held back for this reason, and the author.
pub(super) async fn held_back(
    tx: &DatabaseTransaction,
    revision: &course_revision::Model,
    why: Code,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut people: Vec<_> = revision.published_by.into_iter().chain(revision.written_by).collect();
    people.dedup();
    let what_to_do = if why == Code::GateClosed {
        "五化还有红灯。请在管理台补齐或写明豁免，再发布。"
    } else {
        "课程里还缺必须写明的内容。请在管理台补齐，重新送校核、评审，再发布。"
    };
    notifications::publication_held(tx, &name(revision), what_to_do, &people, now).await
}

fn name(revision: &course_revision::Model) -> RevisionName<'_> {
    RevisionName {
        id: revision.id,
        course: revision.course_id,
        title: &revision.title,
        number: revision.number,
    }
}

/// Everybody who may edit the course now.
async fn officers_of(db: &impl ConnectionTrait, id: CourseId) -> Result<Vec<PersonId>> {
    let course = managed::by_id(db, id).await?;
    who_reach_course(db, Role::TrainingOfficer, id, course.organization_id).await
}
