//! Shows what a lesson is made of: on the phone, and in the console's preview of the phone.

mod article;
mod picture;
mod ranges;
mod steps;
mod video;

use leptos::prelude::*;
use shared::content::LessonContent;

pub use picture::PictureView;
pub use ranges::merge;

/// What somebody did with a lesson, told every few seconds and whenever it matters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Study {
    /// Where to resume: seconds into a video, index of a step card, or per cent of an article.
    pub position: u32,
    /// Newly watched seconds of a video, as `[from, to)`.
    pub watched: Vec<[u32; 2]>,
    pub reached_end: bool,
}

/// A whole lesson. Without `on_study` nobody is told what is done with it: a preview.
#[component]
pub fn ContentView(
    content: LessonContent,
    /// See [`Study::position`].
    #[prop(optional)]
    resume_at: u32,
    #[prop(optional)] on_study: Option<Callback<Study>>,
) -> impl IntoView {
    let shown = match content {
        LessonContent::Article { blocks } => article::article(blocks, resume_at, on_study),
        LessonContent::Video(lesson) => video::video(lesson, resume_at, on_study),
        LessonContent::Steps(lesson) => steps::steps(lesson, resume_at, on_study),
    };
    view! { <div class="content">{shown}</div> }
}
