//! Who somebody is and how they sign in.

mod access_token;
pub mod binding;
mod caller;
pub mod confirmations;
pub(crate) mod cookies;
mod devices;
mod door;
pub mod entity;
mod erasing;
mod forgetting;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
pub mod grants;
mod hs256;
mod one_time_codes;
mod own_data;
pub mod password;
mod passwords;
pub mod people;
pub mod reach;
pub mod refreshing;
pub mod roster;
pub mod second_factor;
pub mod sign_in;
mod spoken_code;
pub mod step_up;
mod tries;
mod usage;
pub mod visitor;
mod web_tickets;
mod wechat_sign_in;
mod who_to_ask;

use shared::{accounts::*, api::*, problem::Code};

pub use access_token::{self_test, signing_key};
pub use caller::{
    Caller, Callers, authenticate, authenticate_browser, authenticate_fetch, of_sign_in,
};
pub use erasing::erase;
pub use forgetting::forget_old_sign_ins;
pub use own_data::{may_take_along, own_data};
pub use reach::{Reach, reach_of, who_reach_course};
pub use shared::accounts::ClientKind;
pub use usage::{grants_for, people_by_organization, people_by_post, people_in, people_with_post};
pub use who_to_ask::MessagePage;

use crate::{
    App, Result,
    audit::{self, Event, Object, ObjectKind},
    http::{Api, Ctx},
    keys::hash,
};

pub fn routes(api: &mut Api) {
    api.on(sign_in_with_mini_program).on(refresh_sign_in).on(sign_out).on(show_me).on(list_people);
    devices::routes(api);
    web_tickets::routes(api);
    binding::routes(api);
    grants::routes(api);
    passwords::routes(api);
    second_factor::routes(api);
    confirmations::routes(api);
    step_up::routes(api);
}

pub fn plain(config: &mut actix_web::web::ServiceConfig) {
    wechat_sign_in::plain(config);
    binding::plain(config);
    passwords::plain(config);
    second_factor::plain(config);
    confirmations::plain(config);
}

/// Records why somebody was not let in, and whose account it was where that is known.
async fn watched<T>(ctx: &Ctx<Public>, whom: Option<PersonId>, answer: Result<T>) -> Result<T> {
    let whom = whom.map_or(Object::unknown(ObjectKind::Person), Object::from);
    let failed = ctx.actor().was_refused(Event::SignInFailed, whom);
    audit::watched(&ctx.app, failed, answer).await
}

/// What stands for a text in a key of the cache: short, whatever was typed.
fn fingerprint(text: &str) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(hash(text.as_bytes()))
}

async fn sign_in_with_mini_program(
    ctx: Ctx<Public>,
    request: SignInWithMiniProgram,
) -> Result<SignedInAnswer> {
    let answer = by_mini_program(&ctx.app, &request.code).await;
    let person = watched(&ctx, None, answer).await?;
    let tokens = sign_in::begin(&ctx.app, ctx.actor(), person, ClientKind::MiniProgram).await?;
    Ok(SignedInAnswer { me: people::me(&ctx.app, person).await?, tokens: Some(tokens.into()) })
}

async fn by_mini_program(app: &App, code: &str) -> Result<PersonId> {
    let identity = app.wechat.mini_program_person(code).await?;
    Ok(people::known_by(app, &identity).await?.ok_or(Code::UnknownPerson)?)
}

async fn refresh_sign_in(ctx: Ctx<Public>, request: RefreshSignIn) -> Result<SignedInAnswer> {
    let in_cookie = cookies::refresh_token(&ctx.app.config, |name| ctx.cookie(name));
    let in_body = request.refresh_token.is_some();
    let presented = request.refresh_token.or(in_cookie).ok_or(Code::NotSignedIn)?;
    let tokens = match refreshing::rotate(&ctx.app, ctx.actor(), presented).await {
        Ok(tokens) => tokens,
        Err(error) => {
            // Only what is worth nothing any more: where the database had a hiccup, the browser
            // asks again with the same token.
            if !in_body && error.code() == Some(Code::NotSignedIn) {
                cookies::take_back(&ctx.app.config, |cookie| ctx.set_cookie(cookie));
            }
            return Err(error);
        }
    };
    let me = people::me(&ctx.app, tokens.person).await?;
    if in_body {
        return Ok(SignedInAnswer { me, tokens: Some(tokens.into()) });
    }
    cookies::give(&ctx.app.config, &tokens, |cookie| ctx.set_cookie(cookie));
    Ok(SignedInAnswer { me, tokens: None })
}

async fn sign_out(ctx: Ctx<SignedIn>, _: SignOut) -> Result<()> {
    sign_in::end(&ctx.app, ctx.actor(), ctx.caller.sign_in).await?;
    cookies::take_back(&ctx.app.config, |cookie| ctx.set_cookie(cookie));
    Ok(())
}

async fn show_me(ctx: Ctx<SignedIn>, _: ShowMe) -> Result<Me> {
    people::me(&ctx.app, ctx.caller.person).await
}

async fn list_people(ctx: Ctx<Officer>, request: ListPeople) -> Result<Vec<PersonCard>> {
    people::list(ctx.app.db.read(), &ctx.caller.reach(Role::TrainingOfficer), request.role).await
}
