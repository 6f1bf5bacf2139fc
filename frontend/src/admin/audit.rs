//! 审计日志: what was done by whom, for the auditor only.

mod filters;
mod page;
mod row;
mod standing;

pub use page::AuditPage;
