//! 课程建设: how far each course has come, to the row.

mod artefacts;
mod board;
mod ladder;
mod list;
mod saving;
mod shown;

use shared::{
    api::Officer,
    builds::{
        BuildBoard, Builds, CourseBuild, ListBuilds, SaveArtefact, SaveBuild, ShowBuild,
        ShowBuildBoard,
    },
    time::local_date,
};

use super::{
    adopting,
    console::{manage, reach},
    managed,
};
use crate::{
    Result,
    audit::{Event, write},
    http::{Api, Ctx},
};

pub(super) use artefacts::files_of;
pub(super) use ladder::still_to_come_first;

pub(super) fn routes(api: &mut Api) {
    api.on(list_builds).on(show_board).on(show_build).on(save_build).on(save_artefact);
}

async fn list_builds(ctx: Ctx<Officer>, request: ListBuilds) -> Result<Builds> {
    let db = ctx.app.db.read();
    let today = local_date(ctx.app.clock.now(db).await?);
    list::list(db, &reach(&ctx), request, today).await
}

async fn show_board(ctx: Ctx<Officer>, request: ShowBuildBoard) -> Result<BuildBoard> {
    board::board(ctx.app.db.read(), &reach(&ctx), request.whole.unwrap_or_default()).await
}

async fn show_build(ctx: Ctx<Officer>, request: ShowBuild) -> Result<CourseBuild> {
    let db = ctx.app.db.read();
    let course = managed::find_managed(db, &reach(&ctx), request.course).await?;
    let today = local_date(ctx.app.clock.now(db).await?);
    shown::one(db, course, today).await
}

async fn save_build(ctx: Ctx<Officer>, request: SaveBuild) -> Result<CourseBuild> {
    let (course, reach) = (request.course, reach(&ctx));
    manage(&ctx, course).await?;
    write!(ctx, |tx, now| saving::save(tx, request, &reach, now), |actor, build| actor
        .did(Event::BuildSaved, course)
        .with("stage", build.stage.label())
        .with("owner", build.owner_id));
    show_build(ctx, ShowBuild { course }).await
}

async fn save_artefact(ctx: Ctx<Officer>, mut request: SaveArtefact) -> Result<CourseBuild> {
    let (course, slot, by) = (request.course, request.slot, ctx.caller.person);
    manage(&ctx, course).await?;
    let file = request.file.iter_mut().collect();
    adopting::hide_foreign(ctx.app.db.read(), &ctx.caller, file).await?;
    write!(ctx, |tx, now| artefacts::save(tx, request, by, now), |actor, state| actor
        .did(Event::ArtefactSaved, course)
        .with("slot", slot.label())
        .with("state", state.label()));
    show_build(ctx, ShowBuild { course }).await
}
