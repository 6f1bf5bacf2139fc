//! A course and a lesson as the learner studies them.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use shared::{
    content::LessonKind,
    courses::{Chapter, ChapterId, Course, CourseId, Lesson, LessonCard, LessonId},
    problem::Code,
};

use super::{
    cards::{cards, rows},
    entity::{chapter, course, lesson},
    visible,
};
use crate::{
    Result,
    accounts::Caller,
    learning::{self, Studied},
    quizzes,
};

/// A visible course with its chapters and the caller's progress in each lesson.
///
/// # Errors
/// `not_found`, whether it is missing or may not be seen.
pub(super) async fn course(
    db: &impl ConnectionTrait,
    caller: &Caller,
    id: CourseId,
) -> Result<Course> {
    let row = rows(caller).filter(course::Column::Id.eq(id)).into_model().one(db).await?;
    let mut card = cards(db, caller.person, row.into_iter().collect()).await?;
    let card = card.pop().ok_or(Code::NotFound)?;
    let studied = learning::studied_by(db, caller.person, id).await?;
    let ready = ready_lessons(db, id).await?;
    Ok(Course {
        card,
        next_lesson: where_to_go_on(&ready, &studied),
        chapters: chapters(db, id, ready, &studied).await?,
        quiz: quizzes::card(db, id, caller.person).await?,
    })
}

/// A lesson without its content.
#[derive(Debug, FromQueryResult)]
struct Headline {
    id: LessonId,
    chapter_id: ChapterId,
    title: String,
    kind: LessonKind,
    minutes: i32,
}

/// The ready lessons of a course in the order in which they are studied.
async fn ready_lessons(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<Headline>> {
    use lesson::Column::{ChapterId, CourseId, Id, Kind, Minutes, Position, Ready, Title};
    let mut find =
        lesson::Entity::find().select_only().columns([Id, ChapterId, Title, Kind, Minutes]);
    let chapter = Expr::col((chapter::Entity, chapter::Column::Id));
    QuerySelect::query(&mut find)
        .inner_join(chapter::Entity, chapter.equals((lesson::Entity, ChapterId)));
    let found = find
        .filter(CourseId.eq(course))
        .filter(Ready.eq(true))
        .order_by_asc(chapter::Column::Position)
        .order_by_asc(chapter::Column::Id)
        .order_by_asc(Position)
        .order_by_asc(Id)
        .into_model()
        .all(db)
        .await?;
    Ok(found)
}

async fn chapters(
    db: &impl ConnectionTrait,
    course: CourseId,
    ready: Vec<Headline>,
    studied: &HashMap<LessonId, Studied>,
) -> Result<Vec<Chapter>> {
    let titles: Vec<(ChapterId, String)> = chapter::Entity::find()
        .select_only()
        .columns([chapter::Column::Id, chapter::Column::Title])
        .filter(chapter::Column::CourseId.eq(course))
        .into_tuple()
        .all(db)
        .await?;
    let mut titles: HashMap<ChapterId, String> = titles.into_iter().collect();
    let mut found = Vec::<Chapter>::new();
    for lesson in ready {
        if found.last().is_none_or(|it| it.id != lesson.chapter_id) {
            let title = titles.remove(&lesson.chapter_id).unwrap_or_default();
            found.push(Chapter { id: lesson.chapter_id, title, lessons: Vec::new() });
        }
        if let Some(chapter) = found.last_mut() {
            chapter.lessons.push(lesson_card(&lesson, studied));
        }
    }
    Ok(found)
}

fn lesson_card(lesson: &Headline, studied: &HashMap<LessonId, Studied>) -> LessonCard {
    let studied = studied.get(&lesson.id);
    let finished_at = studied.and_then(|it| it.progress.finished_at);
    LessonCard {
        id: lesson.id,
        title: lesson.title.clone(),
        kind: lesson.kind,
        minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
        finished_at,
        started: studied.is_some() && finished_at.is_none(),
    }
}

/// The lesson last studied and not finished, else the first unfinished one.
fn where_to_go_on(ready: &[Headline], studied: &HashMap<LessonId, Studied>) -> Option<LessonId> {
    let begun = ready.iter().filter_map(|lesson| {
        let studied = studied.get(&lesson.id).filter(|it| it.progress.finished_at.is_none())?;
        Some((studied.updated_at, lesson.id))
    });
    let untouched = ready.iter().find(|lesson| !studied.contains_key(&lesson.id));
    begun.max().map(|(_, id)| id).or(untouched.map(|lesson| lesson.id))
}

/// A visible lesson with its content and the caller's progress in it.
///
/// # Errors
/// `not_found`, whether it is missing or may not be seen.
pub(super) async fn lesson(
    db: &impl ConnectionTrait,
    caller: &Caller,
    id: LessonId,
) -> Result<Lesson> {
    let lesson = visible::visible_lesson(db, caller, id).await?;
    let order = ready_lessons(db, lesson.course_id).await?;
    let here = order.iter().position(|it| it.id == id).unwrap_or_default();
    let neighbour = |at: Option<usize>| Some(order.get(at?)?.id);
    let next = neighbour(here.checked_add(1));
    let mut studied = learning::studied_by(db, caller.person, lesson.course_id).await?;
    Ok(Lesson {
        id,
        course: lesson.course_id,
        course_title: visible::title(db, lesson.course_id).await?,
        title: lesson.title,
        minutes: u32::try_from(lesson.minutes).unwrap_or_default(),
        content: lesson.content.0,
        progress: studied.remove(&id).map(|it| it.progress).unwrap_or_default(),
        previous: neighbour(here.checked_sub(1)),
        quiz: match next {
            Some(_) => None,
            None => quizzes::card(db, lesson.course_id, caller.person).await?,
        },
        next,
    })
}
