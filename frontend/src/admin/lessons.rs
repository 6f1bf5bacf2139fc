//! The editor of one lesson, with the phone beside it.

mod article;
mod attached;
mod block;
mod clause;
mod editor;
mod fields;
mod file_field;
mod file_notes;
mod gallery;
mod grid;
mod paragraph;
mod pasted;
mod pasting;
mod preview;
mod rich_text;
mod rules;
mod slides;
mod steps;
mod table;
mod video;

use leptos::prelude::*;
use shared::courses::{CourseId, LessonId};

use super::address::WithId;

#[component]
pub fn LessonPage() -> impl IntoView {
    view! {
        <WithId name="lesson" children=Callback::new(|lesson: LessonId| view! {
            <WithId name="course" children=Callback::new(move |course: CourseId| view! {
                <editor::Editor course lesson/>
            }.into_any())/>
        }.into_any())/>
    }
}
