//! 复制到其他单位: a package that is made and read here, and seen by nobody.

use shared::{
    accounts::Role,
    api::Officer,
    packages::{CopyCourse, ImportedCourse},
};

use super::{
    gathering::gather,
    importing::{Target, import},
    packing::pack,
    place,
};
use crate::{Result, audit::Event, http::Ctx, media::Workshop};

pub async fn copy_course(ctx: Ctx<Officer>, request: CopyCourse) -> Result<ImportedCourse> {
    let CopyCourse { course, revision, organization } = request;
    let (app, actor) = (&ctx.app, ctx.actor());
    let reach = ctx.caller.reach(Role::TrainingOfficer);
    let gathered = gather(app, &reach, course, revision).await?;
    let target = Target::of(&ctx, organization).await?;
    let _place = place()?;
    let workshop = Workshop::open(app.media.folder())?;
    let now = app.clock.now(app.db.read()).await?;
    let package = pack(app, &gathered, &workshop, now).await?;
    let act = move |copy| {
        let act = actor.did(Event::CourseCopied, copy).with("course", course);
        match organization {
            Some(to) => act.within(to),
            None => act,
        }
    };
    import(app, actor, target, (package, &workshop), act).await
}
