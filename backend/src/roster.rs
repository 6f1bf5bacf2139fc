//! 花名册: who works where since when, and how it is brought in from a table.

mod apply;
mod archive;
mod cells;
mod check;
mod confidential;
mod download;
mod entity;
mod history;
mod imports;
mod people;
mod placement;
mod progress;
mod sheets;
mod snapshot;
mod table;
mod tasks;
mod upload;

use actix_web::web;
use shared::{
    api::Officer,
    organizations::{Organization, Post},
    problem::{Code, Problem},
    roster::*,
};

pub use people::person_of_phone;
pub use tasks::{ImportTask, forget_old_sheets, run};

use crate::{
    Result,
    http::{Api, Ctx, refuse},
    organizations,
};

pub fn routes(api: &mut Api) {
    api.on(list_roster)
        .on(show_roster_person)
        .on(place_person)
        .on(disclose_person)
        .on(list_teams)
        .on(add_organization)
        .on(add_post)
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

async fn list_roster(ctx: Ctx<Officer>, request: ListRoster) -> Result<RosterPage> {
    people::list(&ctx.app, request).await
}

async fn show_roster_person(ctx: Ctx<Officer>, request: ShowRosterPerson) -> Result<RosterPerson> {
    people::show(&ctx.app, request.person).await
}

async fn place_person(ctx: Ctx<Officer>, request: PlacePerson) -> Result<RosterPerson> {
    if request.person == ctx.caller.person && !request.active {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("active", "不能给自己办离岗，请让别的经办来办").into());
    }
    placement::place(&ctx.app, request).await
}

async fn disclose_person(ctx: Ctx<Officer>, request: DisclosePerson) -> Result<Disclosure> {
    people::disclose(&ctx.app, request).await
}

async fn list_teams(ctx: Ctx<Officer>, request: ListTeams) -> Result<Vec<Team>> {
    people::teams(ctx.app.db.read(), request.organization).await
}

async fn add_organization(ctx: Ctx<Officer>, request: AddOrganization) -> Result<Organization> {
    let (name, clock) = (new_name(&request.name, 60)?, ctx.app.clock.clone());
    let AddOrganization { kind, parent, .. } = request;
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tasks::lock_roster(tx).await?;
                let now = clock.now(tx).await?;
                organizations::add_organization(tx, &name, kind, parent, now).await
            })
        })
        .await
}

async fn add_post(ctx: Ctx<Officer>, request: AddPost) -> Result<Post> {
    let (name, clock) = (new_name(&request.name, 40)?, ctx.app.clock.clone());
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tasks::lock_roster(tx).await?;
                organizations::add_post(tx, &name, clock.now(tx).await?).await
            })
        })
        .await
}

/// A name as the cells of a file are read.
fn new_name(name: &str, most: usize) -> Result<String> {
    let name = cells::tidy(name);
    if name.is_empty() || name.chars().count() > most {
        let message = format!("请填写名称，最多 {most} 个字");
        return Err(Problem::from(Code::InvalidRequest).field("name", message).into());
    }
    Ok(name)
}

async fn list_roster_imports(ctx: Ctx<Officer>, _: ListRosterImports) -> Result<Vec<RosterImport>> {
    imports::recent(ctx.app.db.read()).await
}

async fn show_roster_import(ctx: Ctx<Officer>, request: ShowRosterImport) -> Result<RosterImport> {
    imports::show(ctx.app.db.read(), request.import).await
}

async fn list_import_rows(ctx: Ctx<Officer>, request: ListImportRows) -> Result<ImportRows> {
    sheets::page(&ctx.app, request).await
}

async fn correct_rows(ctx: Ctx<Officer>, request: CorrectRows) -> Result<RosterImport> {
    imports::correct(&ctx.app, request).await
}

async fn recheck_import(ctx: Ctx<Officer>, request: RecheckImport) -> Result<RosterImport> {
    imports::recheck(&ctx.app, request.import).await
}

async fn apply_import(ctx: Ctx<Officer>, request: ApplyImport) -> Result<RosterImport> {
    imports::apply(&ctx.app, request).await
}
