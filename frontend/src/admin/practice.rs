//! 实操: what somebody has to do to show that they can, and what a session needs on site.

mod checklist;
mod document;
mod fields;
mod item;
mod needs;
mod numbers;
mod rows;
mod shown;
mod site;
mod site_fields;

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    practice::{ChecklistItemId, PracticeDraft, ShowPractice},
};

use self::{
    checklist::ChecklistForm,
    document::{PracticeDocument, versioned},
    site::SiteForm,
};
pub use self::{
    needs::{SessionNeeds, SiteNeeds},
    shown::PracticeShown,
};
use super::{
    address::WithId,
    courses::{CourseDesk, CourseFrame, Tab},
    kit::{Draft, Load, Opened, SaveBar, SaveNotes},
    standards::BasisOfItems,
};

#[component]
pub fn PracticePage() -> impl IntoView {
    view! {
        <WithId name="course" children=Callback::new(|id: CourseId| view! {
            <CourseFrame id tab=Tab::Practice children=move |desk| {
                let load = Load::of(move || ShowPractice { course: id, live: false });
                view! {
                    <Opened load children=move |practice: PracticeDraft| view! { <Editor desk practice/> }.into_any()/>
                }
                .into_any()
            }/>
        }.into_any())/>
    }
}

#[component]
fn Editor(desk: CourseDesk, practice: PracticeDraft) -> impl IntoView {
    let course = practice.course;
    let document = PracticeDocument::of(desk, &practice);
    let draft = Draft::open(document, versioned(practice));
    desk.carries(draft.delivery());
    let (fields, saved) = (document.fields, document.saved);
    // The item to which a clause is being linked, as it is called.
    let linking = RwSignal::new(None::<(ChecklistItemId, String)>);
    view! {
        <div class="c-bar c-bar--sticky">
            <p class="c-quiet">"和课时、题目一样，跟着课程一起提交校核；发布以后，学员看得到实操怎么考。"</p>
            <SaveBar draft/>
        </div>
        <SaveNotes draft/>
        <ChecklistForm
            minutes=fields.minutes
            items=fields.items
            errors=fields.errors
            current=draft.current
            saved
            linking
        />
        <BasisOfItems course linking/>
        <SiteForm fields=fields.site errors=fields.errors current=draft.current/>
    }
}
