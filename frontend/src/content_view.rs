//! Shows what a lesson is made of: on the phone, and in the console's preview of the phone.

mod article;
mod chips;
mod clip;
mod picture;
mod ranges;
mod shown;
mod slides;
mod steps;
mod video;
mod watch;

use leptos::prelude::*;
use shared::{
    content::{Block, LessonContent},
    courses::LessonId,
    standards::ClauseChip,
};

pub use ranges::merge;

use crate::ui::{
    button,
    html::{Html, div},
    link_button,
};

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
    mut clauses: Vec<ClauseChip>,
    resume_at: u32,
    on_study: Option<Callback<Study>>,
) -> Html {
    // What the text itself quotes need not stand below it again.
    if let LessonContent::Article { blocks } = &content {
        clauses.retain(|it| !blocks.iter().any(|block| quotes(block, it)));
    }
    let below = chips::chips(&clauses, None);
    let twin = content.twin().map(|it| twin(it, on_study.is_some()));
    let shown = match content {
        LessonContent::Article { blocks } => article::article(blocks, resume_at, on_study),
        LessonContent::Video(lesson) => video::video(lesson, resume_at, on_study, "/360p"),
        LessonContent::Recording(lesson) => video::video(lesson, resume_at, on_study, ""),
        LessonContent::Slides(lesson) => slides::slides(&lesson, resume_at, on_study),
        LessonContent::Steps(lesson) => steps::steps(lesson, clauses, resume_at, on_study),
    };
    div("content").maybe(twin).with(shown).with(below)
}

fn quotes(block: &Block, chip: &ClauseChip) -> bool {
    matches!(block, Block::Clause { link, .. } if *link == chip.link)
}

/// Leads whoever has little traffic to the lesson that teaches the same; nowhere in a preview.
fn twin(twin: LessonId, leads: bool) -> Html {
    const WORDS: &str = "流量少？看图文版";
    let class = "button button-plain";
    if leads {
        link_button(class, format!("/lessons/{twin}"), WORDS)
    } else {
        button(class, WORDS, || {})
    }
}
