//! Revisions as officers see them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::{
    accounts::PersonId,
    authoring::QuestionDraft,
    courses::CourseId,
    revisions::{
        CompareRevisions, CourseDocument, CourseRevision, CourseRevisionContent, LessonDocument,
        RevisionChecks, RevisionComparison, RevisionId, RevisionList, Signature,
    },
};

use super::{comparing, document, finding, steps, writers};
use crate::{
    Result,
    accounts::{Reach, people},
    courses::{
        checks,
        entity::{course, course_pin, course_revision},
        managed,
    },
    db::Connection,
    quizzes,
    standards::{self, Reader},
};

/// Who asks, and how far they reach.
#[derive(Clone, Copy)]
pub(super) struct Asker<'a> {
    pub person: PersonId,
    pub reach: &'a Reach,
}

impl Asker<'_> {
    fn may_change(self, course: &course::Model) -> bool {
        self.reach.has_course(course.id, course.organization_id)
    }
}

pub(super) async fn list(
    db: &Connection,
    asker: Asker<'_>,
    course: &course::Model,
) -> Result<RevisionList> {
    Ok(RevisionList {
        course: course.id,
        editable: asker.may_change(course),
        changed: differs(db, course).await?,
        revisions: cards(db, asker, course, finding::all(db, course.id).await?).await?,
    })
}

/// Whether the draft says something else than what learners read.
pub(in crate::courses) async fn differs(db: &Connection, course: &course::Model) -> Result<bool> {
    let Some(live) = finding::live(db, course).await? else { return Ok(true) };
    let draft = document::of_draft(db, course.id).await?;
    match live.checksum {
        Some(checksum) => Ok(document::checksum(&draft)? != checksum),
        None => Ok(draft != document::of_revision(db, &live).await?),
    }
}

pub(super) async fn card(
    db: &Connection,
    asker: Asker<'_>,
    id: RevisionId,
) -> Result<CourseRevision> {
    let revision = finding::by_id(db, id).await?;
    let course = managed::by_id(db, revision.course_id).await?;
    let mut cards = cards(db, asker, &course, vec![revision]).await?;
    Ok(cards.pop().ok_or(shared::problem::Code::NotFound)?)
}

pub(super) async fn content(
    db: &Connection,
    asker: Asker<'_>,
    id: RevisionId,
) -> Result<CourseRevisionContent> {
    let revision = finding::by_id(db, id).await?;
    let mut content = document::of_revision(db, &revision).await?;
    let (mut questions, mut checks) = (Vec::new(), Vec::new());
    // Keys are for those only who write the course.
    let mut reader = Reader::Learner;
    if asker.may_change(&managed::by_id(db, revision.course_id).await?) {
        questions = asked(db, &content).await?;
        checks = checked(db, &content).await?;
        reader = Reader::Author;
    }
    quote(db, &mut content, reader).await?;
    Ok(CourseRevisionContent { revision: card(db, asker, id).await?, content, questions, checks })
}

/// Fills in what the clauses say that the lessons quote.
async fn quote(db: &Connection, document: &mut CourseDocument, reader: Reader) -> Result<()> {
    let lessons = document.chapters.iter_mut().flat_map(|it| &mut it.lessons);
    let lessons = lessons.map(|it| (it.id, &mut it.content)).collect();
    standards::fill_quotes(db, lessons, reader).await
}

/// What its quiz asks, with the keys.
async fn asked(db: &Connection, content: &CourseDocument) -> Result<Vec<QuestionDraft>> {
    let Some(quiz) = &content.quiz else { return Ok(Vec::new()) };
    let versions: Vec<_> = quiz.questions.iter().map(|it| it.version).collect();
    let mut written = quizzes::questions_as_written(db, versions.clone()).await?;
    Ok(versions.iter().filter_map(|it| written.remove(it)).collect())
}

/// What its lessons ask, with the keys.
async fn checked(db: &Connection, content: &CourseDocument) -> Result<Vec<RevisionChecks>> {
    let asking =
        || content.chapters.iter().flat_map(|it| &it.lessons).filter(|it| !it.checks.is_empty());
    let ids = asking().flat_map(|it| it.checks.iter().copied()).collect();
    let mut written = checks::as_written(db, ids).await?;
    let of = |it: &LessonDocument| RevisionChecks {
        lesson: it.id,
        questions: it.checks.iter().filter_map(|id| written.remove(id)).collect(),
    };
    Ok(asking().map(of).collect())
}

pub(super) async fn compare(
    db: &Connection,
    course: &course::Model,
    request: CompareRevisions,
) -> Result<RevisionComparison> {
    let before = match request.before {
        Some(number) => Some(finding::by_number(db, course.id, number).await?),
        None => finding::live(db, course).await?,
    };
    let mut was = match &before {
        Some(revision) => Some(document::of_revision(db, revision).await?),
        None => None,
    };
    let mut is = match request.after {
        Some(number) => {
            document::of_revision(db, &finding::by_number(db, course.id, number).await?).await?
        }
        None => document::of_draft(db, course.id).await?,
    };
    for document in was.iter_mut().chain([&mut is]) {
        quote(db, document, Reader::Author).await?;
    }
    Ok(RevisionComparison {
        before: before.map(|it| it.number.cast_unsigned()),
        after: request.after,
        changes: comparing::compare(db, was.as_ref(), &is).await?,
    })
}

async fn cards(
    db: &Connection,
    asker: Asker<'_>,
    course: &course::Model,
    revisions: Vec<course_revision::Model>,
) -> Result<Vec<CourseRevision>> {
    let ids: Vec<RevisionId> = revisions.iter().map(|it| it.id).collect();
    let writers = writers::of_all(db, &ids).await?;
    let names = names(db, &revisions, writers.values().flatten().copied()).await?;
    let wrote = |id: &RevisionId| writers.get(id).map_or(&[][..], Vec::as_slice);
    let staying = staying(db, course.id).await?;
    let sign = |by: Option<PersonId>, at: Option<DateTime<Utc>>| {
        let name = by.and_then(|it| names.get(&it).cloned()).unwrap_or_default();
        at.map(|at| Signature { name, at })
    };
    let card = |it: course_revision::Model| CourseRevision {
        may: if asker.may_change(course) {
            steps::may(course, (&it, wrote(&it.id)), asker.person)
        } else {
            Vec::new()
        },
        id: it.id,
        course: it.course_id,
        number: it.number.cast_unsigned(),
        state: it.state,
        lessons: it.lessons.cast_unsigned(),
        minutes: it.minutes.cast_unsigned(),
        restored_from: it.restored_from.map(i32::cast_unsigned),
        written: sign(it.written_by, Some(it.written_at))
            .unwrap_or(Signature { name: String::new(), at: it.written_at }),
        writers: wrote(&it.id).iter().filter_map(|it| names.get(it).cloned()).collect(),
        checked: sign(it.checked_by, it.checked_at),
        approved: sign(it.approved_by, it.approved_at),
        returned: sign(it.returned_by, it.returned_at),
        published: sign(it.published_by, it.published_at),
        publish_at: it.publish_at.filter(|_| it.state.is_open()),
        learners: it.learners,
        staying: staying.get(&it.id).copied().unwrap_or_default(),
        title: it.title,
        checksum: it.checksum,
        note: it.note,
        reason: it.reason,
    };
    Ok(revisions.into_iter().map(card).collect())
}

async fn names(
    db: &Connection,
    revisions: &[course_revision::Model],
    writers: impl Iterator<Item = PersonId>,
) -> Result<HashMap<PersonId, String>> {
    let signed = |it: &course_revision::Model| {
        [it.written_by, it.checked_by, it.approved_by, it.returned_by, it.published_by]
    };
    let mut ids: Vec<PersonId> =
        revisions.iter().flat_map(signed).flatten().chain(writers).collect();
    ids.sort_unstable();
    ids.dedup();
    let cards = people::cards_of(db, ids).await?;
    Ok(cards.into_iter().map(|it| (it.id, it.name)).collect())
}

/// How many people stay with each revision while others learn a newer one.
async fn staying(db: &Connection, course: CourseId) -> Result<HashMap<RevisionId, u32>> {
    let counts: Vec<(RevisionId, i64)> = course_pin::Entity::find()
        .select_only()
        .column(course_pin::Column::RevisionId)
        .column_as(course_pin::Column::PersonId.count(), "people")
        .filter(course_pin::Column::CourseId.eq(course))
        .group_by(course_pin::Column::RevisionId)
        .into_tuple()
        .all(db)
        .await?;
    let small = |(id, count)| (id, u32::try_from(count).unwrap_or_default());
    Ok(counts.into_iter().map(small).collect())
}
