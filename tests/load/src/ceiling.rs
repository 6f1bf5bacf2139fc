//! The same calls to the server that does nothing but the statements.

use anyhow::{Result, ensure};
use reqwest::Client;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    drive::Line,
    scenario::{Learner, Sheet, System},
};

pub struct Ceiling {
    pub http: Client,
    pub base: String,
    pub process: u32,
    pub quiz: Uuid,
    pub lesson: Uuid,
    pub session: Uuid,
}

#[derive(Deserialize)]
struct Courses {
    items: Vec<Value>,
}

#[derive(Deserialize)]
struct Started {
    id: Uuid,
    items: Vec<Value>,
}

#[derive(Deserialize)]
struct Saved {
    saved: Vec<Value>,
}

#[derive(Deserialize)]
struct Reported {
    position: u32,
}

#[derive(Deserialize)]
struct Ticket {
    ticket: String,
}

#[derive(Deserialize)]
struct CheckedIn {
    checked_in_at: Option<String>,
}

impl System for Ceiling {
    fn process(&self) -> u32 {
        self.process
    }

    async fn list_courses(&self, line: &mut Line, learner: &Learner) -> Result<()> {
        let (person, post) = (learner.id, learner.post);
        let target = format!("{}/courses?person={person}&post={post}", self.base);
        let courses: Courses = line.send(self.http.get(target)).await?;
        ensure!(!courses.items.is_empty(), "the copy has no courses");
        Ok(())
    }

    async fn start_attempt(&self, line: &mut Line, learner: &Learner) -> Result<Sheet> {
        let (quiz, person) = (self.quiz, learner.id);
        let target = format!("{}/quizzes/{quiz}/attempts?person={person}", self.base);
        let started: Started = line.send(self.http.post(target)).await?;
        ensure!(!started.items.is_empty(), "the copy has no questions");
        let learner = learner.clone();
        Ok(Sheet { attempt: started.id, position: 1, option: String::new(), learner })
    }

    async fn save_answer(&self, line: &mut Line, sheet: &Sheet, client_seq: i64) -> Result<()> {
        let (attempt, person) = (sheet.attempt, sheet.learner.id);
        let target = format!("{}/attempts/{attempt}/answers?person={person}", self.base);
        let position = sheet.position;
        let body = json!({ "position": position, "chosen": [0], "client_seq": client_seq });
        let saved: Saved = line.send(self.http.put(target).json(&body)).await?;
        ensure!(!saved.saved.is_empty(), "it was not kept");
        Ok(())
    }

    async fn report_progress(
        &self,
        line: &mut Line,
        learner: &Learner,
        percent: u32,
    ) -> Result<()> {
        let (lesson, person) = (self.lesson, learner.id);
        let target = format!("{}/lessons/{lesson}/progress?person={person}", self.base);
        let body = json!({ "position": percent });
        let progress: Reported = line.send(self.http.put(target).json(&body)).await?;
        ensure!(progress.position == percent, "it was not kept");
        Ok(())
    }

    async fn check_in(&self, line: &mut Line, learner: &Learner) -> Result<()> {
        let begin = self.http.post(format!("{}/check-ins/begin", self.base));
        let body = json!({ "person": learner.id, "session": self.session });
        let Ticket { ticket } = line.send(begin.json(&body)).await?;
        let complete = self.http.post(format!("{}/check-ins/complete", self.base));
        let body = json!({ "person": learner.id, "ticket": ticket });
        let done: CheckedIn = line.send(complete.json(&body)).await?;
        ensure!(done.checked_in_at.is_some(), "nobody was checked in");
        Ok(())
    }
}
