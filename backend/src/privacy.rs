//! 隐私: what people are told about their data, whether they agreed, what they may take along, and
//! how those who left are forgotten.

mod consent;
pub mod entity;
mod erasure;
mod own_data;
mod own_data_page;
mod page;

use shared::{api::*, privacy::*};

pub use erasure::is_erased;
pub use own_data::{Row, Section, row, when, yes};

use crate::{
    Result,
    http::{Api, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(show_privacy_consent)
        .on(give_privacy_consent)
        .on(withdraw_privacy_consent)
        .on(erase_person);
}

/// `/privacy` and what belongs to it.
pub fn plain(config: &mut actix_web::web::ServiceConfig) {
    page::plain(config);
    own_data_page::plain(config);
}

async fn show_privacy_consent(ctx: Ctx<SignedIn>, _: ShowPrivacyConsent) -> Result<PrivacyConsent> {
    consent::show(ctx.app.db.read(), ctx.caller.person).await
}

async fn give_privacy_consent(
    ctx: Ctx<SignedIn>,
    request: GivePrivacyConsent,
) -> Result<PrivacyConsent> {
    consent::give(&ctx.app, ctx.actor(), ctx.caller.person, &request.version).await
}

async fn withdraw_privacy_consent(
    ctx: Ctx<SignedIn>,
    _: WithdrawPrivacyConsent,
) -> Result<PrivacyConsent> {
    consent::withdraw(&ctx.app, ctx.actor(), ctx.caller.person).await
}

async fn erase_person(ctx: Ctx<Operator>, request: ErasePerson) -> Result<()> {
    erasure::erase(&ctx.app, ctx.actor(), request.person).await
}
