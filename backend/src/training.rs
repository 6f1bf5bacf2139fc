//! Placeholder.
use crate::http::Api;
pub const fn routes(_: &mut Api) {}
pub fn plain(_: &mut actix_web::web::ServiceConfig) {}
