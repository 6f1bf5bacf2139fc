//! Questions that are brought in many at once.
//!
//! - [`reading`] tells a table ([`table`], [`answer`]) from text in the format GIFT ([`gift`],
//!   [`gift_answers`]) and from an examination paper ([`paper`]), in a process of its own; each gives
//!   [`Read`](read::Read).
//! - [`preview`] says which of them the quiz asks already; [`upload`] is its door for files.
//! - [`adding`] writes those that were chosen; [`template`] is the table to fill in.

mod adding;
mod answer;
mod gift;
mod gift_answers;
mod paper;
mod preview;
mod read;
pub mod reading;
mod table;
mod template;
mod upload;

pub use adding::{Added, add};
pub use preview::preview;
pub use template::template;
pub use upload::upload;

#[cfg(any(test, fuzzing))]
pub mod fuzz;
