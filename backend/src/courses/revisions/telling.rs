//! The steps of a revision as people take them: whoever it waits for next is told, and its author
//! what became of it, in the transaction that did it.

use chrono::{DateTime, Utc};
use shared::{
    accounts::{PersonId, Role},
    courses::CourseId,
    problem::{Code, Problem},
    revisions::RevisionId,
};

use super::{finding, steps, writers};
use crate::{
    Result,
    accounts::who_reach_course,
    clock::Clock,
    courses::{entity::course_revision, managed},
    db::{Connection, Transaction},
    notifications::{self, RevisionName},
};

pub(super) async fn submit(
    tx: &Transaction,
    course: CourseId,
    note: String,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    // What was written while this waited for its turn is in it: it is of after that.
    managed::lock(tx, course).await?;
    let now = Clock::later(tx, now).await?;
    let made = steps::submit(tx, course, note, by, now).await?;
    waits(tx, &made, "校核", now).await?;
    Ok(made)
}

pub(super) async fn check(
    tx: &Transaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let checked = steps::check(tx, id, by, now).await?;
    waits(tx, &checked, "评审", now).await?;
    Ok(checked)
}

pub(super) async fn approve(
    tx: &Transaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let approved = steps::approve(tx, id, by, now).await?;
    decided(tx, &approved, None, by, now).await?;
    Ok(approved)
}

pub(super) async fn send_back(
    tx: &Transaction,
    id: RevisionId,
    reason: String,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let (_, was) = finding::locked(tx, id).await?;
    let returned = steps::send_back(tx, id, reason, by, now).await?;
    decided(tx, &returned, Some(&returned.reason), by, now).await?;
    called_off(tx, &was, CalledOff::Returned, by, now).await?;
    Ok(returned)
}

/// Tells those who may take the next step, who are all but those who wrote it.
async fn waits(
    tx: &Transaction,
    revision: &course_revision::Model,
    step: &'static str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut people = officers_of(tx, revision.course_id).await?;
    let writers = writers::of(tx, revision.id).await?;
    people.retain(|it| !writers.contains(it));
    notifications::revision_waits(tx, &name(revision), step, &people, now).await
}

async fn decided(
    tx: &Transaction,
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
    tx: &Transaction,
    revision: &course_revision::Model,
    why: &Problem,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut people: Vec<_> = revision.published_by.into_iter().chain(revision.written_by).collect();
    people.dedup();
    let what_to_do = if why.code == Code::GateClosed {
        "五化还有红灯。请在管理台补齐或写明豁免，再发布。"
    } else if why.fields.iter().any(|it| it.field == "clauses") {
        "课程引用的条款，有的在标准的新版本里删了。请在管理台的标准仓解除这些链接，再发布。"
    } else {
        "课程里还缺必须写明的内容。请在管理台补齐，重新送校核、评审，再发布。"
    };
    notifications::publication_held(tx, &name(revision), what_to_do, &people, now).await
}

/// Why a publication that was planned does not take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::courses) enum CalledOff {
    ByHand,
    Returned,
    Restored,
    Retired,
    Removed,
}

impl CalledOff {
    const fn words(self) -> &'static str {
        match self {
            Self::ByHand => "同事取消了。还要发布，请在管理台再定时间，或者直接发布。",
            Self::Returned => "这一版退回去改了。改好以后重新送校核、评审，再发布。",
            Self::Restored => "课程恢复成了以前的一版。还要发布这一版，请在管理台再点发布。",
            Self::Retired => "课程停用了。还要发布，请在管理台再点发布。",
            Self::Removed => "这门课已经删除。",
        }
    }
}

/// Tells the author of a revision, as it was, and whoever planned its publication, that somebody else
/// called that off.
pub(super) async fn called_off(
    tx: &Transaction,
    was: &course_revision::Model,
    why: CalledOff,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(was_at) = was.publish_at else { return Ok(()) };
    let mut people: Vec<_> = was.published_by.into_iter().chain(was.written_by).collect();
    people.dedup();
    // An author to whom it came back has heard of that.
    let has_heard = |it: PersonId| why == CalledOff::Returned && was.written_by == Some(it);
    people.retain(|it| *it != by && !has_heard(*it));
    let why = (why.words(), was_at);
    notifications::publication_called_off(tx, &name(was), why, &people, now).await
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
async fn officers_of(db: &Connection, id: CourseId) -> Result<Vec<PersonId>> {
    let course = managed::by_id(db, id).await?;
    who_reach_course(db, Role::TrainingOfficer, id, course.organization_id).await
}
