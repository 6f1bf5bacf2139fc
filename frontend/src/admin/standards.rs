//! 标准仓: standards, their versions and clauses, and what of them courses teach.

mod basis;
mod changes;
mod clause_picker;
mod clauses;
mod coverage;
mod details;
mod link_fields;
mod link_table;
mod linking;
mod links;
mod list;
mod orphans;
mod places;
mod proposal;
mod proposal_row;
mod standard;
mod upload;
mod version;

pub use basis::{BasisOfLesson, BasisOfQuestions};
pub use coverage::CoveragePage;
pub use links::LinksPage;
pub use list::StandardsPage;
pub use standard::StandardPage;
pub use version::VersionPage;
