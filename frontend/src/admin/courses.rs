//! Courses: the list with its matrix, and the editor of one course.

mod assign;
mod audience;
mod build_artefact;
mod build_drawer;
mod builds;
mod comparison;
mod create;
mod details;
mod filters;
mod finder;
mod frame;
mod gate;
mod list;
mod named;
mod outline;
mod outline_chapter;
mod outline_lesson;
mod package;
mod publish;
mod revision_card;
mod revision_steps;
mod revisions;
mod timetable;
mod title_edit;
mod waiving;
mod wall;

use leptos::prelude::*;
use shared::courses::{CourseId, CourseStatus};

pub use builds::BuildsPage;
pub use finder::CoursePicker;
pub use frame::{CourseDesk, CourseFrame, Tab};
pub use gate::GatePage;
pub use list::CoursesPage;
pub use revisions::RevisionsPage;

use super::address::WithId;

/// One course: its details beside its chapters and lessons.
#[component]
pub fn CoursePage() -> impl IntoView {
    view! {
        <WithId name="course" children=Callback::new(|id: CourseId| view! {
            <CourseFrame id tab=Tab::Content children=|desk| view! {
                <div class="c-columns">
                    <outline::Outline desk/>
                    <details::Details desk/>
                </div>
            }.into_any()/>
        }.into_any())/>
    }
}

/// Where a course stands, as a word on a coloured ground.
#[component]
pub fn StatusWord(status: CourseStatus) -> impl IntoView {
    let class = match status {
        CourseStatus::Draft => "c-word c-word--waiting",
        CourseStatus::Published => "c-word c-word--good",
        CourseStatus::Retired => "c-word",
    };
    view! { <span class=class>{status.label()}</span> }
}
