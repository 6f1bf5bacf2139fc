//! Quizzes: what learners can do, what they cannot, and what nobody learns too early.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;

#[path = "quizzes/answering.rs"]
mod answering;
#[path = "quizzes/drafts.rs"]
mod drafts;
#[path = "quizzes/handing_in.rs"]
mod handing_in;
#[path = "quizzes/importing.rs"]
mod importing;
#[path = "quizzes/papers.rs"]
mod papers;
#[path = "quizzes/prepared.rs"]
mod prepared;
#[path = "quizzes/results.rs"]
mod results;
#[path = "quizzes/standing.rs"]
mod standing;
#[path = "quizzes/starting.rs"]
mod starting;
#[path = "quizzes/waiting.rs"]
mod waiting;
