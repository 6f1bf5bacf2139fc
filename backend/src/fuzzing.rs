//! What anybody may send us, tried with bytes that nobody would: each target reads some and must
//! neither panic nor believe what it must not.
//!
//! `cargo test` tries every file of `fuzz/corpus/<target>` and a number of changed ones; one that
//! fails is kept there, so that it is tried for ever. `cargo +nightly fuzz run <target>` in
//! `backend/` goes on from the same files for as long as it is let.

pub use crate::{
    accounts::fuzz::{access_token, spoken_code},
    courses::fuzz::{lesson, rich_text},
    media::fuzz::{picture, video},
    quizzes::importing::fuzz::questions,
    roster::fuzz::{sheet, workbook},
    training::fuzz::check_in_code,
    wechat::fuzz::callback,
};

#[cfg(test)]
mod tests;
