//! 授权: who was given which role, for what, by whom; and giving and taking roles.

mod appointing;
mod giving;
mod rights;
mod shown;

use shared::{accounts::PersonCard, api::*, grants::*, page::Page, problem::Problem};

pub use appointing::{Appointment, appoint};
pub use giving::{end_of_leaver, end_of_mover};

use super::people;
use crate::{
    Result,
    http::{Api, Ctx},
};

pub(super) fn routes(api: &mut Api) {
    api.on(list).on(find_appointees).on(list_scopes).on(grant).on(end);
}

async fn list(ctx: Ctx<Appointer>, request: ListGrants) -> Result<Page<GrantCard>> {
    shown::list(ctx.app.db.read(), &ctx.caller, request).await
}

async fn find_appointees(ctx: Ctx<Appointer>, request: FindAppointees) -> Result<Vec<PersonCard>> {
    let search = request.search.trim();
    if !(2..=30).contains(&search.chars().count()) {
        let problem = Problem::from(shared::problem::Code::InvalidRequest);
        return Err(problem.field("search", "请输入姓名或工号，至少两个字").into());
    }
    let reach = rights::people(&ctx.caller);
    people::search(ctx.app.db.read(), search, &reach, None, 20).await
}

async fn list_scopes(ctx: Ctx<Appointer>, request: ListScopes) -> Result<Vec<ScopeChoice>> {
    shown::scopes(ctx.app.db.read(), &ctx.caller, request.role).await
}

async fn grant(ctx: Ctx<Appointer>, request: GrantRole) -> Result<GrantCard> {
    let id = giving::give(&ctx, request).await?;
    shown::one(ctx.app.db.read(), &ctx.caller, id).await
}

async fn end(ctx: Ctx<Appointer>, request: EndGrant) -> Result<()> {
    giving::end(&ctx, request.grant).await
}
