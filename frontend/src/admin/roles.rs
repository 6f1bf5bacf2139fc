//! 角色: who may do what, and for what part of the bureau.

mod ending;
mod giving;
mod list;

pub use list::RolesPage;
