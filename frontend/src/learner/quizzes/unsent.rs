//! Answers the server has not acknowledged, kept on this phone under the attempt's id.

use serde::{Deserialize, Serialize};
use shared::quizzes::{Answer, AttemptId, SaveAnswers, SubmitAttempt};

use crate::{
    client::{Client, Trouble},
    clock, storage,
};

const ANSWERS: &str = "answers:";
const SEQUENCE: &str = "client-seq";
/// More do not fit into one request.
const BATCH: usize = 50;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    pub attempt: AttemptId,
    pub writer_epoch: i32,
    pub answers: Vec<Answer>,
    /// The person said 交卷.
    #[serde(default)]
    pub submit: bool,
}

impl Unsent {
    /// What is kept of an attempt; empty where nothing is.
    pub fn of(attempt: AttemptId, writer_epoch: i32) -> Self {
        storage::read_json(&key(attempt)).unwrap_or(Self {
            attempt,
            writer_epoch,
            answers: Vec::new(),
            submit: false,
        })
    }

    /// Keeps it across a killed app; what is empty is forgotten.
    pub fn keep(&self) {
        if self.answers.is_empty() && !self.submit {
            forget(self.attempt);
        } else {
            storage::write_json(&key(self.attempt), self);
        }
    }

    pub fn save_request(&self) -> SaveAnswers {
        let answers = self.answers.iter().take(BATCH).cloned().collect();
        SaveAnswers { attempt: self.attempt, writer_epoch: self.writer_epoch, answers }
    }

    pub fn submit_request(&self) -> SubmitAttempt {
        let answers = self.answers.clone();
        SubmitAttempt { attempt: self.attempt, writer_epoch: self.writer_epoch, answers }
    }

    /// Sends all of it, for a quiz that is not on the screen.
    pub async fn send(mut self, client: Client) -> Result<(), Trouble> {
        if self.submit {
            return client.call(self.submit_request()).await.map(|_| ());
        }
        while !self.answers.is_empty() {
            client.call(self.save_request()).await?;
            self.answers.drain(..self.answers.len().min(BATCH));
        }
        Ok(())
    }
}

thread_local! {
    /// The attempt on the screen sends its answers itself.
    static OPEN: std::cell::Cell<Option<AttemptId>> = const { std::cell::Cell::new(None) };
}

/// The attempt is on the screen, or none is.
pub fn open(attempt: Option<AttemptId>) {
    OPEN.set(attempt);
}

/// What other attempts left.
pub fn left_behind() -> impl Iterator<Item = Unsent> {
    storage::keys(ANSWERS)
        .into_iter()
        .filter_map(|key| storage::read_json::<Unsent>(&key))
        .filter(|left| Some(left.attempt) != OPEN.get())
}

pub fn forget(attempt: AttemptId) {
    storage::forget(&key(attempt));
}

fn key(attempt: AttemptId) -> String {
    format!("{ANSWERS}{attempt}")
}

/// The next number of a choice: above every one before it, here and, by its clock, on other
/// devices.
pub fn next_seq(above: i64) -> i64 {
    let last = storage::read(SEQUENCE).and_then(|it| it.parse::<i64>().ok()).unwrap_or_default();
    let next = clock::now().timestamp_millis().max(last + 1).max(above + 1);
    storage::write(SEQUENCE, &next.to_string());
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_carries_no_more_answers_than_the_server_takes() {
        let answer = |position| Answer { position, chosen: vec!["a".into()], client_seq: 1 };
        let unsent = Unsent {
            attempt: "0190a1b2-0000-7000-8000-000000000001".parse().unwrap(),
            writer_epoch: 1,
            answers: (1..=60).map(answer).collect(),
            submit: false,
        };
        assert_eq!(unsent.save_request().answers.len(), BATCH);
        assert_eq!(unsent.submit_request().answers.len(), 60);
    }
}
