//! Courses: the list with its matrix, and the editor of one course.

mod actions;
mod artefact_fields;
mod assign;
mod audience;
mod build_artefact;
mod build_drawer;
mod builds;
mod comparison;
mod create;
mod details;
mod files;
mod filters;
mod finder;
mod frame;
mod gate;
mod lesson_move;
mod list;
mod named;
mod outline;
mod outline_chapter;
mod outline_lesson;
mod package;
mod publish;
mod publish_choice;
mod removing;
mod revision_card;
mod revision_steps;
mod revisions;
mod submitting;
mod timetable;
mod title_edit;
mod waiving;
mod wall;

use leptos::prelude::*;
use shared::courses::{CourseId, CourseStatus};

pub use builds::BuildsPage;
pub use files::FilesPage;
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

#[cfg(test)]
mod tests {
    use shared::{
        authoring::{CourseDetails, CourseDraft},
        courses::{CourseCategory, CourseId, CourseLevel, CourseStatus},
    };

    /// A course that was written and never published.
    pub fn a_course() -> CourseDraft {
        CourseDraft {
            id: CourseId(uuid::Uuid::now_v7()),
            editable: true,
            version: 1,
            status: CourseStatus::Draft,
            details: CourseDetails {
                title: "会前准备".into(),
                summary: String::new(),
                level: CourseLevel::Execution,
                category: CourseCategory::PostSkills,
                qualification: String::new(),
                posts: Vec::new(),
                cover: None,
            },
            chapters: Vec::new(),
            questions: 0,
            missing: Vec::new(),
            live: None,
            changed: true,
            review: None,
            gated: true,
            waivers: Vec::new(),
            updated_at: chrono::DateTime::UNIX_EPOCH,
        }
    }
}
