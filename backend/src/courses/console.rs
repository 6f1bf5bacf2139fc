//! The officer's side: writing, publishing and assigning courses.

use shared::{
    api::Officer,
    authoring::{
        AddChapter, AddLesson, AssignCourse, Assignment, Audience, CountAudience, CourseDraft,
        CreateCourse, LessonDraft, ListAssignments, ListManagedCourses, ManagedCourse,
        PublishCourse, RemoveChapter, RemoveLesson, RetireCourse, SaveChapter, SaveCourseDetails,
        SaveLesson, ShowCourseDraft, ShowLessonDraft,
    },
    courses::{CourseId, LessonId},
};

use super::{assignments, chapters, details, lessons, managed, publishing};
use crate::{
    Result,
    http::{Api, Ctx},
};

pub(super) fn routes(api: &mut Api) {
    api.on(list_managed)
        .on(create)
        .on(show_draft)
        .on(save_details)
        .on(publish)
        .on(retire)
        .on(add_chapter)
        .on(save_chapter)
        .on(remove_chapter)
        .on(add_lesson)
        .on(show_lesson_draft)
        .on(save_lesson)
        .on(remove_lesson)
        .on(assign)
        .on(list_assignments)
        .on(count_audience);
}

/// Runs one verb in a transaction; the verb gets the transaction and the time.
macro_rules! write {
    ($ctx:expr, |$tx:ident, $now:ident| $verb:expr) => {{
        let clock = $ctx.app.clock.clone();
        $ctx.app
            .db
            .write(move |$tx| {
                Box::pin(async move {
                    let $now = clock.now($tx).await?;
                    $verb.await
                })
            })
            .await?
    }};
}

async fn draft(ctx: &Ctx<Officer>, course: CourseId) -> Result<CourseDraft> {
    managed::draft(ctx.app.db.read(), course).await
}

async fn lesson_draft(ctx: &Ctx<Officer>, lesson: LessonId) -> Result<LessonDraft> {
    lessons::draft(ctx.app.db.read(), lesson).await
}

async fn list_managed(
    ctx: Ctx<Officer>,
    request: ListManagedCourses,
) -> Result<Vec<ManagedCourse>> {
    managed::list(ctx.app.db.read(), request).await
}

async fn create(ctx: Ctx<Officer>, request: CreateCourse) -> Result<CourseDraft> {
    let by = Some(ctx.caller.person);
    let course = write!(ctx, |tx, now| details::create(tx, request.details, by, now));
    draft(&ctx, course).await
}

async fn show_draft(ctx: Ctx<Officer>, request: ShowCourseDraft) -> Result<CourseDraft> {
    draft(&ctx, request.course).await
}

async fn save_details(ctx: Ctx<Officer>, request: SaveCourseDetails) -> Result<CourseDraft> {
    let course = request.course;
    write!(ctx, |tx, now| details::save(tx, request, now));
    draft(&ctx, course).await
}

async fn publish(ctx: Ctx<Officer>, request: PublishCourse) -> Result<CourseDraft> {
    write!(ctx, |tx, now| publishing::publish(tx, request.course, now));
    draft(&ctx, request.course).await
}

async fn retire(ctx: Ctx<Officer>, request: RetireCourse) -> Result<CourseDraft> {
    write!(ctx, |tx, now| publishing::retire(tx, request.course, now));
    draft(&ctx, request.course).await
}

async fn add_chapter(ctx: Ctx<Officer>, request: AddChapter) -> Result<CourseDraft> {
    let course = request.course;
    write!(ctx, |tx, now| chapters::add(tx, course, request.title, now));
    draft(&ctx, course).await
}

async fn save_chapter(ctx: Ctx<Officer>, request: SaveChapter) -> Result<CourseDraft> {
    let course = write!(ctx, |tx, now| chapters::save(tx, request, now));
    draft(&ctx, course).await
}

async fn remove_chapter(ctx: Ctx<Officer>, request: RemoveChapter) -> Result<CourseDraft> {
    let course = write!(ctx, |tx, now| chapters::remove(tx, request, now));
    draft(&ctx, course).await
}

async fn add_lesson(ctx: Ctx<Officer>, request: AddLesson) -> Result<LessonDraft> {
    let lesson = write!(ctx, |tx, now| lessons::add(tx, request, now));
    lesson_draft(&ctx, lesson).await
}

async fn show_lesson_draft(ctx: Ctx<Officer>, request: ShowLessonDraft) -> Result<LessonDraft> {
    lesson_draft(&ctx, request.lesson).await
}

async fn save_lesson(ctx: Ctx<Officer>, request: SaveLesson) -> Result<LessonDraft> {
    let lesson = request.lesson;
    write!(ctx, |tx, now| lessons::save(tx, request, now));
    lesson_draft(&ctx, lesson).await
}

async fn remove_lesson(ctx: Ctx<Officer>, request: RemoveLesson) -> Result<CourseDraft> {
    let course = write!(ctx, |tx, now| lessons::remove(tx, request, now));
    draft(&ctx, course).await
}

async fn assign(ctx: Ctx<Officer>, request: AssignCourse) -> Result<Assignment> {
    let by = Some(ctx.caller.person);
    Ok(write!(ctx, |tx, now| assignments::assign(tx, request, by, now)))
}

async fn list_assignments(ctx: Ctx<Officer>, request: ListAssignments) -> Result<Vec<Assignment>> {
    assignments::list(ctx.app.db.read(), request.course).await
}

async fn count_audience(ctx: Ctx<Officer>, request: CountAudience) -> Result<Audience> {
    assignments::count(ctx.app.db.read(), &request).await
}
