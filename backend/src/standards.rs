//! 标准仓: standards by version and clause, what of them is taught and examined, and finding it.
//!
//! - A file becomes paragraphs ([`reading`]), numbers are recognised ([`numbering`]) and propose a
//!   tree ([`splitting`]), which an officer mends ([`proposal`]) and confirms ([`confirming`]). From
//!   then on the clauses of the version never change.
//! - A clause keeps its key from version to version ([`matching`]), by which links follow it
//!   ([`moving`]); what changed waits for an officer, and two people agree on every link ([`links`]).
//! - [`coverage`] and [`orphans`] say what is taught and what is not; [`search`] finds text.

mod basis;
mod catalogue;
mod changes;
mod cited;
mod confirming;
mod console;
mod coverage;
pub mod entity;
mod impact;
mod impact_sheet;
mod links;
mod matching;
mod modality;
mod moving;
mod numbering;
mod orphans;
mod packaged;
mod picking;
mod posts;
mod proposal;
pub mod reading;
mod search;
mod splitting;
mod stages;
mod standing;
mod tasks;
mod upload;
mod versions;

use actix_web::web;
use shared::{api::SignedIn, problem::Code, standards::*};

/// What the demo's seed does as officers would.
pub(crate) use self::{
    catalogue::add,
    confirming::confirm,
    links::{Place, add as link, review as review_link, submit as submit_link},
    posts::set as set_posts,
    upload::begin,
    versions::save as save_version,
};
pub use basis::{Basis, basis_of};
pub use cited::{Citation, card_now, chips, citation, gone_clauses};
pub use packaged::{Cited, ClauseName, cited_by, link_all};
pub use stages::keep_to_dates;
pub use tasks::{Task, run};

use crate::{
    App, Result,
    http::{Api, Ctx, refuse},
};

pub fn routes(api: &mut Api) {
    api.on(show_cited_clause).on(search_texts);
    console::routes(api);
}

/// `POST /api/console/standards/{standard}/versions` with the file in the one part `file`, answered
/// with a `StandardVersion`; and the impact of a version as a workbook. For officers.
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
        );
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
