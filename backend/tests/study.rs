//! What learners keep, ask and say beside their lessons, and the learning path of a post: the pages
//! under `/study`.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
#[path = "study/phone.rs"]
mod phone;
mod written;

#[path = "study/asking.rs"]
mod asking;
#[path = "study/assigning.rs"]
mod assigning;
#[path = "study/checking.rs"]
mod checking;
#[path = "study/keeping.rs"]
mod keeping;
#[path = "study/paths.rs"]
mod paths;
#[path = "study/rating.rs"]
mod rating;
