//! 标准仓: standards, their versions and clauses, and what of them courses teach.

mod basis;
mod changes;
mod clause_picker;
mod clauses;
mod confirm;
mod coverage;
mod details;
mod difference;
mod link_fields;
mod link_table;
mod linking;
mod links;
mod list;
mod orphans;
mod pictures;
mod places;
mod proposal;
mod proposal_row;
mod removing;
mod search;
mod stage;
mod standard;
mod unsaved;
mod upload;
mod version;
mod version_days;

pub use basis::{BasisOfItems, BasisOfLesson, BasisOfQuestions};
pub use coverage::CoveragePage;
pub use link_table::Links;
pub use links::LinksPage;
pub use list::StandardsPage;
pub use search::{SearchBox, SearchPage};
pub use standard::StandardPage;
pub use version::VersionPage;
