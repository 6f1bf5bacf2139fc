//! Saving what is written of 实操.

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    practice::{ChecklistItemId, Practice, PracticeDraft, SavePractice, ShowPractice},
};

use super::{
    fields::{PracticeFields, PracticeValue},
    numbers::refusal,
};
use crate::{
    admin::{
        courses::CourseDesk,
        kit::{Answer, Document, Versioned},
    },
    client::Client,
};

#[derive(Clone, Copy)]
pub struct PracticeDocument {
    desk: CourseDesk,
    course: CourseId,
    pub fields: PracticeFields,
    /// The items that the server has: to those clauses can be linked.
    pub saved: RwSignal<Vec<ChecklistItemId>>,
}

pub fn versioned(draft: PracticeDraft) -> Versioned<PracticeValue> {
    let PracticeDraft { version, practice, .. } = draft;
    Versioned { version, value: PracticeValue { practice, unread: Vec::new() } }
}

fn ids_of(practice: &Practice) -> Vec<ChecklistItemId> {
    practice.checklist.items.iter().map(|it| it.id).collect()
}

impl PracticeDocument {
    pub fn of(desk: CourseDesk, draft: &PracticeDraft) -> Self {
        let saved = RwSignal::new(ids_of(&draft.practice));
        Self { desk, course: draft.course, fields: PracticeFields::new(), saved }
    }

    fn told(self, draft: PracticeDraft) -> Versioned<PracticeValue> {
        // The page may have been left while the server was thinking.
        let _ = self.saved.try_set(ids_of(&draft.practice));
        versioned(draft)
    }
}

impl Document for PracticeDocument {
    type Form = PracticeFields;

    fn name(self) -> String {
        format!("practice/{}", self.course)
    }

    fn form(self) -> PracticeFields {
        self.fields
    }

    async fn fetch(self, client: Client) -> Answer<PracticeValue> {
        client.call(ShowPractice { course: self.course, live: false }).await.map(|it| self.told(it))
    }

    async fn save(
        self,
        client: Client,
        value: PracticeValue,
        version: i32,
    ) -> Answer<PracticeValue> {
        let PracticeValue { practice, unread } = value;
        if !unread.is_empty() {
            return Err(refusal(unread));
        }
        let request = SavePractice { course: self.course, version, practice };
        let saved = client.call(request).await.map(|it| self.told(it))?;
        // What is missing for publishing.
        self.desk.refresh().await;
        Ok(saved)
    }
}
