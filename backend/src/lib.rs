//! The server of 指尖教学: an API for the phone classroom and the console, the pages a scanned code
//! leads to, and the workers behind them.
//!
//! Platform modules (`http jobs db cache media wechat clock config keys`) know no domain. A domain's
//! tables are queried only by its own module; other domains call its public functions.

pub mod accounts;
pub mod app;
pub mod audit;
pub mod bases;
pub mod cache;
pub mod clock;
pub mod command_line;
pub mod config;
pub mod courses;
pub mod db;
pub mod deliveries;
pub mod error;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod learning;
pub mod media;
pub mod notifications;
pub mod organizations;
#[cfg(test)]
mod printing;
pub mod privacy;
pub mod quizzes;
pub mod reader;
pub mod reports;
pub mod roster;
pub mod seed;
pub mod standards;
pub mod tables;
pub mod training;
pub mod wechat;

pub use app::App;
pub use error::{Error, Result};
