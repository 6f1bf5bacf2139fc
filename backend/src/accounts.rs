//! Who somebody is and how they sign in.

mod access_token;
pub mod binding;
mod caller;
pub(crate) mod cookies;
mod devices;
pub mod entity;
mod forgetting;
mod hs256;
pub mod password;
pub mod people;
pub mod refreshing;
pub mod roster;
pub mod sign_in;
mod web_tickets;
mod wechat_sign_in;
mod who_to_ask;

use std::time::Duration;

use shared::{
    accounts::*,
    api::*,
    problem::{Code, Problem},
};

pub use access_token::{self_test, signing_key};
pub use caller::{Caller, Callers, authenticate, authenticate_browser, authenticate_fetch};
pub use forgetting::forget_old_sign_ins;
pub use shared::accounts::ClientKind;

use crate::{
    Result,
    http::{Api, Ctx},
    keys::hash,
};

pub fn routes(api: &mut Api) {
    api.on(sign_in_with_password)
        .on(sign_in_with_mini_program)
        .on(refresh_sign_in)
        .on(sign_out)
        .on(show_me)
        .on(list_people);
    devices::routes(api);
    web_tickets::routes(api);
    binding::routes(api);
}

pub fn plain(config: &mut actix_web::web::ServiceConfig) {
    wechat_sign_in::plain(config);
    binding::plain(config);
}

async fn sign_in_with_password(
    ctx: Ctx<Public>,
    request: SignInWithPassword,
) -> Result<SignedInAnswer> {
    limit_tries(&ctx, &request.username).await?;
    let person = password::check(&ctx.app, &request.username, request.password).await?;
    let tokens = sign_in::begin(&ctx.app, person, ClientKind::Password).await?;
    cookies::give(&ctx.app.config, &tokens, |cookie| ctx.set_cookie(cookie));
    Ok(SignedInAnswer { me: people::me(&ctx.app, person).await?, tokens: None })
}

/// Sixty tries a quarter of an hour for each address, ten for each name. The address comes first, so
/// that whoever is stopped can no longer use up the tries at other people's names.
async fn limit_tries(ctx: &Ctx<Public>, username: &str) -> Result<()> {
    count_try(ctx, format!("password:address:{}", ctx.address), 60).await?;
    password::refuse_impossible(username)?;
    count_try(ctx, format!("password:name:{}", fingerprint(username)), 10).await
}

async fn count_try(ctx: &Ctx<Public>, key: String, most: u64) -> Result<()> {
    if ctx.app.cache.count(&key, Duration::from_mins(15)).await <= most {
        return Ok(());
    }
    let problem = Problem::from(Code::TooManyTries);
    Err(problem.detail("15 分钟后可以再试；忘了密码请联系培训办公室").into())
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
    let identity = ctx.app.wechat.mini_program_person(&request.code).await?;
    let person = people::known_by(&ctx.app, &identity).await?.ok_or(Code::UnknownPerson)?;
    let tokens = sign_in::begin(&ctx.app, person, ClientKind::MiniProgram).await?;
    Ok(SignedInAnswer { me: people::me(&ctx.app, person).await?, tokens: Some(tokens.into()) })
}

async fn refresh_sign_in(ctx: Ctx<Public>, request: RefreshSignIn) -> Result<SignedInAnswer> {
    let in_cookie = cookies::refresh_token(&ctx.app.config, |name| ctx.cookie(name));
    let in_body = request.refresh_token.is_some();
    let presented = request.refresh_token.or(in_cookie).ok_or(Code::NotSignedIn)?;
    let tokens = match refreshing::rotate(&ctx.app, presented).await {
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
    sign_in::end(&ctx.app, ctx.caller.sign_in, "signed_out").await?;
    cookies::take_back(&ctx.app.config, |cookie| ctx.set_cookie(cookie));
    Ok(())
}

async fn show_me(ctx: Ctx<SignedIn>, _: ShowMe) -> Result<Me> {
    people::me(&ctx.app, ctx.caller.person).await
}

async fn list_people(ctx: Ctx<Officer>, request: ListPeople) -> Result<Vec<PersonCard>> {
    people::list(ctx.app.db.read(), request.role).await
}
