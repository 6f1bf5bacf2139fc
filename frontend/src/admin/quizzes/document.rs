//! Saving a quiz.

use leptos::prelude::*;
use shared::{
    authoring::{QuizDraft, SaveQuizDraft, ShowQuizDraft},
    courses::CourseId,
};

use super::fields::{QuestionFields, QuizFields, QuizValue};
use crate::{
    admin::{
        courses::CourseDesk,
        kit::{Answer, Document, Versioned},
    },
    client::Client,
};

#[derive(Clone, Copy)]
pub struct QuizDocument {
    pub desk: CourseDesk,
    pub course: CourseId,
    pub fields: QuizFields,
}

pub fn versioned(quiz: QuizDraft) -> Versioned<QuizValue> {
    let QuizDraft { version, settings, questions, .. } = quiz;
    Versioned { version, value: QuizValue { settings, questions } }
}

impl QuizDocument {
    /// Takes over what the server has added to what was saved here.
    pub fn add(self, saved: &mut QuizValue, server: QuizValue) {
        let known: Vec<_> = saved.questions.iter().map(|it| it.id).collect();
        for question in server.questions.into_iter().filter(|it| !known.contains(&it.id)) {
            self.fields.questions.add(|| QuestionFields::of(question.clone()));
            saved.questions.push(question);
        }
    }
}

impl Document for QuizDocument {
    type Form = QuizFields;

    fn name(self) -> String {
        format!("quiz/{}", self.course)
    }

    fn form(self) -> QuizFields {
        self.fields
    }

    async fn fetch(self, client: Client) -> Answer<QuizValue> {
        client.call(ShowQuizDraft { course: self.course }).await.map(versioned)
    }

    async fn save(self, client: Client, value: QuizValue, version: i32) -> Answer<QuizValue> {
        let QuizValue { settings, questions } = value;
        let request = SaveQuizDraft { course: self.course, version, settings, questions };
        let saved = client.call(request).await.map(versioned)?;
        // The number of questions, and what is missing for publishing.
        self.desk.refresh().await;
        Ok(saved)
    }

    /// Questions saved for the first time have an id from now on, and keep it while they move.
    fn accept(self, mut sent: QuizValue, answer: QuizValue) -> QuizValue {
        for item in untrack(|| self.fields.questions.get()) {
            let place = untrack(|| self.fields.questions.sent_place(item.key));
            if let Some(saved) = place.and_then(|place| answer.questions.get(place)) {
                item.value.id.set(saved.id);
            }
        }
        for (question, saved) in sent.questions.iter_mut().zip(answer.questions) {
            question.id = saved.id;
        }
        sent
    }
}
