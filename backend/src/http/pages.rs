//! Pages the server renders itself: no script, no WebAssembly, for phones with hardly a signal.

use std::any::Any;

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    cookie::Cookie,
    http::{StatusCode, header},
};
use askama::Template;
use shared::accounts::PersonId;

use super::Look;
use crate::Result;

/// A page with its status and cookies.
pub struct Page<T> {
    pub status: StatusCode,
    pub content: T,
    pub cookies: Vec<Cookie<'static>>,
    pub look: Look,
    /// Whose page it is, where a script of ours asks: another may sign in while it stands open.
    pub person: Option<PersonId>,
}

impl<T> Page<T> {
    pub const fn new(status: StatusCode, content: T) -> Self {
        Self { status, content, cookies: Vec::new(), look: Look::NORMAL, person: None }
    }
}

/// The rendered page. Its style stands inside it, allowed by a hash of the shared style sheet.
pub fn page<T: Template>(page: Page<T>) -> Result<HttpResponse> {
    answer(page, policy())
}

/// The same with a script of ours, without which the page does too.
pub fn page_with_script<T: Template>(page: Page<T>) -> Result<HttpResponse> {
    answer(page, format!("{}; script-src 'self'; connect-src 'self'", policy()))
}

fn answer<T: Template>(page: Page<T>, policy: String) -> Result<HttpResponse> {
    let look = page.look.class();
    let person = page.person.map(|it| it.to_string()).unwrap_or_default();
    let values = [("look", &look as &dyn Any), ("person", &person as &dyn Any)];
    let body = page.content.render_with_values(&values)?;
    let mut response = HttpResponseBuilder::new(page.status);
    response
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy));
    for cookie in page.cookies {
        response.cookie(cookie);
    }
    Ok(response.body(body))
}

/// The style sheet that `templates/page.html` puts into every page.
const STYLE: &str = include_str!("../../templates/page.css");

fn policy() -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let hash = BASE64_STANDARD.encode(crate::keys::hash(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Sends the browser elsewhere.
pub fn redirect(to: &str, cookies: Vec<Cookie<'static>>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.finish()
}
