//! The page that says what to do today.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use shared::{
    courses::LessonId,
    learning::{Resume, Today},
};

use super::{
    entity::lesson_progress::{self, Column},
    paths,
};
use crate::{
    App, Result,
    accounts::{Caller, people},
    courses::{self, entity::revision_lesson},
    db::Connection,
    notifications, quizzes, training,
};

/// What the caller should do, from every domain that has something to say.
pub(super) async fn today(app: &App, caller: &Caller) -> Result<Today> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let mut assigned = courses::assigned_cards(db, caller).await?;
    assigned.retain(|card| !card.progress.complete());
    let mut path = if assigned.is_empty() { paths::own(db, caller).await? } else { Vec::new() };
    path.retain(|card| !card.progress.complete());
    Ok(Today {
        path: path.into_iter().next(),
        me: people::me(app, caller.person).await?,
        now,
        assigned,
        session: training::next_for(db, caller, now).await?,
        resume: resume(db, caller).await?,
        running_attempt: quizzes::running_attempt(db, caller.person, now).await?,
        unread_messages: notifications::unread(db, caller.person).await?,
    })
}

/// The unfinished lesson that the caller studied last, if they may still see it.
async fn resume(db: &Connection, caller: &Caller) -> Result<Option<Resume>> {
    // Asked of each lesson that they began: all that they may see is far more.
    let this = Expr::col((revision_lesson::Entity, revision_lesson::Column::LessonId))
        .equals((lesson_progress::Entity, Column::LessonId));
    let visible = courses::visible_lessons(caller).select_only().expr(Expr::val(1)).filter(this);
    let stopped: Option<(LessonId, i32)> = lesson_progress::Entity::find()
        .select_only()
        .columns([Column::LessonId, Column::Percent])
        .filter(Column::PersonId.eq(caller.person))
        .filter(Column::FinishedAt.is_null())
        .filter(Expr::exists(visible.into_query()))
        .order_by_desc(Column::UpdatedAt)
        .into_tuple()
        .one(db)
        .await?;
    let Some((id, percent)) = stopped else { return Ok(None) };
    let lesson = courses::visible_lesson(db, caller, id).await?;
    Ok(Some(Resume {
        course: lesson.course_id,
        course_title: courses::title(db, lesson.course_id).await?,
        lesson: id,
        lesson_title: lesson.title,
        percent: u32::try_from(percent).unwrap_or_default(),
    }))
}
