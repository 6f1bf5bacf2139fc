//! Freezing a document as the next revision of its course.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use shared::{
    accounts::PersonId,
    content::MediaId,
    courses::CourseId,
    revisions::{CourseDocument, OngoingLearners, RevisionId, RevisionState},
};
use uuid::Uuid;

use super::document;
use crate::db::{Connection, Transaction};
use crate::{
    Result,
    courses::{
        checks::entity::CheckIds,
        content,
        entity::{
            course::{Cover, Practised},
            course_revision, lesson, revision_file, revision_lesson, revision_post,
        },
        files,
    },
    quizzes,
};

/// Rows of one statement.
const AT_ONCE: usize = 100;

/// What a new revision says about itself.
pub(super) struct Frozen {
    pub course: CourseId,
    pub state: RevisionState,
    pub note: String,
    pub by: Option<PersonId>,
}

/// Freezes the document; the course is locked.
pub(super) async fn freeze(
    tx: &Transaction,
    frozen: Frozen,
    document: CourseDocument,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let Frozen { course, .. } = frozen;
    let number = next_number(tx, course).await?;
    let revision = row_of(frozen, &document, number, now)?;
    revision.clone().into_active_model().insert(tx).await?;
    let files = files_of(&document);
    let posts = document.details.posts.iter().map(|post| revision_post::ActiveModel {
        revision_id: Set(revision.id),
        post_id: Set(*post),
    });
    insert(tx, posts).await?;
    if let Some(quiz) = &document.quiz {
        quizzes::freeze(tx, course, revision.id, quiz).await?;
    }
    insert(tx, lessons_of(revision.id, course, document)).await?;
    let files = files.into_iter().map(|file| revision_file::ActiveModel {
        revision_id: Set(revision.id),
        media_id: Set(file),
    });
    insert(tx, files).await?;
    files::note(tx, course).await?;
    Ok(revision)
}

async fn next_number(tx: &Connection, course: CourseId) -> Result<i32> {
    let last: Option<i32> = course_revision::Entity::find()
        .select_only()
        .column(course_revision::Column::Number)
        .filter(course_revision::Column::CourseId.eq(course))
        .order_by_desc(course_revision::Column::Number)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(last.unwrap_or_default() + 1)
}

fn row_of(
    frozen: Frozen,
    document: &CourseDocument,
    number: i32,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let lessons = || document.chapters.iter().flat_map(|it| &it.lessons);
    let details = document.details.clone();
    Ok(course_revision::Model {
        id: RevisionId(Uuid::now_v7()),
        course_id: frozen.course,
        number,
        state: frozen.state,
        level: details.level,
        category: details.category,
        qualification: details.qualification,
        title: details.title,
        summary: details.summary,
        cover: details.cover.map(Cover),
        lessons: i32::try_from(lessons().count()).unwrap_or(i32::MAX),
        minutes: i32::try_from(lessons().map(|it| it.minutes).sum::<u32>()).unwrap_or(i32::MAX),
        checksum: Some(document::checksum(document)?),
        note: frozen.note,
        restored_from: None,
        written_by: frozen.by,
        written_at: now,
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
        practice: Practised::kept(document.practice.clone()),
    })
}

fn files_of(document: &CourseDocument) -> Vec<MediaId> {
    let mut document = document.clone();
    let cover = document.details.cover.take().map(|it| it.media);
    let lessons = document.chapters.iter_mut().flat_map(|it| &mut it.lessons);
    let shown = lessons.flat_map(|it| content::media_of(&mut it.content));
    let mut files: Vec<MediaId> = cover.into_iter().chain(shown).collect();
    files.sort_unstable();
    files.dedup();
    files
}

fn lessons_of(
    revision: RevisionId,
    course: CourseId,
    document: CourseDocument,
) -> impl Iterator<Item = revision_lesson::ActiveModel> {
    let lessons = document.chapters.into_iter().flat_map(|chapter| {
        let (id, title) = (chapter.id, chapter.title);
        chapter.lessons.into_iter().map(move |lesson| (id, title.clone(), lesson))
    });
    (1..).zip(lessons).map(move |(place, (chapter, chapter_title, lesson))| {
        revision_lesson::ActiveModel {
            revision_id: Set(revision),
            lesson_id: Set(lesson.id),
            course_id: Set(course),
            place: Set(place),
            chapter_id: Set(chapter),
            chapter_title: Set(chapter_title),
            title: Set(lesson.title),
            kind: Set(lesson.content.kind()),
            minutes: Set(i32::try_from(lesson.minutes).unwrap_or(i32::MAX)),
            content: Set(lesson::Content(lesson.content)),
            checks: Set(CheckIds(lesson.checks)),
        }
    })
}

/// Several rows a statement, which has room for so many values only.
async fn insert<A>(tx: &Transaction, rows: impl Iterator<Item = A>) -> Result<()>
where
    A: ActiveModelTrait,
{
    let mut rows: Vec<A> = rows.collect();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(AT_ONCE));
        <A::Entity as EntityTrait>::insert_many(rows).exec_without_returning(tx).await?;
        rows = rest;
    }
    Ok(())
}
