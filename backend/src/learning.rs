//! Placeholder.
use crate::http::Api;
pub const fn routes(_: &mut Api) {}
