//! The officer's side: writing, publishing and assigning courses.

use shared::{
    accounts::Role,
    api::Officer,
    authoring::{
        AddChapter, AddLesson, AssignCourse, Assignment, Audience, CountAudience,
        CountManagedCourses, CourseCell, CourseDetails, CourseDraft, CreateCourse, LessonChecks,
        LessonDraft, ListAssignments, ListManagedCourses, ManagedCourses, MoveLesson,
        RemoveChapter, RemoveCourse, RemoveLesson, SaveChapter, SaveCourseDetails, SaveLesson,
        SaveLessonChecks, ShowCourseDraft, ShowLessonChecks, ShowLessonDraft,
    },
    courses::{CourseId, LessonId},
    time::local_date,
};

use super::{
    adopting, assignments, chapters, checks, content, details, gate, giving, lessons,
    managed::{self, Part},
    moving, removing,
    revisions::rewrite,
};
use crate::{
    Result,
    accounts::Reach,
    audit::{Event, write},
    http::{Api, Ctx},
    standards,
};

pub(super) fn routes(api: &mut Api) {
    api.on(list_managed)
        .on(count_managed)
        .on(create)
        .on(show_draft)
        .on(save_details)
        .on(remove_course)
        .on(add_chapter)
        .on(save_chapter)
        .on(remove_chapter)
        .on(add_lesson)
        .on(show_lesson_draft)
        .on(save_lesson)
        .on(remove_lesson)
        .on(move_lesson)
        .on(show_checks)
        .on(save_checks)
        .on(assign)
        .on(list_assignments)
        .on(count_audience);
}

pub(super) fn reach(ctx: &Ctx<Officer>) -> Reach {
    ctx.caller.reach(Role::TrainingOfficer)
}

pub(super) async fn draft(ctx: &Ctx<Officer>, course: CourseId) -> Result<CourseDraft> {
    let db = ctx.app.db.read();
    let mut draft = managed::draft(db, &reach(ctx), course).await?;
    if draft.editable {
        let today = local_date(ctx.app.clock.now(db).await?);
        draft.waivers = gate::counting(db, course, today).await?;
    }
    Ok(draft)
}

async fn lesson_draft(ctx: &Ctx<Officer>, lesson: LessonId) -> Result<LessonDraft> {
    let db = ctx.app.db.read();
    let course = managed::course_of(db, Part::Lesson(lesson)).await?;
    let course = managed::find_readable(db, &reach(ctx), course).await?;
    let (mut draft, reader) = if reach(ctx).has_course(course.id, course.organization_id) {
        (lessons::draft(db, lesson).await?, standards::Reader::Author)
    } else {
        // What others write is theirs until it is published.
        (lessons::live(db, &course, lesson).await?, standards::Reader::Learner)
    };
    standards::fill_quotes(db, vec![(lesson, &mut draft.content)], reader).await?;
    Ok(draft)
}

/// Lets through those who may change the course. To whom a course belongs never changes, so that
/// nothing can happen between this and the change.
pub(super) async fn manage(ctx: &Ctx<Officer>, course: CourseId) -> Result<()> {
    managed::find_managed(ctx.app.db.read(), &reach(ctx), course).await.map(drop)
}

/// The same of a part of a course; which course it is.
pub(super) async fn manage_part(ctx: &Ctx<Officer>, part: Part) -> Result<CourseId> {
    let course = managed::course_of(ctx.app.db.read(), part).await?;
    manage(ctx, course).await?;
    Ok(course)
}

async fn list_managed(ctx: Ctx<Officer>, request: ListManagedCourses) -> Result<ManagedCourses> {
    managed::list(ctx.app.db.read(), &reach(&ctx), request).await
}

async fn count_managed(ctx: Ctx<Officer>, _: CountManagedCourses) -> Result<Vec<CourseCell>> {
    managed::cells(ctx.app.db.read(), &reach(&ctx)).await
}

async fn create(ctx: Ctx<Officer>, mut request: CreateCourse) -> Result<CourseDraft> {
    hide_foreign_cover(&ctx, &mut request.details).await?;
    let (by, owner) = (Some(ctx.caller.person), reach(&ctx).owner(ctx.caller.organization)?);
    let course = write!(
        ctx,
        |tx, now| details::create(tx, request.details, by, owner, now),
        |actor, course| actor.did(Event::CourseCreated, *course)
    );
    draft(&ctx, course).await
}

async fn hide_foreign_cover(ctx: &Ctx<Officer>, details: &mut CourseDetails) -> Result<()> {
    let cover = details.cover.iter_mut().map(|it| &mut it.media).collect();
    adopting::hide_foreign(ctx.app.db.read(), &ctx.caller, cover).await
}

async fn show_draft(ctx: Ctx<Officer>, request: ShowCourseDraft) -> Result<CourseDraft> {
    draft(&ctx, request.course).await
}

async fn save_details(ctx: Ctx<Officer>, mut request: SaveCourseDetails) -> Result<CourseDraft> {
    let course = request.course;
    manage(&ctx, course).await?;
    hide_foreign_cover(&ctx, &mut request.details).await?;
    rewrite!((ctx, course), |tx, now| details::save(tx, request, now), |actor, ()| actor
        .did(Event::CourseEdited, course));
    draft(&ctx, course).await
}

async fn remove_course(ctx: Ctx<Officer>, request: RemoveCourse) -> Result<()> {
    let (course, by) = (request.course, ctx.caller.person);
    manage(&ctx, course).await?;
    write!(ctx, |tx, now| removing::remove(tx, course, by, now), |actor, ()| actor
        .did(Event::CourseRemoved, course));
    Ok(())
}

async fn add_chapter(ctx: Ctx<Officer>, request: AddChapter) -> Result<CourseDraft> {
    let course = request.course;
    manage(&ctx, course).await?;
    let title = request.title;
    rewrite!((ctx, course), |tx, now| chapters::add(tx, course, title, now), |actor, chapter| {
        actor.did(Event::ChapterAdded, *chapter).with("course", course)
    });
    draft(&ctx, course).await
}

async fn save_chapter(ctx: Ctx<Officer>, request: SaveChapter) -> Result<CourseDraft> {
    let chapter = request.chapter;
    let course = manage_part(&ctx, Part::Chapter(chapter)).await?;
    rewrite!((ctx, course), |tx, now| chapters::save(tx, request, now), |actor, course| actor
        .did(Event::ChapterEdited, chapter)
        .with("course", *course));
    draft(&ctx, course).await
}

async fn remove_chapter(ctx: Ctx<Officer>, request: RemoveChapter) -> Result<CourseDraft> {
    let chapter = request.chapter;
    let course = manage_part(&ctx, Part::Chapter(chapter)).await?;
    rewrite!((ctx, course), |tx, now| chapters::remove(tx, request, now), |actor, course| actor
        .did(Event::ChapterRemoved, chapter)
        .with("course", *course));
    draft(&ctx, course).await
}

async fn add_lesson(ctx: Ctx<Officer>, request: AddLesson) -> Result<LessonDraft> {
    let chapter = request.chapter;
    let course = manage_part(&ctx, Part::Chapter(chapter)).await?;
    let lesson =
        rewrite!((ctx, course), |tx, now| lessons::add(tx, request, now), |actor, lesson| actor
            .did(Event::LessonAdded, *lesson)
            .with("chapter", chapter));
    lesson_draft(&ctx, lesson).await
}

async fn show_lesson_draft(ctx: Ctx<Officer>, request: ShowLessonDraft) -> Result<LessonDraft> {
    lesson_draft(&ctx, request.lesson).await
}

async fn save_lesson(ctx: Ctx<Officer>, mut request: SaveLesson) -> Result<LessonDraft> {
    let lesson = request.lesson;
    let course = manage_part(&ctx, Part::Lesson(lesson)).await?;
    let files = content::files_mut(&mut request.content);
    adopting::hide_foreign(ctx.app.db.read(), &ctx.caller, files).await?;
    rewrite!((ctx, course), |tx, now| lessons::save(tx, request, now), |actor, ()| actor
        .did(Event::LessonEdited, lesson));
    lesson_draft(&ctx, lesson).await
}

async fn remove_lesson(ctx: Ctx<Officer>, request: RemoveLesson) -> Result<CourseDraft> {
    let lesson = request.lesson;
    let course = manage_part(&ctx, Part::Lesson(lesson)).await?;
    rewrite!((ctx, course), |tx, now| lessons::remove(tx, request, now), |actor, course| actor
        .did(Event::LessonRemoved, lesson)
        .with("course", *course));
    draft(&ctx, course).await
}

async fn move_lesson(ctx: Ctx<Officer>, request: MoveLesson) -> Result<CourseDraft> {
    let (lesson, chapter) = (request.lesson, request.chapter);
    let course = manage_part(&ctx, Part::Lesson(lesson)).await?;
    rewrite!((ctx, course), |tx, now| moving::move_to(tx, request, now), |actor, _| actor
        .did(Event::LessonEdited, lesson)
        .with("chapter", chapter));
    draft(&ctx, course).await
}

/// Keys are for those only who write the course.
async fn show_checks(ctx: Ctx<Officer>, request: ShowLessonChecks) -> Result<LessonChecks> {
    manage_part(&ctx, Part::Lesson(request.lesson)).await?;
    checks::show(ctx.app.db.read(), request.lesson).await
}

async fn save_checks(ctx: Ctx<Officer>, request: SaveLessonChecks) -> Result<LessonChecks> {
    let lesson = request.lesson;
    let course = manage_part(&ctx, Part::Lesson(lesson)).await?;
    rewrite!((ctx, course), |tx, now| checks::save(tx, request, now), |actor, ()| actor
        .did(Event::LessonEdited, lesson));
    checks::show(ctx.app.db.read(), lesson).await
}

async fn assign(ctx: Ctx<Officer>, request: AssignCourse) -> Result<Assignment> {
    let (by, reach) = (Some(ctx.caller.person), reach(&ctx));
    managed::find_readable(ctx.app.db.read(), &reach, request.course).await?;
    let choice = assignments::whom(&request);
    // What is wrong with the choice is told below, with everything else.
    let chosen = assignments::count(ctx.app.db.read(), &reach, &choice).await;
    if let Ok(chosen) = chosen {
        let people = usize::try_from(chosen.people).unwrap_or(usize::MAX);
        giving::check_many(&ctx.app, ctx.caller.sign_in, people).await?;
    }
    let course = request.course;
    Ok(write!(ctx, |tx, now| assignments::assign(tx, request, (by, &reach), now), |actor, it| {
        actor
            .did(Event::CourseAssigned, course)
            .with("assignment", it.id)
            .with("people", it.people)
            .with("due", it.due_on)
    }))
}

async fn list_assignments(ctx: Ctx<Officer>, request: ListAssignments) -> Result<Vec<Assignment>> {
    assignments::list(ctx.app.db.read(), &reach(&ctx), request.course).await
}

async fn count_audience(ctx: Ctx<Officer>, request: CountAudience) -> Result<Audience> {
    assignments::count(ctx.app.db.read(), &reach(&ctx), &request).await
}
