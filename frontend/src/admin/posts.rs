//! 岗位: which posts there are, in which order.

mod drawer;
mod page;

pub use page::PostsPage;
