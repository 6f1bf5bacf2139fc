//! What the server and its clients agree on: the domain's types and the API made of them.
//!
//! No I/O, no clock, no HTTP library. Scoring is not here, and what holds answer keys exists only
//! with the feature `console`: whatever else is here can reach a phone.
#[macro_use]
pub mod api;
#[macro_use]
pub mod ids;
#[macro_use]
pub mod problem;
pub mod accounts;
#[cfg(feature = "console")]
pub mod audit;
#[cfg(feature = "console")]
pub mod authoring;
#[cfg(feature = "console")]
pub mod bases;
#[cfg(feature = "console")]
pub mod builds;
pub mod content;
pub mod courses;
#[cfg(feature = "console")]
pub mod deliveries;
#[cfg(feature = "console")]
pub mod gates;
#[cfg(feature = "console")]
pub mod grants;
pub mod learning;
#[cfg(feature = "console")]
pub mod media;
pub mod notifications;
pub mod organizations;
#[cfg(feature = "console")]
pub mod packages;
pub mod page;
pub mod practice;
#[cfg(feature = "console")]
pub mod privacy;
pub mod quizzes;
pub mod reports;
#[cfg(feature = "console")]
pub mod revisions;
#[cfg(feature = "console")]
pub mod roster;
pub mod standards;
pub mod time;
pub mod training;
pub mod wechat;
