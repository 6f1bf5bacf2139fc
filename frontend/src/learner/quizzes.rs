//! 测验: the rules, the attempt, the result.

mod answer_card;
mod attempt;
mod clock_line;
mod intro;
mod mark;
mod paper;
mod question;
mod result;
mod submission;
pub mod unsent;

pub use self::{
    attempt::attempt_page,
    intro::{quiz_page, rules},
    result::result_page,
};
