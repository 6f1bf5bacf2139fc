//! All that learners read of a course, as one document: of the draft, or of a revision.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};
use shared::{
    authoring::CourseDetails,
    courses::{CheckId, CourseId, LessonId},
    revisions::{ChapterDocument, CourseDocument, LessonDocument, RevisionId},
};

use crate::db::Connection;
use crate::{
    Result,
    audit::chain,
    courses::{
        cards, checks,
        entity::{
            course::{self, Practised},
            course_revision, lesson, revision_lesson, revision_post,
        },
        managed,
        outline::{ChapterLessons, Outline},
    },
    media, quizzes,
};

/// What would be frozen now.
pub(in crate::courses) async fn of_draft(db: &Connection, id: CourseId) -> Result<CourseDocument> {
    let mut course = managed::by_id(db, id).await?;
    let practice = Practised::of(course.practice.take());
    let posts = cards::posts_of(db, &[id]).await?.remove(&id).unwrap_or_default();
    let outline = Outline::of(db, id).await?;
    let lessons = outline.chapters.iter().flat_map(|it| &it.1).map(|it| it.id);
    let mut asked = checks::of_lessons(db, lessons.collect()).await?;
    let chapters = outline.chapters.into_iter().map(|it| chapter(it, &mut asked));
    let mut chapters: Vec<ChapterDocument> = chapters.collect();
    let lessons = chapters.iter_mut().flat_map(|it| &mut it.lessons);
    media::name_subtitles(db, lessons.map(|it| &mut it.content).collect()).await?;
    Ok(CourseDocument {
        details: details(course, posts.into_iter().map(|it| it.id).collect()),
        chapters,
        quiz: quizzes::draft_document(db, id).await?,
        practice,
    })
}

pub(in crate::courses) fn details(
    course: course::Model,
    posts: Vec<shared::organizations::PostId>,
) -> CourseDetails {
    CourseDetails {
        title: course.title,
        summary: course.summary,
        level: course.level,
        category: course.category,
        qualification: course.qualification,
        posts,
        cover: course.cover.map(|it| it.0),
    }
}

fn chapter(
    (chapter, lessons): ChapterLessons,
    asked: &mut HashMap<LessonId, Vec<CheckId>>,
) -> ChapterDocument {
    let document = |it: lesson::Model| LessonDocument {
        id: it.id,
        title: it.title,
        minutes: u32::try_from(it.minutes).unwrap_or_default(),
        content: it.content.0,
        checks: asked.remove(&it.id).unwrap_or_default(),
    };
    ChapterDocument {
        id: chapter.id,
        title: chapter.title,
        lessons: lessons.into_iter().map(document).collect(),
    }
}

/// What was frozen.
pub(in crate::courses) async fn of_revision(
    db: &Connection,
    revision: &course_revision::Model,
) -> Result<CourseDocument> {
    let posts = revision_post::Entity::find()
        .filter(revision_post::Column::RevisionId.eq(revision.id))
        .order_by_asc(revision_post::Column::PostId)
        .all(db)
        .await?;
    Ok(CourseDocument {
        details: CourseDetails {
            title: revision.title.clone(),
            summary: revision.summary.clone(),
            level: revision.level,
            category: revision.category,
            qualification: revision.qualification.clone(),
            posts: posts.into_iter().map(|it| it.post_id).collect(),
            cover: revision.cover.clone().map(|it| it.0),
        },
        chapters: chapters_of(db, revision.id).await?,
        quiz: quizzes::frozen_document(db, revision.id).await?,
        practice: Practised::of(revision.practice.clone()),
    })
}

/// Its chapters and lessons alone.
pub(in crate::courses) async fn chapters_of(
    db: &Connection,
    id: RevisionId,
) -> Result<Vec<ChapterDocument>> {
    let lessons = revision_lesson::Entity::find()
        .filter(revision_lesson::Column::RevisionId.eq(id))
        .order_by_asc(revision_lesson::Column::Place)
        .all(db)
        .await?;
    Ok(chapters(lessons))
}

fn chapters(lessons: Vec<revision_lesson::Model>) -> Vec<ChapterDocument> {
    let mut chapters = Vec::<ChapterDocument>::new();
    for lesson in lessons {
        if chapters.last().is_none_or(|it| it.id != lesson.chapter_id) {
            let (id, title) = (lesson.chapter_id, lesson.chapter_title);
            chapters.push(ChapterDocument { id, title, lessons: Vec::new() });
        }
        if let Some(chapter) = chapters.last_mut() {
            chapter.lessons.push(LessonDocument {
                id: lesson.lesson_id,
                title: lesson.title,
                minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
                content: lesson.content.0,
                checks: lesson.checks.0,
            });
        }
    }
    chapters
}

/// What tells whether a document is still the one that was frozen.
pub(in crate::courses) fn checksum(document: &CourseDocument) -> Result<String> {
    Ok(chain::hex(&Sha256::digest(serde_json::to_vec(document)?)))
}
