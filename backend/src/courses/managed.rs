//! Courses as officers manage them, drafts and retired ones included.

mod list;
mod listed;
mod wanted;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use shared::{
    authoring::{ChapterDraft, CourseDraft, LessonDraftCard},
    courses::{ChapterId, CourseCategory, CourseId, CourseStatus, LessonId},
    organizations::OrganizationId,
    problem::Code,
    revisions::{ChapterDocument, LessonDocument, RevisionId},
};

use super::{
    entity::{chapter, course, course_revision, lesson},
    publishing, revisions,
};
use crate::{
    Result,
    accounts::Reach,
    db::{Connection, Transaction},
    quizzes,
};

pub(super) use list::{cells, list};
pub(super) use listed::Listed;
pub(super) use wanted::Wanted;

/// A course and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    pub id: CourseId,
    pub title: String,
    pub organization: Option<OrganizationId>,
}

/// On the table of courses: what somebody who reaches so far may change.
pub(super) fn managed(reach: &Reach) -> Condition {
    kept().add(in_reach(reach))
}

/// On the table of courses: what was not removed.
pub(super) fn kept() -> Condition {
    Condition::all().add(course::Column::RemovedAt.is_null())
}

fn in_reach(reach: &Reach) -> Condition {
    reach.of_courses(course::Column::Id, course::Column::OrganizationId)
}

/// On the table of courses: what somebody who reaches so far may look at and assign, which is what
/// they manage and what is published, for the catalogue is everybody's.
pub(super) fn readable(reach: &Reach) -> Condition {
    kept().add(in_reach(reach).add(course::Column::Status.eq(CourseStatus::Published)))
}

/// The courses that somebody who reaches so far manages.
pub async fn owned(db: &Connection, reach: &Reach) -> Result<Vec<Owned>> {
    let found: Vec<(CourseId, String, Option<OrganizationId>)> = course::Entity::find()
        .select_only()
        .columns([course::Column::Id, course::Column::Title, course::Column::OrganizationId])
        .filter(managed(reach))
        .into_tuple()
        .all(db)
        .await?;
    let owned = |(id, title, organization)| Owned { id, title, organization };
    Ok(found.into_iter().map(owned).collect())
}

/// A course of any status, whoever asks: for those whose right to it was established otherwise.
pub(super) async fn by_id(db: &Connection, id: CourseId) -> Result<course::Model> {
    Ok(course::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// A course of any status that somebody who reaches so far may change.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub async fn find_managed(db: &Connection, reach: &Reach, id: CourseId) -> Result<course::Model> {
    let find = course::Entity::find_by_id(id).filter(managed(reach));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// A course that somebody who reaches so far may look at and assign.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub async fn find_readable(db: &Connection, reach: &Reach, id: CourseId) -> Result<course::Model> {
    let find = course::Entity::find_by_id(id).filter(readable(reach));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// The course of a chapter, a lesson or a revision.
///
/// # Errors
/// `not_found`
pub(super) async fn course_of(db: &Connection, part: Part) -> Result<CourseId> {
    let found: Option<CourseId> = match part {
        Part::Chapter(id) => {
            let find = chapter::Entity::find_by_id(id).select_only();
            find.column(chapter::Column::CourseId).into_tuple().one(db).await?
        }
        Part::Lesson(id) => {
            let find = lesson::Entity::find_by_id(id).select_only();
            find.column(lesson::Column::CourseId).into_tuple().one(db).await?
        }
        Part::Revision(id) => {
            let find = course_revision::Entity::find_by_id(id).select_only();
            find.column(course_revision::Column::CourseId).into_tuple().one(db).await?
        }
    };
    Ok(found.ok_or(Code::NotFound)?)
}

/// Something of a course.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Chapter(ChapterId),
    Lesson(LessonId),
    Revision(RevisionId),
}

/// A course that is about to be changed: whoever else wants to change it waits, and finds none where it
/// was removed meanwhile.
pub async fn lock(tx: &Transaction, id: CourseId) -> Result<course::Model> {
    let found = course::Entity::find_by_id(id).filter(kept()).lock_exclusive().one(tx).await?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// The course as its authors see it, with what is still missing.
pub(super) async fn draft(db: &Connection, reach: &Reach, id: CourseId) -> Result<CourseDraft> {
    let course = find_readable(db, reach, id).await?;
    let editable = reach.has_course(id, course.organization_id);
    let standing = revisions::Standing::of(db, &course).await?;
    // What others write is theirs until it is published.
    let document = match &standing.live {
        Some(live) if !editable => revisions::document::of_revision(db, live).await?,
        _ => revisions::document::of_draft(db, id).await?,
    };
    let missing = if editable { publishing::missing_of(db, &course).await? } else { Vec::new() };
    let questions = if editable {
        quizzes::written(db, id).await?.unwrap_or_default()
    } else {
        document.quiz.map_or(0, |it| u32::try_from(it.questions.len()).unwrap_or_default())
    };
    let coming = match &standing.open {
        Some(open) if editable => open.category,
        _ => document.details.category,
    };
    Ok(CourseDraft {
        id,
        editable,
        gated: coming == CourseCategory::PostSkills,
        version: course.version,
        status: course.status,
        details: document.details,
        missing: publishing::to_mend(id, &document.chapters, missing),
        chapters: document.chapters.into_iter().map(chapter_draft).collect(),
        questions,
        live: standing.live.map(|it| it.number.cast_unsigned()),
        changed: standing.changed,
        review: standing.open.map(|it| it.state),
        waivers: Vec::new(),
        updated_at: course.updated_at,
    })
}

fn chapter_draft(chapter: ChapterDocument) -> ChapterDraft {
    let card = |lesson: LessonDocument| LessonDraftCard {
        id: lesson.id,
        title: lesson.title,
        kind: lesson.content.kind(),
        minutes: lesson.minutes,
    };
    ChapterDraft {
        id: chapter.id,
        title: chapter.title,
        lessons: chapter.lessons.into_iter().map(card).collect(),
    }
}
