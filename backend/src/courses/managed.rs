//! Courses as officers manage them, drafts and retired ones included.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use shared::{
    authoring::{
        ChapterDraft, CourseDetails, CourseDraft, LessonDraftCard, ListManagedCourses,
        ManagedCourse,
    },
    courses::CourseId,
    problem::Code,
};

use super::{
    assignments, cards,
    entity::{course, lesson},
    outline::Outline,
    publishing,
};
use crate::{Result, quizzes};

/// A course of any status.
///
/// # Errors
/// `not_found`
pub async fn find_managed(db: &impl ConnectionTrait, id: CourseId) -> Result<course::Model> {
    Ok(course::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// A course that is about to be changed: whoever else wants to change it waits.
pub(super) async fn lock(tx: &DatabaseTransaction, id: CourseId) -> Result<course::Model> {
    let found = course::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// All courses, the last changed first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    request: ListManagedCourses,
) -> Result<Vec<ManagedCourse>> {
    let mut find = course::Entity::find().order_by_desc(course::Column::UpdatedAt);
    if let Some(level) = request.level {
        find = find.filter(course::Column::Level.eq(level));
    }
    if let Some(category) = request.category {
        find = find.filter(course::Column::Category.eq(category));
    }
    let found = find.all(db).await?;
    let ids: Vec<CourseId> = found.iter().map(|it| it.id).collect();
    let mut posts = cards::posts_of(db, &ids).await?;
    let questions = quizzes::question_count(db, &ids).await?;
    let lessons = lesson_counts(db).await?;
    let assigned = assignments::people_counts(db).await?;
    let managed = |it: course::Model| ManagedCourse {
        id: it.id,
        title: it.title,
        level: it.level,
        category: it.category,
        posts: posts.remove(&it.id).into_iter().flatten().map(|post| post.name).collect(),
        status: it.status,
        lessons: lessons.get(&it.id).copied().unwrap_or_default(),
        questions: questions.get(&it.id).copied().unwrap_or_default(),
        assigned: assigned.get(&it.id).copied().unwrap_or_default(),
        updated_at: it.updated_at,
    };
    Ok(found.into_iter().map(managed).collect())
}

/// How many lessons each course has, the unready ones included.
async fn lesson_counts(db: &impl ConnectionTrait) -> Result<HashMap<CourseId, u32>> {
    let counts: Vec<(CourseId, i64)> = lesson::Entity::find()
        .select_only()
        .column(lesson::Column::CourseId)
        .column_as(lesson::Column::Id.count(), "lessons")
        .group_by(lesson::Column::CourseId)
        .into_tuple()
        .all(db)
        .await?;
    let small = |(course, count)| (course, u32::try_from(count).unwrap_or_default());
    Ok(counts.into_iter().map(small).collect())
}

/// The course as its authors see it, with what is still missing.
pub(super) async fn draft(db: &impl ConnectionTrait, id: CourseId) -> Result<CourseDraft> {
    let course = find_managed(db, id).await?;
    let posts = cards::posts_of(db, &[id]).await?.remove(&id).unwrap_or_default();
    let outline = Outline::of(db, id).await?;
    let questions = quizzes::written(db, id).await?;
    let missing = publishing::missing(course.category, posts.len(), &outline, questions);
    Ok(CourseDraft {
        id,
        version: course.version,
        status: course.status,
        details: CourseDetails {
            title: course.title,
            summary: course.summary,
            level: course.level,
            category: course.category,
            posts: posts.into_iter().map(|it| it.id).collect(),
            cover: course.cover.map(|it| it.0),
        },
        chapters: outline.chapters.into_iter().map(chapter_draft).collect(),
        questions: questions.unwrap_or_default(),
        missing: missing.into_iter().map(|it| it.message).collect(),
        updated_at: course.updated_at,
    })
}

fn chapter_draft((chapter, lessons): super::outline::ChapterLessons) -> ChapterDraft {
    let card = |lesson: lesson::Model| LessonDraftCard {
        id: lesson.id,
        title: lesson.title,
        kind: lesson.kind,
        minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
    };
    ChapterDraft {
        id: chapter.id,
        title: chapter.title,
        lessons: lessons.into_iter().map(card).collect(),
    }
}
