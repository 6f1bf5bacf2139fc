//! The calls of a phone to the real server.

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use reqwest::{Client, RequestBuilder, header::CONTENT_TYPE};
use serde::de::IgnoredAny;
use shared::{
    api::{Endpoint, Outgoing, encode},
    courses::{CourseCard, LessonId, ListCourses},
    learning::{LessonProgress, ReportProgress},
    page::Page,
    quizzes::{Answer, Attempt, AttemptId, QuizId, SaveAnswers, SavedAnswers, StartAttempt},
    training::{BeginCheckIn, CheckInTicket, CheckedIn, CompleteCheckIn, TimedCode},
};

use crate::{
    drive::Line,
    scenario::{Learner, Sheet, System},
};

pub struct Fingertip {
    pub http: Client,
    pub base: String,
    pub process: u32,
    pub quiz: QuizId,
    /// An article.
    pub lesson: LessonId,
    /// What the wall shows in the next minutes.
    pub codes: Vec<TimedCode>,
}

impl Fingertip {
    /// A call of the API.
    pub fn call<E: Endpoint>(&self, access_token: Option<&str>, request: &E) -> RequestBuilder {
        let Outgoing { method, target, body } = encode(request);
        let method = method.as_str().parse().expect("a method of HTTP");
        let mut call = self.http.request(method, format!("{}{target}", self.base));
        if let Some(token) = access_token {
            call = call.bearer_auth(token);
        }
        match body {
            Some(body) => call.header(CONTENT_TYPE, "application/json").body(body),
            None => call,
        }
    }

    async fn ask<E: Endpoint>(
        &self,
        line: &mut Line,
        learner: &Learner,
        request: &E,
    ) -> Result<E::Response> {
        line.send(self.call(Some(&learner.access_token), request)).await
    }
}

impl System for Fingertip {
    fn process(&self) -> u32 {
        self.process
    }

    async fn list_courses(&self, line: &mut Line, learner: &Learner) -> Result<()> {
        let page: Page<CourseCard> = self.ask(line, learner, &ListCourses::default()).await?;
        ensure!(!page.items.is_empty(), "the demo has courses");
        Ok(())
    }

    async fn start_attempt(&self, line: &mut Line, learner: &Learner) -> Result<Sheet> {
        let request = StartAttempt { quiz: self.quiz, device: None };
        let attempt: Attempt = self.ask(line, learner, &request).await?;
        let item = attempt.items.first().context("a quiz without questions")?;
        let option = item.options.first().context("a question without options")?;
        Ok(Sheet {
            attempt: attempt.id.0,
            position: item.position,
            option: option.handle.clone(),
            learner: learner.clone(),
        })
    }

    async fn save_answer(&self, line: &mut Line, sheet: &Sheet, client_seq: i64) -> Result<()> {
        let chosen = vec![sheet.option.clone()];
        let request = SaveAnswers {
            attempt: AttemptId(sheet.attempt),
            writer_epoch: 1,
            answers: vec![Answer { position: sheet.position, chosen, client_seq }],
        };
        let saved: SavedAnswers = self.ask(line, &sheet.learner, &request).await?;
        ensure!(saved.saved.iter().any(|it| it.client_seq == client_seq), "it was not kept");
        Ok(())
    }

    async fn report_progress(
        &self,
        line: &mut Line,
        learner: &Learner,
        percent: u32,
    ) -> Result<()> {
        let request = ReportProgress {
            lesson: self.lesson,
            position: percent,
            watched: Vec::new(),
            reached_end: false,
            ago: 0,
        };
        let progress: LessonProgress = self.ask(line, learner, &request).await?;
        ensure!(progress.position == percent, "it was not kept");
        Ok(())
    }

    async fn check_in(&self, line: &mut Line, learner: &Learner) -> Result<()> {
        let now = Utc::now();
        let code = self.codes.iter().find(|code| code.from <= now && now < code.until);
        let code = code.context("the wall shows no code now")?.url.clone();
        let ticket: CheckInTicket = self.ask(line, learner, &BeginCheckIn { code }).await?;
        let request = CompleteCheckIn { ticket: ticket.ticket };
        let done: CheckedIn = self.ask(line, learner, &request).await?;
        ensure!(!done.repeated, "somebody was in already");
        Ok(())
    }
}

/// An answer that only has to be JSON.
pub async fn answered(line: &mut Line, request: RequestBuilder) -> Result<()> {
    line.send::<IgnoredAny>(request).await.map(drop)
}
