//! 单位与班组: the tree of organisations, and the teams in them.

mod closing;
mod drawer;
mod fields;
mod page;
mod rows;
mod teams;

pub use page::OrganizationsPage;
