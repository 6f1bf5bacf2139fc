//! A learner's day, their progress through lessons, and what they achieved.

mod achievements;
mod advance;
mod checks;
mod completion;
mod credit;
mod enquiries;
pub mod entity;
mod erasing;
mod favourites;
mod history;
mod notes;
mod own_data;
mod pages;
mod paths;
mod progress;
mod ratings;
mod report;
mod texts;
mod today;
pub mod watched;

use shared::{
    api::{Attending, SignedIn},
    learning::{
        Achievements, CountEnquiries, EnquiryCount, LessonProgress, ReportProgress,
        ShowAchievements, ShowToday, Today,
    },
};

pub use completion::Completion;
pub use erasing::erase;
pub use own_data::own_data;
pub use paths::lay as lay_path;
pub use progress::{
    Reached, Studied, begun_among, begun_ids, begun_lessons, finished_anew, reached_in, studied_by,
};

use crate::{
    Result, courses,
    http::{Api, Ctx},
};
use advance::Measure;
use report::Studying;

pub fn routes(api: &mut Api) {
    api.on(show_today).on(report_progress).on(show_achievements).on(count_enquiries);
}

/// `/study` and what belongs to it.
pub fn plain(config: &mut actix_web::web::ServiceConfig) {
    pages::plain(config);
}

async fn show_today(ctx: Ctx<SignedIn>, _: ShowToday) -> Result<Today> {
    today::today(&ctx.app, &ctx.caller).await
}

async fn report_progress(ctx: Ctx<SignedIn>, request: ReportProgress) -> Result<LessonProgress> {
    report::check(&request)?;
    let caller = ctx.caller;
    let lesson = courses::visible_lesson(ctx.app.db.read(), &caller, request.lesson).await?;
    let studying = Studying {
        person: caller.person,
        sign_in: caller.sign_in,
        lesson: request.lesson,
        course: lesson.course_id,
        revision: lesson.revision_id,
        measure: Measure::of(&lesson.content.0),
    };
    report::take_in(&ctx.app, studying, &lesson.checks, &request).await
}

async fn show_achievements(ctx: Ctx<SignedIn>, _: ShowAchievements) -> Result<Achievements> {
    achievements::achievements(ctx.app.db.read(), ctx.caller.person).await
}

async fn count_enquiries(ctx: Ctx<Attending>, _: CountEnquiries) -> Result<EnquiryCount> {
    let reach = enquiries::reach(&ctx.caller);
    Ok(EnquiryCount { waiting: enquiries::open(ctx.app.db.read(), &reach).await? })
}
