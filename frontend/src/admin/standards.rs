//! 标准仓: standards, their versions and clauses, and what of them courses teach.

mod changes;
mod clauses;
mod coverage;
mod details;
mod linking;
mod links;
mod list;
mod orphans;
mod proposal;
mod proposal_row;
mod standard;
mod upload;
mod version;

pub use coverage::CoveragePage;
pub use links::LinksPage;
pub use list::StandardsPage;
pub use standard::StandardPage;
pub use version::VersionPage;
