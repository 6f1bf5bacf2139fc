//! 实操要求 as officers read and write them.

use shared::{
    api::Officer,
    practice::{PracticeDraft, SavePractice, ShowPractice},
};

use crate::{
    Result,
    audit::Event,
    courses::{
        console::{manage, reach},
        managed,
        revisions::rewrite,
    },
    http::{Api, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(show_practice).on(save_practice);
}

async fn show_practice(ctx: Ctx<Officer>, request: ShowPractice) -> Result<PracticeDraft> {
    let (db, reach) = (ctx.app.db.read(), reach(&ctx));
    let course = managed::find_readable(db, &reach, request.course).await?;
    let own = !request.live && reach.has_course(course.id, course.organization_id);
    super::show(db, course, own).await
}

async fn save_practice(ctx: Ctx<Officer>, request: SavePractice) -> Result<PracticeDraft> {
    let course = request.course;
    manage(&ctx, course).await?;
    rewrite!((ctx, course), |tx, now| super::save(tx, request, now), |actor, ()| actor
        .did(Event::PracticeEdited, course));
    show_practice(ctx, ShowPractice { course, live: false }).await
}
