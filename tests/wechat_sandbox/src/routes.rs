//! Which address does what.

use actix_web::{
    FromRequest, Handler, Resource, Responder,
    web::{ServiceConfig, get, post, resource, to},
};

use crate::{
    control, links, login, messages, mini_program_codes, overview, page_tickets, phone,
    reply::Failure, templates, tokens, web_authorisation, web_identity, wecom,
};

/// Everything a sandbox serves.
pub fn all(config: &mut ServiceConfig) {
    apis(config);
    control::routes(config);
    config
        .route("/connect/oauth2/authorize", get().to(web_authorisation::authorize))
        .route("/_sandbox", get().to(overview::show))
        .route("/_sandbox/authorize", get().to(web_authorisation::choose))
        .route("/_sandbox/forget", get().to(web_authorisation::forget));
}

fn apis(config: &mut ServiceConfig) {
    config
        .service(get_api("/sns/jscode2session", login::code2session))
        .service(get_api("/wxa/checksession", login::check_session))
        .service(get_api("/wxa/resetusersessionkey", login::reset_user_session_key))
        .service(get_api("/cgi-bin/token", tokens::token))
        .service(post_api("/cgi-bin/stable_token", tokens::stable_token))
        .service(post_api("/wxa/business/getuserphonenumber", phone::get_user_phone_number))
        .service(post_api("/cgi-bin/message/subscribe/send", messages::send))
        .service(get_api("/wxaapi/newtmpl/gettemplate", templates::get_template))
        .service(post_api("/wxa/getwxacodeunlimit", mini_program_codes::get_unlimited))
        .service(post_api("/wxa/generate_urllink", links::generate_url_link))
        .service(post_api("/wxa/generatescheme", links::generate_scheme))
        .service(get_api("/cgi-bin/ticket/getticket", page_tickets::get_ticket))
        .service(get_api("/sns/oauth2/access_token", web_identity::access_token))
        .service(get_api("/sns/oauth2/refresh_token", web_identity::refresh_token))
        .service(get_api("/sns/auth", web_identity::auth))
        .service(get_api("/sns/userinfo", web_identity::user_info))
        .service(get_api("/cgi-bin/gettoken", wecom::get_token))
        .service(get_api("/cgi-bin/auth/getuserinfo", wecom::get_user_info));
}

/// An API that answers 43001 to anything but GET.
fn get_api<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    resource(path).route(get().to(handler)).default_service(to(
        async || -> Result<&str, Failure> { Err(Failure::new(43001, "require GET method")) },
    ))
}

/// An API that answers 43002 to anything but POST.
fn post_api<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    resource(path).route(post().to(handler)).default_service(to(
        async || -> Result<&str, Failure> { Err(Failure::new(43002, "require POST method")) },
    ))
}
