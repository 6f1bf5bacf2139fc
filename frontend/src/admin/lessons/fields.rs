//! The fields of a lesson, and how they become its content.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::content::{LessonContent, LessonKind};

use super::{block::BlockFields, slides::SlideFields, steps::StepFields, video::VideoFields};
use crate::admin::kit::{FieldErrors, Form, Items, number_of};

/// A lesson as its form holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessonValue {
    pub title: String,
    pub minutes: u32,
    pub content: LessonContent,
}

#[derive(Clone, Copy)]
pub struct LessonFields {
    pub title: RwSignal<String>,
    pub minutes: RwSignal<String>,
    /// Id of the 图文版; empty where there is none.
    pub twin: RwSignal<String>,
    pub content: ContentFields,
    pub errors: FieldErrors,
}

/// The kind of a lesson never changes.
#[derive(Clone, Copy)]
pub enum ContentFields {
    Article(Items<BlockFields>),
    Video(VideoFields),
    Steps(StepFields),
    Slides(SlideFields),
    Recording(VideoFields),
}

impl LessonFields {
    pub fn new(kind: LessonKind) -> Self {
        let content = match kind {
            LessonKind::Article => ContentFields::Article(Items::new()),
            LessonKind::Video => ContentFields::Video(VideoFields::new()),
            LessonKind::Steps => ContentFields::Steps(StepFields::new()),
            LessonKind::Slides => ContentFields::Slides(SlideFields::new()),
            LessonKind::Recording => ContentFields::Recording(VideoFields::new()),
        };
        Self {
            title: RwSignal::new(String::new()),
            minutes: RwSignal::new(String::new()),
            twin: RwSignal::new(String::new()),
            content,
            errors: FieldErrors::new(),
        }
    }

    /// Whether it has a 图文版 or may need one: what was chosen can be taken away also where nothing plays
    /// any more.
    pub fn may_have_twin(self) -> bool {
        self.plays() || self.twin.with(|it| !it.is_empty())
    }

    fn plays(self) -> bool {
        match self.content {
            ContentFields::Article(_) => false,
            ContentFields::Steps(steps) => steps.moves(),
            ContentFields::Video(_) | ContentFields::Slides(_) | ContentFields::Recording(_) => {
                true
            }
        }
    }
}

impl Form for LessonFields {
    type Value = LessonValue;

    fn read(self) -> LessonValue {
        let mut content = match self.content {
            ContentFields::Article(blocks) => {
                let blocks = blocks.values().into_iter().filter_map(BlockFields::read).collect();
                LessonContent::Article { blocks }
            }
            ContentFields::Video(video) => LessonContent::Video(video.read()),
            ContentFields::Steps(steps) => LessonContent::Steps(steps.read()),
            ContentFields::Slides(slides) => LessonContent::Slides(slides.read()),
            ContentFields::Recording(recording) => LessonContent::Recording(recording.read()),
        };
        if let Some(twin) = content.twin_mut() {
            *twin = self.twin.with(|it| it.parse().ok());
        }
        LessonValue { title: self.title.get(), minutes: number_of(&self.minutes.get()), content }
    }

    fn fill(self, value: LessonValue) {
        self.title.set(value.title);
        self.minutes.set(value.minutes.to_string());
        self.twin.set(value.content.twin().map(|it| it.to_string()).unwrap_or_default());
        match (self.content, value.content) {
            (ContentFields::Article(fields), LessonContent::Article { blocks }) => {
                fields.replace(blocks, BlockFields::of);
            }
            (ContentFields::Video(fields), LessonContent::Video(video)) => fields.fill(video),
            (ContentFields::Steps(fields), LessonContent::Steps(steps)) => fields.fill(steps),
            (ContentFields::Slides(fields), LessonContent::Slides(slides)) => fields.fill(slides),
            (ContentFields::Recording(fields), LessonContent::Recording(it)) => fields.fill(it),
            _ => {}
        }
    }

    fn errors(self) -> FieldErrors {
        self.errors
    }

    /// A pasted picture may be, or the file of a block.
    fn waits(self) -> bool {
        match self.content {
            ContentFields::Article(blocks) => blocks.values().into_iter().any(BlockFields::waits),
            _ => false,
        }
    }

    fn mark_sent(self) {
        match self.content {
            ContentFields::Article(blocks) => {
                blocks.mark_sent(|block| untrack(|| block.read()).is_some());
                blocks.values().into_iter().for_each(BlockFields::mark_sent);
            }
            ContentFields::Video(_) | ContentFields::Recording(_) | ContentFields::Slides(_) => {}
            ContentFields::Steps(steps) => steps.cards.mark_sent(|_| true),
        }
    }
}
