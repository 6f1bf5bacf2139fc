//! 标准仓: standards by version and clause, what of them is taught and examined, and finding it.
//!
//! - A file becomes paragraphs ([`reading`]), numbers are recognised ([`numbering`]) and propose a
//!   tree ([`splitting`]), which an officer mends ([`proposal`]) and confirms ([`confirming`]). From
//!   then on the clauses of the version never change.
//! - A clause keeps its key from version to version ([`matching`]), by which links follow it
//!   ([`moving`]); what changed waits for an officer, and two people agree on every link ([`links`]).
//! - [`affected`] says whom a new version concerns, [`relearned`] who knows it already, [`difference`] makes the course that tells them, and
//!   [`team`] tells their team leader.
//! - [`coverage`] and [`orphans`] say what is taught and what is not; [`search`] finds text.

mod affected;
mod basis;
mod cards;
mod carrying;
mod catalogue;
mod changes;
mod cited;
mod confirming;
mod console;
mod coverage;
mod difference;
pub mod entity;
mod files;
mod gone;
mod impact;
mod impact_sheet;
mod inserting;
mod links;
mod live;
mod matching;
mod modality;
mod moving;
mod numbering;
mod original;
mod orphans;
mod packaged;
mod picking;
mod picturing;
mod places;
mod posts;
mod proposal;
mod quoting;
pub mod reading;
mod relearned;
mod removing;
mod rereading;
mod search;
mod splitting;
mod stages;
mod standing;
mod tasks;
mod team;
mod upload;
mod versions;

use actix_web::web;
use shared::{
    accounts::Role,
    api::{SignedIn, TeamLeader},
    problem::Code,
    standards::*,
};

/// What the demo's seed does as officers would.
pub(crate) use self::{
    catalogue::add,
    confirming::{Origins, confirm},
    links::{Place, add_as as link_as, review as review_link, submit as submit_link},
    posts::set as set_posts,
    upload::begin,
};
pub use basis::{Basis, basis_of};
pub use cards::{CardName, follow as follow_cards};
pub use cited::{Citation, chips, citation, found_clause, item_chips};
pub use files::{files_in_use, shown_files, shows_file};
pub use gone::gone_clauses;
pub use links::end_of_course as end_links;
pub use live::settle as settle_live;
pub use modality::modality;
pub use packaged::{Cited, ClauseName, cited_by, link_all};
pub use quoting::{Reader, fill_quotes, unseen_quotes};
pub use search::search;
pub use stages::keep_to_dates;
pub use tasks::{Task, given_up, run};

use crate::{
    App, Result,
    http::{Api, Ctx, refuse},
};

pub fn routes(api: &mut Api) {
    api.on(show_cited_clause).on(search_texts).on(list_team_standards);
    console::routes(api);
}

/// `POST /api/console/standards/{standard}/versions` with the file in the one part `file`, answered
/// with a `StandardVersion`; the file that a version was read from; and the impact of a version as a
/// workbook. For officers.
pub fn plain(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/api/console/standards/{standard}/versions")
                .route(web::post().to(upload::upload))
                .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed))),
        )
        .route(
            "/api/console/standard-versions/{version}/impact.xlsx",
            web::get().to(impact_sheet::download),
        )
        .route("/api/console/standard-versions/{version}/file", web::get().to(original::download));
}

/// Brings the index of what can be found up to what is published; to be run once in a while.
pub async fn refresh_search(app: &App) -> Result<()> {
    search::refresh_courses(app).await
}

async fn show_cited_clause(ctx: Ctx<SignedIn>, request: ShowCitedClause) -> Result<CitedClause> {
    Ok(citation(ctx.app.db.read(), &ctx.caller, request.link).await?.clause)
}

async fn search_texts(ctx: Ctx<SignedIn>, request: SearchTexts) -> Result<SearchFound> {
    search::search(ctx.app.db.read(), request).await
}

/// Of the own people only: an officer who leads nobody finds the same on the impact sheet.
async fn list_team_standards(
    ctx: Ctx<TeamLeader>,
    _: ListTeamStandards,
) -> Result<Vec<TeamStandard>> {
    if !ctx.caller.is(Role::TeamLeader) {
        return Ok(Vec::new());
    }
    let now = ctx.app.clock.now(ctx.app.db.read()).await?;
    team::list(ctx.app.db.read(), &ctx.caller.reach(Role::TeamLeader), now).await
}
