//! Answers of an attempt, kept on this phone: what the server has not acknowledged, so that it is not
//! lost, and what it has, so that an app that was killed in a basement shows it again.

use serde::{Deserialize, Serialize};
use shared::{
    problem::Code,
    quizzes::{Answer, AttemptId, SaveAnswers, SubmitAttempt},
};

use crate::{
    client::{Client, Trouble},
    clock, storage,
};

const ANSWERS: &str = "answers:";
const SEQUENCE: &str = "client-seq";
const LATE: &str = "late:";
/// More do not fit into one request.
const BATCH: usize = 50;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    pub attempt: AttemptId,
    pub writer_epoch: i32,
    /// What the server has not acknowledged.
    pub answers: Vec<Answer>,
    /// What it has.
    #[serde(default)]
    pub saved: Vec<Answer>,
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
            saved: Vec::new(),
            submit: false,
        })
    }

    /// Keeps it across a killed app. Whether this phone could.
    pub fn keep(&self) -> bool {
        storage::write_json(&key(self.attempt), self)
    }

    fn is_sent(&self) -> bool {
        self.answers.is_empty() && !self.submit
    }

    pub fn save_request(&self) -> SaveAnswers {
        let answers = self.answers.iter().take(BATCH).cloned().collect();
        SaveAnswers { attempt: self.attempt, writer_epoch: self.writer_epoch, answers }
    }

    pub fn submit_request(&self) -> SubmitAttempt {
        let answers = self.answers.clone();
        SubmitAttempt { attempt: self.attempt, writer_epoch: self.writer_epoch, answers }
    }

    /// Sends all of it, for a quiz that is not on the screen. Answers how many came too late.
    pub async fn send(mut self, client: Client) -> Result<usize, Trouble> {
        if self.submit {
            let submitted = client.call(self.submit_request()).await?;
            return Ok(submitted.late_ignored.len());
        }
        while !self.answers.is_empty() {
            client.call(self.save_request()).await?;
            self.answers.drain(..self.answers.len().min(BATCH));
        }
        Ok(0)
    }

    /// It was sent, or refused for good. What was added meanwhile is left for the next time.
    pub fn settle(&self, answer: Result<usize, Trouble>) {
        let late = answer.unwrap_or_else(|trouble| self.late(&trouble));
        note_late(self.attempt, late);
        if storage::read_json::<Self>(&key(self.attempt)).as_ref() == Some(self) {
            forget(self.attempt);
        }
    }

    /// How many answers a refusal leaves out of the score.
    pub fn late(&self, trouble: &Trouble) -> usize {
        match trouble.code() {
            Some(Code::AnswerLate | Code::AttemptOver) => self.answers.len(),
            _ => 0,
        }
    }
}

/// Remembers, for the page with the result, that answers came too late to count.
pub fn note_late(attempt: AttemptId, answers: usize) {
    if answers > 0 {
        storage::write(&format!("{LATE}{attempt}"), &answers.to_string());
    }
}

/// How many answers of an attempt came too late to count.
pub fn noted_late(attempt: AttemptId) -> Option<String> {
    storage::read(&format!("{LATE}{attempt}"))
}

thread_local! {
    /// The attempt on the screen sends its answers itself.
    static OPEN: std::cell::Cell<Option<AttemptId>> = const { std::cell::Cell::new(None) };
}

/// The attempt is on the screen, or none is.
pub fn open(attempt: Option<AttemptId>) {
    OPEN.set(attempt);
    if attempt.is_some() {
        // Only the attempt on the screen needs to know what is saved.
        kept().filter(Unsent::is_sent).for_each(|done| forget(done.attempt));
    }
}

/// What is kept of attempts that are not on the screen.
fn kept() -> impl Iterator<Item = Unsent> {
    storage::keys(&storage::of_owner(ANSWERS, ""))
        .into_iter()
        .filter_map(|key| storage::read_json::<Unsent>(&key))
        .filter(|left| Some(left.attempt) != OPEN.get())
}

/// What other attempts of this person left to send.
pub fn left_behind() -> impl Iterator<Item = Unsent> {
    kept().filter(|left| !left.is_sent())
}

pub fn forget(attempt: AttemptId) {
    storage::forget(&key(attempt));
}

fn key(attempt: AttemptId) -> String {
    storage::of_owner(ANSWERS, &attempt.to_string())
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
            saved: Vec::new(),
            submit: false,
        };
        assert_eq!(unsent.save_request().answers.len(), BATCH);
        assert_eq!(unsent.submit_request().answers.len(), 60);
    }
}
