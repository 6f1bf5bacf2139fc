//! 基地: where sessions take place.

mod drawer;
mod page;

pub use page::BasesPage;
