//! Turns `async fn(Ctx<_>, Request) -> Result<Response>` into actix routes and an OpenAPI document.

mod access;
mod api;
mod assets;
mod attachment;
mod body;
mod docs;
mod domain_files;
mod file_part;
mod health;
mod look;
mod pages;
mod request_log;
mod respond;
mod secure;
mod server;

pub use access::{Authorize, Ctx};
pub use api::Api;
pub use attachment::{attachment, workbook};
pub use body::MAX_JSON;
pub use file_part::{Limits, SILENCE, file_part, gather, to_disk, unreadable};
pub use look::Look;
pub use pages::{Page, page, page_with_script, redirect};
pub use request_log::init_logging;
pub use respond::{answer_problem, json, refuse};
pub use secure::client_address;
pub use server::{configure, openapi, serve};

use crate::{
    accounts, audit, bases, courses, deliveries, learning, notifications, organizations, privacy,
    quizzes, reports, roster, standards, training,
};

/// Every endpoint of the product.
pub fn api() -> Api {
    let mut api = Api::default();
    accounts::routes(&mut api);
    audit::routes(&mut api);
    organizations::routes(&mut api);
    bases::routes(&mut api);
    courses::routes(&mut api);
    learning::routes(&mut api);
    quizzes::routes(&mut api);
    training::routes(&mut api);
    notifications::routes(&mut api);
    deliveries::routes(&mut api);
    reports::routes(&mut api);
    roster::routes(&mut api);
    standards::routes(&mut api);
    privacy::routes(&mut api);
    crate::media::routes(&mut api);
    crate::wechat::routes(&mut api);
    api
}

/// What is not a row of the endpoint table: redirects, server-rendered pages, uploads, files.
pub fn plain(config: &mut actix_web::web::ServiceConfig) {
    // Before the codes on the wall, in whose folder they are too.
    domain_files::plain(config);
    accounts::plain(config);
    audit::plain(config);
    courses::plain(config);
    quizzes::plain(config);
    training::plain(config);
    reports::plain(config);
    roster::plain(config);
    standards::plain(config);
    privacy::plain(config);
    learning::plain(config);
    crate::media::plain(config);
    crate::wechat::plain(config);
    health::plain(config);
    assets::plain(config);
}
