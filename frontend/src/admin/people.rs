//! 人员: the roster, and bringing people in from a table.

mod applying;
mod bad_rows;
mod erasing;
mod import;
mod invitation;
mod list;
mod person;
mod placement;
mod planned;
mod rows;
mod start;
mod unknown;

pub use import::ImportPage;
pub use list::PeoplePage;
pub use start::StartPage;
