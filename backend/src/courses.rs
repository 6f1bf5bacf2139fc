//! Courses: published ones as learners see them, and the console's side of writing, publishing and
//! assigning them.
//!
//! `visible.rs` alone decides what learners see, which is a revision; officers go through
//! [`find_managed`] and write a draft, which reaches learners by way of [`revisions`].

mod adopting;
mod assignments;
mod builds;
mod cards;
mod chapters;
pub mod checks;
mod cited;
mod console;
mod content;
mod details;
pub mod entity;
mod fields;
mod files;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod gate;
mod giving;
mod heads;
mod lessons;
mod list;
mod managed;
mod moving;
mod outline;
mod own_data;
mod package;
mod practice;
mod publishing;
mod removing;
mod revisions;
mod show;
mod usage;
mod visible;

use sea_orm::{ColumnTrait, QueryFilter};
use shared::{
    api::SignedIn,
    courses::{Course, CourseCard, CourseId, Lesson, ListCourses, ShowCourse, ShowLesson},
    page::Page,
};

pub use assignments::{assign, assigned_among, assigned_ids, assigned_since, assigned_to, due_on};
pub use chapters::add as add_chapter;
pub use checks::save as save_checks;
pub use cited::{
    LessonHead, LiveText, lesson_head, lesson_heads, live_lesson_titles, live_lessons,
    live_revision, live_revision_ids, live_revisions, live_text, managed_ids, officers,
    published_except, readable_ids, removed_lessons,
};
pub use details::create;
pub use fields::tidy;
pub use files::{FileUse, files_in_use, shown_files, shows_file, subtitles_in_use, uses_of_files};
pub use gate::{remind_of_waivers, waive};
pub use giving::{Giving, check_many, give_to_others};
pub use heads::{Head, heads};
pub use lessons::{add as add_lesson, save as save_lesson};
pub use managed::{Owned, find_managed, find_readable, lock, owned};
pub use own_data::{lesson_titles, own_data};
pub use practice::{
    checklist_items, item_texts, learned as learned_practice, live_site, save as save_practice,
};
pub use publishing::retire;
pub use revisions::{
    ScheduledPublication, publish_reviewed, publish_scheduled, revision_number, revision_numbers,
    wrote,
};
pub use usage::{for_post, of_organization};
pub use visible::{
    Learned, LearnedIn, counts_for, is_learned, is_offered, is_published, join_course_learned,
    learned_by, learned_in, sizes, title, titles, visible_lesson, visible_lessons, visible_to,
    was_published,
};

use crate::{
    Result,
    accounts::Caller,
    db::Connection,
    http::{Api, Ctx},
    media, standards,
};

pub fn routes(api: &mut Api) {
    api.on(list_courses).on(show_course).on(show_lesson);
    console::routes(api);
    revisions::routes(api);
    builds::routes(api);
    gate::routes(api);
    practice::routes(api);
    package::routes(api);
}

/// Course packages, which come and go as files.
pub fn plain(config: &mut actix_web::web::ServiceConfig) {
    package::plain(config);
}

async fn list_courses(ctx: Ctx<SignedIn>, request: ListCourses) -> Result<Page<CourseCard>> {
    list::list(ctx.app.db.read(), &ctx.caller, request).await
}

async fn show_course(ctx: Ctx<SignedIn>, request: ShowCourse) -> Result<Course> {
    show::course(ctx.app.db.read(), &ctx.caller, request.course).await
}

async fn show_lesson(ctx: Ctx<SignedIn>, request: ShowLesson) -> Result<Lesson> {
    let db = ctx.app.db.read();
    let mut lesson = show::lesson(db, &ctx.caller, request.lesson).await?;
    media::describe(db, &mut lesson.content).await?;
    let quoting = vec![(lesson.id, &mut lesson.content)];
    standards::fill_quotes(db, quoting, standards::Reader::Learner).await?;
    Ok(lesson)
}

/// Those of the courses that the caller may see, in the order asked for.
pub async fn cards_of(
    db: &Connection,
    caller: &Caller,
    ids: &[CourseId],
) -> Result<Vec<CourseCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = cards::rows(caller).filter(entity::course::Column::Id.is_in(ids.iter().copied()));
    let mut found = cards::cards(db, caller.person, rows.into_model().all(db).await?).await?;
    found.sort_by_key(|card| ids.iter().position(|it| *it == card.id));
    Ok(found)
}

/// What was assigned to the caller and is visible, complete or not, the soonest due first.
pub async fn assigned_cards(db: &Connection, caller: &Caller) -> Result<Vec<CourseCard>> {
    let rows = cards::assigned_rows(caller).into_model().all(db).await?;
    cards::cards(db, caller.person, rows).await
}
