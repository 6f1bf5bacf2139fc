//! What is asked of both servers.

use anyhow::Result;
use uuid::Uuid;

use crate::drive::Line;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Learner {
    pub id: Uuid,
    pub post: Uuid,
    /// Of the mini-program; the ceiling does not ask for it.
    pub access_token: String,
}

/// An attempt that was started, and an answer to one of its questions.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub attempt: Uuid,
    pub position: i32,
    /// The name of an option.
    pub option: String,
    pub learner: Learner,
}

/// A server that can be asked for all five.
pub trait System {
    /// The server's process.
    fn process(&self) -> u32;

    /// The courses with the learner's progress.
    async fn list_courses(&self, line: &mut Line, learner: &Learner) -> Result<()>;

    /// A new attempt.
    async fn start_attempt(&self, line: &mut Line, learner: &Learner) -> Result<Sheet>;

    /// One answer, newer than those before.
    async fn save_answer(&self, line: &mut Line, sheet: &Sheet, client_seq: i64) -> Result<()>;

    /// How far somebody is in an article.
    async fn report_progress(&self, line: &mut Line, learner: &Learner, percent: u32)
    -> Result<()>;

    /// Begins and completes a check-in: two requests.
    async fn check_in(&self, line: &mut Line, learner: &Learner) -> Result<()>;
}
