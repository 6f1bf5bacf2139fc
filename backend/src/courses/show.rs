//! A course and a lesson as the learner studies them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    content::{LessonContent, LessonKind},
    courses::{Chapter, ChapterId, Course, CourseId, Lesson, LessonCard, LessonId},
    problem::Code,
    revisions::RevisionId,
};

use super::{
    builds,
    cards::{CardRow, cards, rows},
    entity::{course, revision_lesson},
    visible,
};
use crate::{
    Result,
    accounts::Caller,
    db::Connection,
    learning::{self, Studied},
    quizzes, standards,
};

/// A visible course with its chapters and the caller's progress in each lesson.
///
/// # Errors
/// `not_found`, whether it is missing or may not be seen.
pub(super) async fn course(db: &Connection, caller: &Caller, id: CourseId) -> Result<Course> {
    let row = rows(caller).filter(course::Column::Id.eq(id)).into_model().one(db).await?;
    let row: CardRow = row.ok_or(Code::NotFound)?;
    let revision = row.revision;
    let lessons = lessons_of(db, revision).await?;
    let card = cards(db, caller.person, vec![row]).await?.pop().ok_or(Code::NotFound)?;
    let studied = learning::studied_by(db, caller.person, id).await?;
    let comes_first = if card.progress.complete() {
        Vec::new()
    } else {
        builds::still_to_come_first(db, caller, id).await?
    };
    Ok(Course {
        card,
        next_lesson: where_to_go_on(&lessons, &studied),
        chapters: chapters(&lessons, &studied),
        quiz: quizzes::card(db, id, caller.person).await?,
        comes_first,
        revision: Some(revision.0),
    })
}

/// What the caller's revision is called.
async fn title(db: &Connection, caller: &Caller, course: CourseId) -> Result<String> {
    let learned = visible::learned_by(db, caller.person, &[course]).await?.remove(&course);
    Ok(learned.ok_or(Code::NotFound)?.title)
}

/// A lesson without its content.
#[derive(Debug, FromQueryResult)]
struct Headline {
    lesson_id: LessonId,
    chapter_id: ChapterId,
    chapter_title: String,
    title: String,
    kind: LessonKind,
    minutes: i32,
}

/// The lessons of a revision in the order in which they are studied.
async fn lessons_of(db: &Connection, revision: RevisionId) -> Result<Vec<Headline>> {
    use revision_lesson::Column::{
        ChapterId, ChapterTitle, Kind, LessonId, Minutes, Place, RevisionId, Title,
    };
    let found = revision_lesson::Entity::find()
        .select_only()
        .columns([LessonId, ChapterId, ChapterTitle, Title, Kind, Minutes])
        .filter(RevisionId.eq(revision))
        .order_by_asc(Place)
        .into_model()
        .all(db)
        .await?;
    Ok(found)
}

fn chapters(lessons: &[Headline], studied: &HashMap<LessonId, Studied>) -> Vec<Chapter> {
    let of_one = lessons.chunk_by(|one, other| one.chapter_id == other.chapter_id);
    let chapter = |lessons: &[Headline]| Chapter {
        id: lessons[0].chapter_id,
        title: lessons[0].chapter_title.clone(),
        lessons: lessons.iter().map(|it| lesson_card(it, studied)).collect(),
    };
    of_one.map(chapter).collect()
}

fn lesson_card(lesson: &Headline, studied: &HashMap<LessonId, Studied>) -> LessonCard {
    let studied = studied.get(&lesson.lesson_id);
    let finished_at = studied.and_then(|it| it.progress.finished_at);
    LessonCard {
        id: lesson.lesson_id,
        title: lesson.title.clone(),
        kind: lesson.kind,
        minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
        finished_at,
        started: studied.is_some() && finished_at.is_none(),
    }
}

/// Nobody is led to what their revision has not.
fn forget_lost_twin(content: &mut LessonContent, lessons: &[Headline]) {
    if let Some(twin) = content.twin_mut() {
        let is_there = |id: &LessonId| {
            lessons.iter().any(|it| it.lesson_id == *id && it.kind == LessonKind::Article)
        };
        *twin = twin.filter(is_there);
    }
}

/// The lesson last studied and not finished, else the first unfinished one.
fn where_to_go_on(lessons: &[Headline], studied: &HashMap<LessonId, Studied>) -> Option<LessonId> {
    let begun = lessons.iter().filter_map(|lesson| {
        let studied =
            studied.get(&lesson.lesson_id).filter(|it| it.progress.finished_at.is_none())?;
        Some((studied.updated_at, lesson.lesson_id))
    });
    let untouched = lessons.iter().find(|lesson| !studied.contains_key(&lesson.lesson_id));
    begun.max().map(|(_, id)| id).or(untouched.map(|lesson| lesson.lesson_id))
}

/// A visible lesson with its content and the caller's progress in it.
///
/// # Errors
/// `not_found`, whether it is missing or may not be seen.
pub(super) async fn lesson(db: &Connection, caller: &Caller, id: LessonId) -> Result<Lesson> {
    let mut lesson = visible::visible_lesson(db, caller, id).await?;
    let order = lessons_of(db, lesson.revision_id).await?;
    forget_lost_twin(&mut lesson.content.0, &order);
    let here = order.iter().position(|it| it.lesson_id == id).unwrap_or_default();
    let neighbour = |at: Option<usize>| Some(order.get(at?)?.lesson_id);
    let next = neighbour(here.checked_add(1));
    let mut studied = learning::studied_by(db, caller.person, lesson.course_id).await?;
    Ok(Lesson {
        clauses: standards::chips(db, id, &lesson.content.0).await?,
        id,
        course: lesson.course_id,
        course_title: title(db, caller, lesson.course_id).await?,
        title: lesson.title,
        minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
        content: lesson.content.0,
        checks: u32::try_from(lesson.checks.0.len()).unwrap_or_default(),
        progress: studied.remove(&id).map(|it| it.progress).unwrap_or_default(),
        previous: neighbour(here.checked_sub(1)),
        quiz: match next {
            Some(_) => None,
            None => quizzes::card(db, lesson.course_id, caller.person).await?,
        },
        next,
    })
}
