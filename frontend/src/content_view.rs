//! Shows what a lesson is made of: on the phone, and in the console's preview of the phone.

mod article;
mod chips;
mod picture;
mod ranges;
mod slides;
mod steps;
mod video;
mod watch;

use leptos::prelude::*;
use shared::{content::LessonContent, standards::ClauseChip};

pub use ranges::merge;

use crate::ui::html::{Html, div};

/// What somebody did with a lesson, told every few seconds and whenever it matters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Study {
    /// Where to resume: seconds into a video, index of a step card, or per cent of an article.
    pub position: u32,
    /// Newly watched seconds of a video, as `[from, to)`.
    pub watched: Vec<[u32; 2]>,
    pub reached_end: bool,
}

/// A whole lesson with what it cites. Without `on_study` nobody is told what is done with it: a preview.
pub fn content(
    content: LessonContent,
    clauses: Vec<ClauseChip>,
    resume_at: u32,
    on_study: Option<Callback<Study>>,
) -> Html {
    let below = chips::chips(&clauses, None);
    let shown = match content {
        LessonContent::Article { blocks } => article::article(blocks, resume_at, on_study),
        LessonContent::Video(lesson) => video::video(lesson, resume_at, on_study, "/360p"),
        LessonContent::Recording(lesson) => video::video(lesson, resume_at, on_study, ""),
        LessonContent::Slides(lesson) => slides::slides(&lesson, resume_at, on_study),
        LessonContent::Steps(lesson) => steps::steps(lesson, clauses, resume_at, on_study),
    };
    div("content").with(shown).with(below)
}
