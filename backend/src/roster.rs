//! 花名册: who works where since when, and how it is brought in from a table.

mod apply;
mod audited;
mod cells;
mod check;
mod confidential;
mod download;
mod entity;
mod erasing;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod history;
mod imports;
mod own_data;
mod people;
mod placement;
pub mod planned;
mod progress;
pub mod reading;
mod sheets;
mod snapshot;
mod table;
mod tasks;
mod team_keeping;
mod teams;
mod upload;

use actix_web::web;
use shared::{
    accounts::Role,
    api::Officer,
    problem::{Code, Problem},
    roster::*,
};

pub use cells::tidy;
pub use erasing::erase;
pub use own_data::own_data;
pub use people::person_of_phone;
pub use planned::make_planned_moves;
pub use tasks::{ImportTask, forget_old_sheets, lock_roster, run};
pub use team_keeping::{
    add_team, close_team, nodes as team_nodes, open_teams, organization_of_team, rename_team,
    reopen_team, uses_of_team,
};
pub use teams::{NamedTeam, members, named_teams, team_ids};
pub use upload::shown_name;

use imports::Theirs;

use crate::{
    Result,
    accounts::Reach,
    http::{Api, Ctx, refuse},
};

pub fn routes(api: &mut Api) {
    api.on(list_roster)
        .on(show_roster_person)
        .on(place_person)
        .on(cancel_planned_placement)
        .on(disclose_person)
        .on(list_teams)
        .on(list_roster_imports)
        .on(show_roster_import)
        .on(list_import_rows)
        .on(correct_rows)
        .on(recheck_import)
        .on(apply_import);
}

/// `POST /api/console/roster/imports` with the file in the one part `file`, answered with a
/// `RosterImport`; the template, and an import's bad rows, as workbooks. For officers.
pub fn plain(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/api/console/roster/imports")
                .route(web::post().to(upload::upload))
                .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed))),
        )
        .route("/api/console/roster/template.xlsx", web::get().to(download::template))
        .route(
            "/api/console/roster/imports/{import}/bad-rows.xlsx",
            web::get().to(download::bad_rows),
        );
}

/// Whom the caller keeps the roster of.
fn reach(ctx: &Ctx<Officer>) -> Reach {
    ctx.caller.reach(Role::TrainingOfficer)
}

async fn list_roster(ctx: Ctx<Officer>, request: ListRoster) -> Result<RosterPage> {
    people::list(&ctx.app, reach(&ctx), request).await
}

async fn show_roster_person(ctx: Ctx<Officer>, request: ShowRosterPerson) -> Result<RosterPerson> {
    people::show(&ctx.app, &reach(&ctx), request.person).await
}

async fn place_person(ctx: Ctx<Officer>, request: PlacePerson) -> Result<RosterPerson> {
    if request.person == ctx.caller.person && !request.active {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("active", "不能给自己办离岗，请让别的经办来办").into());
    }
    placement::place(&ctx.app, ctx.actor(), reach(&ctx), request).await
}

async fn cancel_planned_placement(
    ctx: Ctx<Officer>,
    request: CancelPlannedPlacement,
) -> Result<RosterPerson> {
    planned::cancel(&ctx.app, ctx.actor(), reach(&ctx), request).await
}

async fn disclose_person(ctx: Ctx<Officer>, request: DisclosePerson) -> Result<Disclosure> {
    people::disclose(&ctx.app, ctx.actor(), &reach(&ctx), request).await
}

async fn list_teams(ctx: Ctx<Officer>, request: ListTeams) -> Result<Vec<Team>> {
    teams::list(ctx.app.db.read(), &reach(&ctx), request.organization).await
}

/// Imports of the caller's own, or everybody's for those who keep the whole roster.
fn theirs(ctx: &Ctx<Officer>) -> Theirs {
    (!reach(ctx).is_everything()).then_some(ctx.caller.person)
}

async fn list_roster_imports(ctx: Ctx<Officer>, _: ListRosterImports) -> Result<Vec<RosterImport>> {
    imports::recent(ctx.app.db.read(), theirs(&ctx)).await
}

async fn show_roster_import(ctx: Ctx<Officer>, request: ShowRosterImport) -> Result<RosterImport> {
    imports::show(ctx.app.db.read(), theirs(&ctx), request.import).await
}

async fn list_import_rows(ctx: Ctx<Officer>, request: ListImportRows) -> Result<ImportRows> {
    imports::find(ctx.app.db.read(), theirs(&ctx), request.import).await?;
    sheets::page(&ctx.app, request).await
}

async fn correct_rows(ctx: Ctx<Officer>, request: CorrectRows) -> Result<RosterImport> {
    imports::find(ctx.app.db.read(), theirs(&ctx), request.import).await?;
    imports::correct(&ctx.app, ctx.actor(), request).await
}

async fn recheck_import(ctx: Ctx<Officer>, request: RecheckImport) -> Result<RosterImport> {
    imports::find(ctx.app.db.read(), theirs(&ctx), request.import).await?;
    imports::recheck(&ctx.app, ctx.actor(), request.import).await
}

async fn apply_import(ctx: Ctx<Officer>, request: ApplyImport) -> Result<RosterImport> {
    imports::find(ctx.app.db.read(), theirs(&ctx), request.import).await?;
    imports::apply(&ctx.app, ctx.actor(), request).await
}
